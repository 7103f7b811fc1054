import { SOURCES } from '../../architecture/source';
import { tierByName } from '../../architecture/sizing';
import { envValue } from '../helmEvidence';
import { Evidence, Judgement, NO_ARTIFACTS, Rule } from '../rule';

const external: Rule = {
  id: 'CVA-PRV-001',
  title: 'Builds run on external provisioners, none inside the control plane',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Builds inside the control plane take CPU from API and dashboard, and share its credentials.',
  remediation:
    'Set CODER_PROVISIONER_DAEMONS to 0 and run the planned number of external provisioners; they need a Premium licence.',
  url: SOURCES.scaleCoder.url,
  judge({ plan, artifacts }: Evidence): Judgement {
    const values = artifacts?.controlPlane;
    if (!values) {
      return NO_ARTIFACTS;
    }
    const builtIn = envValue(values, 'CODER_PROVISIONER_DAEMONS');
    const count = Object.values(artifacts.provisioners).reduce(
      (sum, release) => sum + (release.coder?.replicaCount ?? 1),
      0,
    );
    const wanted = tierByName(plan.tier.value).provisioners.replicas;
    const evidence = [
      `artifacts: CODER_PROVISIONER_DAEMONS is ${builtIn ?? '3 (not set)'}`,
      `artifacts: ${count} external provisioners`,
    ];
    if (count < wanted) {
      return {
        verdict: 'fail',
        message: `${count} of the ${wanted} external provisioners that the architecture asks for`,
        evidence,
      };
    }
    return builtIn === '0'
      ? { verdict: 'pass', message: `${count} external provisioners`, evidence }
      : {
          verdict: 'fail',
          message: 'The control plane runs provisioners of its own',
          evidence,
        };
  },
};

/**
 * Chapter "Provisioners".
 *
 * @internal
 */
export const PROVISIONER_RULES: readonly Rule[] = [external];
