import type {
  FactDto,
  FactKey,
  FactsDto,
  FactStatus,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Tone } from '../StatusLabel';

/**
 * How far a fact can be relied on: its status, `stale` when it is too old, `untried` before the
 * first attempt.
 *
 * @internal
 */
export type FactTrust = FactStatus | 'stale' | 'untried';

/**
 * Whether a fact says how things are now: what was read a moment ago of a deployment that does not
 * answer any more does not.
 *
 * @internal
 */
export function factTrust(facts: FactsDto, key: FactKey): FactTrust {
  const own = trust(facts[key]);
  return own === 'ok' ? trust(facts.reachability) : own;
}

function trust(fact: FactDto<unknown> | undefined): FactTrust {
  if (!fact) {
    return 'untried';
  }
  return fact.status === 'ok' && fact.stale ? 'stale' : fact.status;
}

/**
 * Only what was read, and lately, is well.
 *
 * @internal
 */
export const TRUST_TONES: Readonly<Record<FactTrust, Tone>> = {
  ok: 'ok',
  absent: 'neutral',
  stale: 'unknown',
  denied: 'unknown',
  off: 'unknown',
  untried: 'unknown',
  unreachable: 'error',
  error: 'warning',
};
