import {
  FACT_KEYS,
  afterAttempt,
  formatCoderVersion,
  parseCoderVersion,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Attempt,
  Clock,
  Fact,
  FactKey,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { PolledFact } from '../store/factsTable';
import type {
  ClaimedDeployment,
  Facts,
  PollResult,
} from '../store/TrackingStore';
import type { CoderApi } from './CoderApi';
import { nextDueAt } from './cadence';
import { DETAIL_COLLECTORS, isTurn, reachabilityCollector } from './collectors';
import type { Intervals } from './collectors';
import type { Limiter } from './Limiter';
import { stateHorizon } from './stateHorizon';

/** Who waits for a new deployment to come up looks this often, even in a longer cycle. */
const PROVISIONING_POLL_MS = 5_000;

/**
 * What a poll needs beside the deployment.
 *
 * @internal
 */
export type PollContext = {
  api: CoderApi;
  intervals: Intervals;
  /** Of requests, over all polls. */
  limiter: Limiter;
  clock: Clock;
  /** Everything now, whoever's turn it is; Coder makes a new health report. */
  force?: boolean;
  signal?: AbortSignal;
};

/**
 * Looks at a deployment once. Rejects only when the signal is aborted: what was found by then is void.
 *
 * @internal
 */
export async function poll(
  deployment: ClaimedDeployment,
  context: PollContext,
): Promise<PollResult> {
  const { force = false, signal } = context;
  const attempts = new Map<FactKey, Fact<unknown>>();
  const attempt = async (
    key: FactKey,
    work: () => Promise<Attempt<unknown>>,
  ) => {
    const outcome = await work();
    const fact = afterAttempt(deployment.facts[key], outcome, {
      now: context.clock(),
      collector: key,
      intervalMs: context.intervals[key],
    });
    attempts.set(key, fact);
    return outcome;
  };
  const request = (
    key: FactKey,
    collect: (
      api: CoderApi,
      options: { force: boolean; signal?: AbortSignal },
    ) => Promise<Attempt<unknown>>,
  ) =>
    attempt(key, () =>
      context.limiter.run(() => {
        signal?.throwIfAborted();
        return collect(context.api, { force, signal });
      }),
    );

  const reached = await request('reachability', reachabilityCollector.collect);
  await Promise.all(
    DETAIL_COLLECTORS.map(({ key, collect }) => {
      if (reached.status !== 'ok') {
        const { message } = reached;
        return attempt(key, async () => ({ status: 'unreachable', message }));
      }
      return force || takesTurn(deployment, key, context)
        ? request(key, collect)
        : undefined;
    }),
  );
  return conclude(deployment, attempts, context);
}

function takesTurn(
  deployment: ClaimedDeployment,
  key: FactKey,
  context: PollContext,
): boolean {
  return isTurn(deployment.facts[key], {
    now: context.clock(),
    intervalMs: context.intervals[key],
    cycleMs: context.intervals.reachability,
  });
}

function conclude(
  deployment: ClaimedDeployment,
  attempts: ReadonlyMap<FactKey, Fact<unknown>>,
  context: PollContext,
): PollResult {
  const { name, claim } = deployment;
  const now = context.clock();
  const facts: Facts = {
    ...deployment.facts,
    ...Object.fromEntries(attempts),
  };
  const verdict = stateHorizon(
    {
      registeredAt: deployment.registeredAt,
      plannedReplicas: deployment.plannedReplicas,
      ...(deployment.upgrade && { upgrade: deployment.upgrade }),
      facts,
    },
    now,
  );
  const cycleMs = context.intervals.reachability;
  return {
    name,
    claim,
    facts: FACT_KEYS.flatMap(key =>
      polledFact(name, key, deployment.facts[key], attempts.get(key)),
    ),
    verdict,
    observedVersion: shortVersion(facts.reachability?.value?.version),
    lastSeen: facts.reachability?.observedAt,
    nextDueAt:
      verdict.current.state === 'provisioning'
        ? new Date(now.getTime() + Math.min(cycleMs, PROVISIONING_POLL_MS))
        : nextDueAt({ name, now, cycleMs }),
  };
}

function polledFact(
  name: string,
  key: FactKey,
  before: Fact<unknown> | undefined,
  after: Fact<unknown> | undefined,
): PolledFact[] {
  if (!after) {
    return [];
  }
  const changed =
    before?.status !== after.status ||
    before.message !== after.message ||
    before.collector !== after.collector ||
    JSON.stringify(before.value) !== JSON.stringify(after.value);
  return [{ name, key, fact: after, changed }];
}

/** `v2.36.5+abc1234` is shown and sorted as `2.36.5`; what cannot be read stays as it is. */
function shortVersion(reported: string | undefined): string | undefined {
  const parsed = reported && parseCoderVersion(reported);
  return parsed ? formatCoderVersion(parsed) : reported;
}
