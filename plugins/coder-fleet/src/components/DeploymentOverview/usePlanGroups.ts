import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import {
  type ContainerSize,
  placeOf,
  type Plan,
  type PlannedRelease,
  type Sourced,
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

type Translate = TranslationFunction<typeof coderFleetTranslationRef.T>;

/**
 * The plan in the order in which people read it. A plan that an older version stored has fewer
 * groups.
 *
 * @internal
 */
export function usePlanGroups(plan: Plan): PlanGroup[] {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return [
    loadGroup(plan, t),
    {
      title: t('plan.release'),
      figures: [figure(t('plan.version'), plan.release.version)],
    },
    {
      title: t('plan.controlPlane', { region: plan.controlPlane.region }),
      figures: [
        ...releaseFigures(plan.controlPlane, t),
        figure(
          t('plan.builtInProvisioners'),
          plan.controlPlane.builtInProvisioners,
        ),
      ],
    },
    ...plan.provisioners.map(planned => ({
      title: t('plan.provisioners', { region: placeOf(planned) }),
      figures: releaseFigures(planned, t),
    })),
    ...plan.proxies.map(planned => ({
      title: t('plan.proxy', { region: planned.region }),
      figures: releaseFigures(planned, t),
    })),
    databaseGroup(plan, t),
    ...(plan.workspaces ? [workspacesGroup(plan, t)] : []),
    ...(plan.totals ? [totalsGroup(plan, t)] : []),
    ...(plan.remarks?.length ? [remarksGroup(plan, t)] : []),
  ];
}

function loadGroup({ load, tier, headroom }: Plan, t: Translate): PlanGroup {
  return {
    title: t('plan.load'),
    figures: [
      figure(t('plan.users'), load.users),
      figure(t('plan.runningWorkspaces'), load.runningWorkspaces),
      figure(t('plan.concurrentBuilds'), load.concurrentBuilds),
      ...(load.agents ? [figure(t('plan.agents'), load.agents)] : []),
      figure(t('plan.tier'), tier),
      ...(headroom ? [headroomFigure(headroom, t)] : []),
    ],
  };
}

/** What ends first, and what comes then. */
function headroomFigure(
  { limitedBy, left, nextTier }: Plan['headroom'],
  t: Translate,
): PlanFigure {
  const words = {
    users: (value: number) => t('plan.leftUsers', { value }),
    runningWorkspaces: (value: number) =>
      t('plan.leftRunningWorkspaces', { value }),
    concurrentBuilds: (value: number) =>
      t('plan.leftConcurrentBuilds', { value }),
  };
  const { note = '', ...sourced } = left[limitedBy.value];
  return figure(
    t('plan.headroom'),
    {
      ...sourced,
      note: nextTier
        ? t('plan.taken', { note, tier: nextTier.value })
        : t('plan.takenLast', { note }),
    },
    words[limitedBy.value],
  );
}

function databaseGroup({ database }: Plan, t: Translate): PlanGroup {
  const gigabytes = (value: number) => t('plan.gigabytes', { value });
  const yesOrNo = (value: boolean) => (value ? t('plan.yes') : t('plan.no'));
  return {
    title: t('plan.database'),
    figures: [
      figure(t('plan.vcpu'), database.vcpu),
      figure(t('plan.memory'), database.memoryGB, gigabytes),
      figure(t('plan.storage'), database.storageGB, gigabytes),
      ...(database.highlyAvailable
        ? [figure(t('plan.standby'), database.highlyAvailable, yesOrNo)]
        : []),
      figure(t('plan.maxConnections'), database.maxConnections),
    ],
  };
}

function workspacesGroup({ workspaces }: Plan, t: Translate): PlanGroup {
  return {
    title: t('plan.workspaces'),
    figures: [
      figure(t('plan.workspace'), workspaces.container, sizeText(t)),
      figure(t('plan.node'), workspaces.node, sizeText(t)),
      figure(t('plan.perNode'), workspaces.perNode),
      figure(t('plan.nodes'), workspaces.nodes),
      figure(t('plan.maxNodes'), workspaces.maxNodes),
      ...(workspaces.regions.length > 1
        ? workspaces.regions.map(({ region, nodes }) =>
            figure(t('plan.nodesIn', { region }), nodes),
          )
        : []),
    ],
  };
}

function totalsGroup({ totals }: Plan, t: Translate): PlanGroup {
  return {
    title: t('plan.totals'),
    figures: [
      figure(t('plan.totalVcpu'), totals.controlPlaneVcpu),
      figure(t('plan.totalMemory'), totals.controlPlaneMemoryGiB, value =>
        t('plan.gibibytes', { value }),
      ),
      figure(t('plan.totalProxies'), totals.proxyReplicas),
      figure(t('plan.totalProvisioners'), totals.provisioners),
    ],
  };
}

function remarksGroup({ remarks }: Plan, t: Translate): PlanGroup {
  const labels = {
    'ai-gateway': t('plan.aiGateway'),
    'largest-tier': t('plan.largestTier'),
    'peak-requests': t('plan.peakRequests'),
  };
  return {
    title: t('plan.remarks'),
    figures: remarks.map(({ topic, value, text, source }) =>
      figure(labels[topic], { value, source, note: text }),
    ),
  };
}

function releaseFigures(planned: PlannedRelease, t: Translate): PlanFigure[] {
  return [
    figure(t('plan.replicas'), planned.replicas),
    figure(t('plan.container'), planned.container, sizeText(t)),
  ];
}

function sizeText(t: Translate) {
  return ({ cpuMillis, memoryGiB }: ContainerSize) =>
    t('plan.containerSize', {
      cpu: String(cpuMillis / 1000),
      memory: String(memoryGiB),
    });
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
