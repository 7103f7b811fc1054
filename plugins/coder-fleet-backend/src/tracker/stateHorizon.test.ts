import {
  PROVISIONING_DEADLINE_MS,
  deploymentState,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Fact,
  FactStatus,
  StateInput,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { FakeCoder, healthReport } from '../__testUtils__/FakeCoder';
import { stateHorizon } from './stateHorizon';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const MINUTE = 60_000;

/** A reproducible source of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function anyInput(random: () => number): StateInput {
  const pick = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const around = (ms: number) =>
    new Date(NOW.getTime() + Math.round((random() - 0.5) * 2 * ms));
  const fact = <T>(value: T): Fact<T> | undefined => {
    const status = pick<FactStatus>([
      'ok',
      'ok',
      'ok',
      'denied',
      'unreachable',
    ]);
    const observedAt = new Date(
      NOW.getTime() - Math.round(random() * 5 * MINUTE),
    );
    const known = status === 'ok' || random() < 0.5;
    return random() < 0.15
      ? undefined
      : {
          ...(known && { value, observedAt }),
          attemptedAt: NOW,
          collector: 'test',
          intervalMs: pick([10_000, MINUTE, 10 * MINUTE]),
          status,
        };
  };
  return {
    registeredAt: around(2 * PROVISIONING_DEADLINE_MS),
    ...(random() < 0.3 && {
      upgrade: {
        until: around(10 * MINUTE).toISOString(),
        declaredBy: 'user:default/paula',
        declaredAt: '2026-06-01T00:00:00Z',
      },
    }),
    ...(random() < 0.1 && { retiredAt: NOW }),
    plannedReplicas: pick([1, 3, undefined]),
    facts: {
      reachability: fact({ version: 'v2.33.2' }),
      health: fact(healthReport(pick(['ok', 'warning', 'error', 'new']))),
      replicas: fact({ total: 3, healthy: pick([2, 3]), items: [] }),
    },
  };
}

describe('stateHorizon', () => {
  const random = randomFrom(1);
  const inputs = Array.from({ length: 3_000 }, () => anyInput(random));

  it('says what deploymentState says, up to the moment at which that changes', () => {
    for (const input of inputs) {
      const { current, until } = stateHorizon(input, NOW);
      const end = until?.getTime() ?? NOW.getTime() + 10 * 24 * 60 * MINUTE;
      expect(deploymentState(input, NOW)).toEqual(current);
      expect(deploymentState(input, new Date(end - 1))).toEqual(current);
      const between = NOW.getTime() + (end - NOW.getTime()) * random();
      expect(deploymentState(input, new Date(Math.floor(between)))).toEqual(
        current,
      );
    }
  });

  it('names a moment at which that does change', () => {
    for (const input of inputs) {
      const { current, until } = stateHorizon(input, NOW);
      expect(until && deploymentState(input, until)).not.toEqual(current);
    }
  });

  it('says what deploymentState says then, except that nothing turns green by itself', () => {
    const turns = inputs.flatMap(input => {
      const { until, next } = stateHorizon(input, NOW);
      return until && next
        ? [`${deploymentState(input, until).state} ${next.state}`]
        : [];
    });
    const seen = new Set(turns);
    for (const turn of seen) {
      const [then, next] = turn.split(' ');
      expect(next).toBe(then === 'healthy' ? 'unknown' : then);
    }
    // The inputs do cover what this is about
    expect(seen).toContain('healthy unknown');
    expect(seen).toContain('missing missing');
    expect(seen).toContain('unknown unknown');
  });

  it('turns healthy into unknown once the reachability is stale', async () => {
    const coder = new FakeCoder();
    const fact = <T>(value: T, intervalMs: number): Fact<T> => ({
      value,
      observedAt: NOW,
      attemptedAt: NOW,
      collector: 'test',
      intervalMs,
      status: 'ok',
    });
    const reachability = coder.reachability;
    const input: StateInput = {
      registeredAt: new Date(NOW.getTime() - MINUTE),
      facts: {
        reachability:
          reachability.status === 'ok'
            ? fact(reachability.value, MINUTE)
            : undefined,
        health: fact(healthReport('ok'), 5 * MINUTE),
      },
    };
    expect(stateHorizon(input, NOW)).toEqual({
      current: expect.objectContaining({ state: 'healthy' }),
      until: new Date(NOW.getTime() + 2 * MINUTE + 1),
      next: expect.objectContaining({ state: 'unknown' }),
    });
  });

  it('turns provisioning into missing at the deadline', () => {
    const input: StateInput = { registeredAt: NOW, facts: {} };
    expect(stateHorizon(input, NOW)).toEqual({
      current: expect.objectContaining({ state: 'provisioning' }),
      until: new Date(NOW.getTime() + PROVISIONING_DEADLINE_MS),
      next: expect.objectContaining({ state: 'missing' }),
    });
  });
});
