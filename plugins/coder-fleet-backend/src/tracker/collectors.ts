import type {
  Attempt,
  DeploymentFacts,
  Fact,
  FactKey,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderApi } from './CoderApi';

/**
 * How often each collector tries, in milliseconds.
 *
 * @internal
 */
export type Intervals = Readonly<Record<FactKey, number>>;

/** Pages move seldom, and it is others' servers that are asked: 6 hours. */
const SUPPORT_LINKS_MS = 6 * 60 * 60_000;

/** Licences change by hand: every tenth cycle is often enough. */
const ENTITLEMENTS_CYCLES = 10;

/**
 * The intervals that follow from the configuration.
 *
 * @internal
 */
export function intervalsOf(options: {
  cycleMs: number;
  healthMs: number;
}): Intervals {
  const { cycleMs } = options;
  const healthMs = Math.max(cycleMs, options.healthMs);
  return {
    reachability: cycleMs,
    health: healthMs,
    replicas: healthMs,
    entitlements: ENTITLEMENTS_CYCLES * cycleMs,
    supportLinks: Math.max(cycleMs, SUPPORT_LINKS_MS),
  };
}

type CollectOptions = { signal?: AbortSignal; force: boolean };

type Collector<K extends FactKey> = {
  key: K;
  collect(
    api: CoderApi,
    options: CollectOptions,
  ): Promise<Attempt<DeploymentFacts[K]>>;
};

/**
 * Tells whether the deployment answers at all; the others wait for it.
 *
 * @internal
 */
export const reachabilityCollector: Collector<'reachability'> = {
  key: 'reachability',
  collect: (api, { signal }) => api.buildInfo({ signal }),
};

const health: Collector<'health'> = {
  key: 'health',
  collect: (api, { signal, force }) => api.health({ signal, force }),
};

const replicas: Collector<'replicas'> = {
  key: 'replicas',
  collect: (api, { signal }) => api.replicas({ signal }),
};

const entitlements: Collector<'entitlements'> = {
  key: 'entitlements',
  collect: (api, { signal }) => api.entitlements({ signal }),
};

const supportLinks: Collector<'supportLinks'> = {
  key: 'supportLinks',
  collect: (api, { signal }) => api.supportLinks({ signal }),
};

/**
 * The collectors that run at the same time, once the deployment is known to answer.
 *
 * @internal
 */
export const DETAIL_COLLECTORS = [
  health,
  replicas,
  entitlements,
  supportLinks,
] as const;

/**
 * Whether a collector's turn has come in this poll. Polls come once a cycle, so a turn half a cycle ahead
 * is taken now. What was not really tried (no answer, no token) is tried again at the first chance.
 *
 * @internal
 */
export function isTurn(
  fact: Fact<unknown> | undefined,
  options: { now: Date; intervalMs: number; cycleMs: number },
): boolean {
  if (!fact || fact.status === 'unreachable' || fact.status === 'off') {
    return true;
  }
  const age = options.now.getTime() - fact.attemptedAt.getTime();
  return age >= options.intervalMs - options.cycleMs / 2;
}
