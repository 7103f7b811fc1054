import { tierByName } from '../../architecture/sizing';
import { SOURCES } from '../../architecture/source';
import { Evidence, Judgement, NO_ARTIFACTS, Rule } from '../rule';

/**
 * Replicas below which the control plane is not available while one of them restarts.
 * Source: Coder docs, scale Coder.
 */
const MIN_REPLICAS = 3;

/** Default of coder.replicaCount. */
const CHART_REPLICAS = 1;

const replicas: Rule = {
  id: 'CVA-TOP-001',
  title: 'The control plane has at least three replicas',
  origin: 'cva',
  severity: 'high',
  rationale:
    'With fewer, a restart or the loss of a node interrupts dashboards and connections.',
  remediation:
    'Set coder.replicaCount to the figure of the plan; more than one replica needs a Premium licence.',
  url: SOURCES.highAvailability.url,
  judge({ plan, artifacts, coderApi }: Evidence): Judgement {
    const values = artifacts?.controlPlane;
    const entitlements = coderApi?.entitlements;
    const wanted = Math.max(
      MIN_REPLICAS,
      tierByName(plan.tier.value).controlPlane.replicas,
    );
    if (
      entitlements &&
      !entitlements.enabledFeatures.includes('high_availability')
    ) {
      return {
        verdict: 'skip',
        message: 'The running server is not entitled to high availability',
        evidence: ['coderApi: high_availability is not enabled'],
      };
    }
    if (!values) {
      return NO_ARTIFACTS;
    }
    const asked = values.coder?.replicaCount ?? CHART_REPLICAS;
    const running = coderApi?.replicas?.healthy;
    const count = running === undefined ? asked : Math.min(asked, running);
    const evidence = [
      `artifacts: ${asked} replicas`,
      ...(running === undefined
        ? []
        : [`coderApi: ${running} healthy replicas`]),
    ];
    return count >= wanted
      ? { verdict: 'pass', message: `${count} replicas`, evidence }
      : {
          verdict: 'fail',
          message: `${count} of the ${wanted} replicas that the architecture asks for`,
          evidence,
        };
  },
};

const antiAffinity: Rule = {
  id: 'CVA-TOP-002',
  title: 'Replicas keep apart by the name of their real release',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    "The chart's default names the release coder: under any other name it matches nothing, and replicas may share a node.",
  remediation:
    'Set coder.affinity.podAntiAffinity with the labels name and instance of this release.',
  url: SOURCES.scaleCoder.url,
  judge({ plan, artifacts }: Evidence): Judgement {
    const values = artifacts?.controlPlane;
    if (!values) {
      return NO_ARTIFACTS;
    }
    const release = plan.controlPlane.release;
    const named = selectedInstances(values.coder?.affinity);
    const selected = values.coder?.affinity === undefined ? ['coder'] : named;
    return selected.includes(release)
      ? {
          verdict: 'pass',
          message: `Anti-affinity selects the release ${release}`,
          evidence: [`artifacts: instance ${selected.join(', ')}`],
        }
      : {
          verdict: 'fail',
          message: `Anti-affinity does not select the release ${release}`,
          evidence: [`artifacts: instance ${selected.join(', ') || 'none'}`],
        };
  },
};

/** Releases that pod anti-affinity terms select by label, in either way of writing it. */
function selectedInstances(affinity: unknown): string[] {
  const label = 'app.kubernetes.io/instance';
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const record = node as Record<string, unknown>;
    if (typeof record[label] === 'string') {
      found.push(record[label]);
    }
    if (record.key === label && Array.isArray(record.values)) {
      found.push(...record.values.map(String));
    }
    Object.values(record).forEach(visit);
  };
  visit((affinity as { podAntiAffinity?: unknown } | null)?.podAntiAffinity);
  return found;
}

/**
 * Chapter "Topology".
 *
 * @internal
 */
export const TOPOLOGY_RULES: readonly Rule[] = [replicas, antiAffinity];
