import { SOURCES } from '../../architecture/source';
import type { ContainerSize } from '../../architecture/tiers';
import type { HelmValues } from '../../artifacts/helm/values';
import { conclude, expect } from '../conclude';
import type { Check } from '../Look';
import { cpuMillis, memoryMiB } from '../quantity';
import type { Rule } from '../rule';

const resources: Rule = {
  id: 'CVA-CMP-001',
  chapter: 'compute',
  title: 'Requests and limits are the figure of the plan',
  origin: 'cva',
  severity: 'high',
  rationale:
    "The chart's defaults are half of the smallest tier's memory; unequal requests and limits let neighbours take what was sized.",
  remediation:
    'Set coder.resources.requests and coder.resources.limits to the figures of the plan.',
  url: SOURCES.cva.url,
  needs: ['spec.plan', 'artifacts.repository'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { plan } = look;
    return conclude(
      look.of('artifacts.repository', repository => {
        if (!repository.controlPlane) {
          return [look.unknown('artifacts.repository', 'the Helm values')];
        }
        return [
          sized(
            'control plane',
            repository.controlPlane,
            plan.controlPlane.container.value,
          ),
          ...plan.provisioners.map(({ region, container }) =>
            sized(
              `provisioners in ${region}`,
              repository.provisioners[region],
              container.value,
            ),
          ),
          ...plan.proxies.map(({ region, container }) =>
            sized(
              `proxy in ${region}`,
              repository.proxies[region],
              container.value,
            ),
          ),
        ];
      }),
      'Requests and limits are as planned',
    );
  },
};

function sized(
  subject: string,
  values: HelmValues | undefined,
  planned: ContainerSize,
): Check {
  const given = values?.coder?.resources;
  const right = [given?.requests, given?.limits].every(
    size =>
      cpuMillis(size?.cpu) === planned.cpuMillis &&
      memoryMiB(size?.memory) === planned.memoryGiB * 1024,
  );
  const words = (size?: { cpu?: string; memory?: string }) =>
    size ? `${size.cpu ?? 'none'} and ${size.memory ?? 'none'}` : 'none';
  return expect(right, {
    fact: 'artifacts.repository',
    subject: `resources of the ${subject}`,
    seen: `requests ${words(given?.requests)}, limits ${words(given?.limits)}`,
    wanted: `${planned.cpuMillis}m and ${planned.memoryGiB}Gi for both`,
  });
}

/**
 * Chapter "Compute".
 *
 * @internal
 */
export const COMPUTE_RULES: readonly Rule[] = [resources];
