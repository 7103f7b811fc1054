import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Check } from '../Look';
import { declaredObjects, inWords, listAt, objectsOf } from '../manifests';
import type { ManifestEvidence } from '../evidence';
import type { Rule } from '../rule';

/** What reads or changes something that exists. To make one or to delete many knows no names. */
const BY_NAME = new Set(['get', 'list', 'watch', 'update', 'patch', 'delete']);

const rights: Rule = {
  id: 'FLT-PRV-001',
  chapter: 'provisioners',
  title: 'Rights are of one namespace, and of named Secrets',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'Whoever builds workspaces runs code of templates: a right on everything is a right of every template.',
  remediation:
    'Declare Roles in the namespace where the work is done, with the verbs and names that are needed, and no ClusterRole.',
  url: LINKS.kubernetes,
  needs: [REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => [
        ...['ClusterRole', 'ClusterRoleBinding'].map(kind => {
          const found = objectsOf(repository, kind).map(({ name }) => name);
          return expect(found.length === 0, {
            fact: REPOSITORY,
            subject: `${kind}s`,
            seen: found.join(', ') || 'none',
            wanted: 'none',
          });
        }),
        ...objectsOf(repository, 'Role').map(roleCheck),
      ]),
      'Rights are of one namespace and of named Secrets',
    ),
};

function roleCheck({ name, namespace, object }: ManifestEvidence): Check {
  const wide = listAt(object, 'rules').filter(isWide);
  return expect(wide.length === 0, {
    fact: REPOSITORY,
    subject: `Role ${name} of ${namespace}`,
    seen: wide.length > 0 ? inWords(wide[0]) : 'what is needed',
    wanted: 'no *, and Secrets by name',
  });
}

function isWide(rule: unknown): boolean {
  const texts = (key: string) => listAt(rule, key).map(String);
  const verbs = texts('verbs');
  const resources = texts('resources');
  return (
    [...verbs, ...resources, ...texts('apiGroups')].includes('*') ||
    (resources.includes('secrets') &&
      verbs.some(verb => BY_NAME.has(verb)) &&
      listAt(rule, 'resourceNames').length === 0)
  );
}

/** @internal */
export const RIGHTS_RULES: readonly Rule[] = [rights];
