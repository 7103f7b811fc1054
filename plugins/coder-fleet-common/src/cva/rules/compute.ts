import { SOURCES } from '../../architecture/source';
import type { ContainerSize } from '../../architecture/tiers';
import type { HelmValues } from '../../artifacts/helm/values';
import { Evidence, Judgement, NO_ARTIFACTS, Rule } from '../rule';

const resources: Rule = {
  id: 'CVA-CMP-001',
  title: 'Requests and limits are the figure of the plan',
  origin: 'cva',
  severity: 'high',
  rationale:
    "The chart's defaults are half of the smallest tier's memory; unequal requests and limits let neighbours take what was sized.",
  remediation:
    'Set coder.resources.requests and coder.resources.limits to the figures of the plan.',
  url: SOURCES.cva.url,
  judge({ plan, artifacts }: Evidence): Judgement {
    const controlPlane = artifacts?.controlPlane;
    if (!controlPlane) {
      return NO_ARTIFACTS;
    }
    const checks = [
      deviation(
        'control plane',
        controlPlane,
        plan.controlPlane.container.value,
      ),
      ...plan.provisioners.map(({ region, container }) =>
        deviation(
          `provisioners in ${region}`,
          artifacts.provisioners[region],
          container.value,
        ),
      ),
    ];
    const wrong = checks.flatMap(check => (check ? [check] : []));
    return wrong.length === 0
      ? {
          verdict: 'pass',
          message: 'Requests and limits are as planned',
          evidence: [
            `artifacts: ${describe(plan.controlPlane.container.value)}`,
          ],
        }
      : {
          verdict: 'fail',
          message: `Not as planned: ${wrong.join('; ')}`,
          evidence: wrong.map(text => `artifacts: ${text}`),
        };
  },
};

function describe({ cpuMillis, memoryGiB }: ContainerSize): string {
  return `${cpuMillis}m and ${memoryGiB}Gi`;
}

function deviation(
  what: string,
  values: HelmValues | undefined,
  planned: ContainerSize,
): string | undefined {
  const given = values?.coder?.resources;
  const right = [given?.requests, given?.limits].every(
    size =>
      parseCpu(size?.cpu) === planned.cpuMillis &&
      parseMemory(size?.memory) === planned.memoryGiB * 1024,
  );
  return right ? undefined : `${what} should have ${describe(planned)}`;
}

/** Kubernetes quantities of CPU: `2`, `0.5`, `2000m`. */
function parseCpu(quantity: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(quantity ?? ''));
  return match ? Number(match[1]) * (match[2] ? 1 : 1000) : undefined;
}

/** Kubernetes quantities of memory, as far as they are usual: `Mi`, `Gi`. */
function parseMemory(quantity: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Mi|Gi)$/.exec(String(quantity ?? ''));
  return match ? Number(match[1]) * (match[2] === 'Gi' ? 1024 : 1) : undefined;
}

/**
 * Chapter "Compute".
 *
 * @internal
 */
export const COMPUTE_RULES: readonly Rule[] = [resources];
