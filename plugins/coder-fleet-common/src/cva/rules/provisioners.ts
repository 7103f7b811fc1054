import { tierByName } from '../../architecture/sizing';
import { SOURCES } from '../../architecture/source';
import { conclude, expect } from '../conclude';
import { envValue } from '../evidence/artifacts';
import type { Rule } from '../rule';

const external: Rule = {
  id: 'CVA-PRV-001',
  chapter: 'provisioners',
  title: 'Builds run on external provisioners, none inside the control plane',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Builds inside the control plane take CPU from API and dashboard, and share its credentials.',
  remediation:
    'Set CODER_PROVISIONER_DAEMONS to 0 and run the planned number of external provisioners; they need a Premium licence.',
  url: SOURCES.scaleCoder.url,
  needs: ['spec.plan', 'artifacts.repository', 'coderApi.entitlements'],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled('external_provisioner_daemons');
    if (notEntitled) {
      return notEntitled;
    }
    const wanted = tierByName(look.plan.tier.value).provisioners.replicas;
    const fact = 'artifacts.repository';
    return conclude(
      look.of(fact, ({ controlPlane, provisioners }) => {
        if (!controlPlane) {
          return [look.unknown(fact, 'the Helm values')];
        }
        const builtIn = envValue(controlPlane, 'CODER_PROVISIONER_DAEMONS');
        const count = Object.values(provisioners).reduce(
          (sum, release) => sum + (release.coder?.replicaCount ?? 1),
          0,
        );
        return [
          expect(count >= wanted, {
            fact,
            subject: 'external provisioners',
            seen: String(count),
            wanted: `at least ${wanted}`,
          }),
          expect(builtIn === '0', {
            fact,
            subject: 'CODER_PROVISIONER_DAEMONS',
            seen: builtIn ?? 'not set, which is 3 a replica',
            wanted: '0',
          }),
        ];
      }),
      `At least ${wanted} external provisioners, none built in`,
    );
  },
};

/**
 * Chapter "Provisioners".
 *
 * @internal
 */
export const PROVISIONER_RULES: readonly Rule[] = [external];
