import { conclude, expect } from '../conclude';
import { REPOSITORY, releases } from '../declared';
import type { ManifestEvidence } from '../evidence';
import { LINKS } from '../links';
import type { Check } from '../Look';
import { at, declaredObjects, listAt, objectsOf } from '../manifests';
import type { Rule } from '../rule';

/** Variables that hold a secret by what they are called; what names a Secret or a file of one does not. */
const SECRET_NAME =
  /(?:PASSWORD|PASSWD|TOKEN|SECRET|PRIVATE_KEY|ENCRYPTION_KEYS|CONNECTION_URL|_KEY|_PSK)$/;

/** Kinds of objects with pods: only those have variables. */
const WITH_PODS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
];

const secrets: Rule = {
  id: 'FLT-RDY-006',
  chapter: 'readiness',
  title: 'No Secret is in the repository',
  origin: 'fleet',
  severity: 'critical',
  rationale:
    'Git forgets nothing: a password that was committed once has to be changed everywhere.',
  remediation:
    'Take it out of the files and of their history, change it, and name a Secret of the cluster instead.',
  url: LINKS.setup,
  needs: [REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  unwaivable: true,
  judge: look =>
    conclude(
      declaredObjects(look, repository => {
        const held = objectsOf(repository, 'Secret')
          .filter(
            ({ object }) =>
              isFilled(at(object, 'data')) ||
              isFilled(at(object, 'stringData')),
          )
          .map(({ path, name }) => `${name} in ${path}`);
        const literals = [
          ...releases(repository).flatMap(({ name, values }) =>
            literalsIn(values.coder?.env ?? []).map(
              variable => `${variable} of the ${name}`,
            ),
          ),
          ...WITH_PODS.flatMap(kind =>
            objectsOf(repository, kind).flatMap(literalsOf),
          ),
        ];
        return [
          check('Secrets with values', held),
          check('variables that hold a secret', literals),
        ];
      }),
      'No Secret is in the repository',
    ),
};

function check(subject: string, found: readonly string[]): Check {
  return expect(found.length === 0, {
    fact: REPOSITORY,
    subject,
    seen: found.slice(0, 3).join(', ') || 'none',
    wanted: 'none',
  });
}

function isFilled(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && Object.keys(data).length > 0
  );
}

/** A repository's objects are judged again and again, and change with its commits only. */
const LITERALS = new WeakMap<object, readonly string[]>();

function literalsOf({ kind, name, object }: ManifestEvidence) {
  let found = LITERALS.get(object);
  if (!found) {
    const pod = podSpecOf(kind, object);
    found = ['containers', 'initContainers']
      .flatMap(list => listAt(pod, list))
      .flatMap(container => literalsIn(listAt(container, 'env')))
      .map(variable => `${variable} of ${kind} ${name}`);
    LITERALS.set(object, found);
  }
  return found;
}

function podSpecOf(kind: string, object: unknown): unknown {
  switch (kind) {
    case 'Pod':
      return at(object, 'spec');
    case 'CronJob':
      return at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    default:
      return at(object, 'spec', 'template', 'spec');
  }
}

/** Names of variables whose name says secret and whose value stands there. */
function literalsIn(variables: readonly unknown[]): string[] {
  return variables.flatMap(variable => {
    const name = at(variable, 'name');
    const value = at(variable, 'value');
    return typeof name === 'string' &&
      SECRET_NAME.test(name) &&
      typeof value === 'string' &&
      value !== ''
      ? [name]
      : [];
  });
}

/** @internal */
export const REPOSITORY_SECRET_RULES: readonly Rule[] = [secrets];
