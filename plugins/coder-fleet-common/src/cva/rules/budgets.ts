import type { PlannedRelease } from '../../architecture/plan';
import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { at, declaredObjects, inWords, objectsOf } from '../manifests';
import type { Rule } from '../rule';

const budgets: Rule = {
  id: 'FLT-TOP-001',
  chapter: 'topology',
  title: 'A drain of nodes takes one pod of a release after the other',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'Whoever drains nodes for an upgrade ends every replica at once, unless a budget keeps the others.',
  remediation:
    'Declare a PodDisruptionBudget for each release of more than one pod that lets one go at a time.',
  url: LINKS.highAvailability,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const { controlPlane, proxies, provisioners } = look.plan;
    const several = [controlPlane, ...proxies, ...provisioners].filter(
      ({ replicas }) => replicas.value > 1,
    );
    if (several.length === 0) {
      return {
        verdict: 'skip',
        message: 'No release has more than one pod',
        evidence: [],
      };
    }
    return conclude(
      declaredObjects(look, repository =>
        several.map(release => {
          const budget = objectsOf(
            repository,
            'PodDisruptionBudget',
            release.namespace,
          ).find(({ object }) => selects(object, release));
          const unavailable = at(budget?.object, 'spec', 'maxUnavailable');
          return expect(unavailable === 1, {
            fact: REPOSITORY,
            subject: `pods of ${release.release} that a drain may take at once`,
            seen: budget ? inWords(unavailable) : 'all: there is no budget',
            wanted: '1',
          });
        }),
      ),
      'A drain takes one pod after the other',
    );
  },
};

function selects(object: unknown, { release }: PlannedRelease): boolean {
  return (
    at(
      object,
      'spec',
      'selector',
      'matchLabels',
      'app.kubernetes.io/instance',
    ) === release
  );
}

/** @internal */
export const BUDGET_RULES: readonly Rule[] = [budgets];
