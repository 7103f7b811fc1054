import { tierByName } from '../../architecture/sizing';
import { SOURCES } from '../../architecture/source';
import { conclude, expect } from '../conclude';
import type { Rule } from '../rule';

/**
 * Replicas below which the control plane is not available while one of them restarts.
 * Source: Coder docs, scale Coder.
 */
const MIN_REPLICAS = 3;

/** Default of coder.replicaCount. */
const CHART_REPLICAS = 1;

/** The release that the chart's own anti-affinity names. */
const CHART_INSTANCE = 'coder';

const replicas: Rule = {
  id: 'CVA-TOP-001',
  chapter: 'topology',
  title: 'The control plane has at least three replicas',
  origin: 'cva',
  severity: 'high',
  rationale:
    'With fewer, a restart or the loss of a node interrupts dashboards and connections.',
  remediation:
    'Set coder.replicaCount to the figure of the plan; more than one replica needs a Premium licence.',
  url: SOURCES.highAvailability.url,
  needs: [
    'spec.plan',
    'artifacts.repository',
    'coderApi.replicas',
    'coderApi.entitlements',
  ],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled('high_availability');
    if (notEntitled) {
      return notEntitled;
    }
    const tier = tierByName(look.plan.tier.value);
    const wanted = Math.max(MIN_REPLICAS, tier.controlPlane.replicas);
    const enough = (count: number) => ({
      seen: String(count),
      wanted: `at least ${wanted}`,
    });
    return conclude(
      [
        ...look.of('artifacts.repository', ({ controlPlane }) => {
          if (!controlPlane) {
            return [look.unknown('artifacts.repository', 'the Helm values')];
          }
          const count = controlPlane.coder?.replicaCount ?? CHART_REPLICAS;
          return [
            expect(count >= wanted, {
              fact: 'artifacts.repository',
              subject: 'replicas in the Helm values',
              ...enough(count),
            }),
          ];
        }),
        ...look.running('coderApi.replicas', ({ healthy }) => [
          expect(healthy >= wanted, {
            fact: 'coderApi.replicas',
            subject: 'healthy replicas',
            ...enough(healthy),
          }),
        ]),
      ],
      `At least ${wanted} replicas`,
    );
  },
};

const antiAffinity: Rule = {
  id: 'DOC-TOP-001',
  chapter: 'topology',
  title: 'Replicas keep apart by the name of their real release',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    "The chart's default names the release coder: under any other name it matches nothing, and replicas may share a node.",
  remediation:
    'Set coder.affinity.podAntiAffinity with the labels name and instance of this release.',
  url: SOURCES.scaleCoder.url,
  needs: ['spec.plan', 'artifacts.repository'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { release } = look.plan.controlPlane;
    return conclude(
      look.of('artifacts.repository', ({ controlPlane }) => {
        if (!controlPlane) {
          return [look.unknown('artifacts.repository', 'the Helm values')];
        }
        const affinity = controlPlane.coder?.affinity;
        const selected =
          affinity === undefined
            ? [CHART_INSTANCE]
            : selectedInstances(affinity);
        return [
          expect(selected.includes(release), {
            fact: 'artifacts.repository',
            subject: 'release that anti-affinity selects',
            seen: selected.join(', ') || 'none',
            wanted: release,
          }),
        ];
      }),
      `Anti-affinity selects the release ${release}`,
    );
  },
};

/** Releases that pod anti-affinity terms select by label, in either way of writing it. */
function selectedInstances(affinity: Record<string, unknown>): string[] {
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
  visit(affinity.podAntiAffinity);
  return found;
}

/**
 * Chapter "Topology".
 *
 * @internal
 */
export const TOPOLOGY_RULES: readonly Rule[] = [replicas, antiAffinity];
