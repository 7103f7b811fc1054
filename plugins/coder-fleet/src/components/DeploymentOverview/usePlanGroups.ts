import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  ContainerSize,
  Plan,
  PlannedRelease,
  Sourced,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';

/**
 * One figure of the plan and how its values are written.
 *
 * @internal
 */
export type PlanFigure = {
  label: string;
  sourced: Sourced<unknown>;
  text: (value: unknown) => string;
};

/**
 * Figures that belong together.
 *
 * @internal
 */
export type PlanGroup = { title: string; figures: PlanFigure[] };

/**
 * The plan in the order in which people read it.
 *
 * @internal
 */
export function usePlanGroups(plan: Plan): PlanGroup[] {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const size = ({ cpuMillis, memoryGiB }: ContainerSize) =>
    t('plan.containerSize', {
      cpu: String(cpuMillis / 1000),
      memory: String(memoryGiB),
    });
  const gigabytes = (value: number) => t('plan.gigabytes', { value });
  const release = (planned: PlannedRelease) => [
    figure(t('plan.replicas'), planned.replicas),
    figure(t('plan.container'), planned.container, size),
  ];

  const { load, controlPlane, provisioners, database } = plan;
  return [
    {
      title: t('plan.load'),
      figures: [
        figure(t('plan.users'), load.users),
        figure(t('plan.runningWorkspaces'), load.runningWorkspaces),
        figure(t('plan.concurrentBuilds'), load.concurrentBuilds),
        figure(t('plan.tier'), plan.tier),
      ],
    },
    {
      title: t('plan.release'),
      figures: [figure(t('plan.version'), plan.release.version)],
    },
    {
      title: t('plan.controlPlane', { region: controlPlane.region }),
      figures: [
        ...release(controlPlane),
        figure(t('plan.builtInProvisioners'), controlPlane.builtInProvisioners),
      ],
    },
    ...provisioners.map(planned => ({
      title: t('plan.provisioners', { region: planned.region }),
      figures: release(planned),
    })),
    {
      title: t('plan.database'),
      figures: [
        figure(t('plan.vcpu'), database.vcpu),
        figure(t('plan.memory'), database.memoryGB, gigabytes),
        figure(t('plan.storage'), database.storageGB, gigabytes),
        figure(t('plan.maxConnections'), database.maxConnections),
      ],
    },
  ];
}

function figure<T>(
  label: string,
  sourced: Sourced<T>,
  text: (value: T) => string = plain,
): PlanFigure {
  return { label, sourced, text: value => text(value as T) };
}

function plain(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString() : String(value);
}
