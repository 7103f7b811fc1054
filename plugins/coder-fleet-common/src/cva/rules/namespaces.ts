import { workspaceNamespaces } from '../../artifacts/kubernetes/workspaces';
import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { at, declaredObjects, inWords, listAt, objectsOf } from '../manifests';
import type { Rule } from '../rule';

const ENFORCED = 'pod-security.kubernetes.io/enforce';

const quotas: Rule = {
  id: 'FLT-CMP-001',
  chapter: 'compute',
  title: 'Workspaces have a quota, and a size where none is asked for',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'A template with a loop, or without limits, takes the whole node group: the namespace is where it ends.',
  remediation:
    'Declare a ResourceQuota with pods, CPU and memory, and a LimitRange with defaults, in each namespace of workspaces.',
  url: LINKS.cvaUtilisation,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository =>
        workspaceNamespaces(look.plan).flatMap(namespace => {
          const limited = ['pods', 'requests.cpu', 'requests.memory'].filter(
            resource =>
              objectsOf(repository, 'ResourceQuota', namespace).some(
                ({ object }) =>
                  at(object, 'spec', 'hard', resource) !== undefined,
              ),
          );
          const hasDefaults = objectsOf(
            repository,
            'LimitRange',
            namespace,
          ).some(({ object }) =>
            listAt(object, 'spec', 'limits').some(
              limit => at(limit, 'defaultRequest') !== undefined,
            ),
          );
          return [
            expect(limited.length === 3, {
              fact: REPOSITORY,
              subject: `quota of ${namespace}`,
              seen: limited.join(', ') || 'none',
              wanted: 'pods, requests.cpu, requests.memory',
            }),
            expect(hasDefaults, {
              fact: REPOSITORY,
              subject: `size of a container in ${namespace} that asks for none`,
              seen: hasDefaults ? 'set' : 'none',
              wanted: 'a default request',
            }),
          ];
        }),
      ),
      'Workspaces have a quota and a default size',
    ),
};

const podSecurity: Rule = {
  id: 'FLT-CMP-002',
  chapter: 'compute',
  title: 'Namespaces enforce a level of Pod Security',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'Without a level a pod may become root on its node, and read what all others there hold.',
  remediation:
    'Label the namespaces of Coder with the level restricted, those of workspaces with baseline or restricted.',
  url: LINKS.kubernetes,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => {
        const { controlPlane, provisioners, proxies } = look.plan;
        const own = [controlPlane, ...provisioners, ...proxies].map(
          ({ namespace }) => namespace,
        );
        const wanted = new Map<string, readonly string[]>([
          ...workspaceNamespaces(look.plan).map(
            name => [name, ['baseline', 'restricted']] as const,
          ),
          ...own.map(name => [name, ['restricted']] as const),
        ]);
        return [...wanted].map(([name, levels]) => {
          const namespace = objectsOf(repository, 'Namespace').find(
            object => object.name === name,
          );
          const level = at(namespace?.object, 'metadata', 'labels', ENFORCED);
          return expect(typeof level === 'string' && levels.includes(level), {
            fact: REPOSITORY,
            subject: `level that ${name} enforces`,
            seen: inWords(level),
            wanted: levels.join(' or '),
          });
        });
      }),
      'Namespaces enforce a level of Pod Security',
    ),
};

/** @internal */
export const NAMESPACE_RULES: readonly Rule[] = [quotas, podSecurity];
