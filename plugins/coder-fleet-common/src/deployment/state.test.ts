import type { HealthSection } from '../health/report';
import type { Fact } from '../tracking/fact';
import type {
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
} from '../tracking/facts';
import {
  DeploymentState,
  PROVISIONING_DEADLINE_MS,
  StateInput,
  deploymentState,
} from './state';

const NOW = new Date('2026-06-01T12:00:00Z');
const PULL_REQUEST = 'https://git.example.com/a/pulls/7';
const ago = (ms: number) => new Date(NOW.getTime() - ms);

function fact<T>(value: T, over: Partial<Fact<T>> = {}): Fact<T> {
  return {
    value,
    observedAt: ago(1000),
    attemptedAt: ago(1000),
    collector: 'test',
    intervalMs: 60_000,
    status: 'ok',
    ...over,
  };
}

function section(over: Partial<HealthSection>): HealthSection {
  return {
    key: 'database',
    title: 'Database',
    severity: 'ok',
    dismissed: false,
    warnings: [],
    details: [],
    ...over,
  };
}

const health = (
  over: Partial<HealthFact>,
  factOver?: Partial<Fact<HealthFact>>,
) =>
  fact<HealthFact>(
    { severity: 'ok', sections: [section({})], ...over },
    factOver,
  );
const reachability = (over?: Partial<Fact<ReachabilityFact>>) =>
  fact<ReachabilityFact>({ version: 'v2.36.5' }, over);
const licence = (hasLicense: boolean, over?: Partial<Fact<EntitlementsFact>>) =>
  fact<EntitlementsFact>(
    { hasLicense, trial: false, enabledFeatures: [], warnings: [], errors: [] },
    over,
  );

/** The same, so many milliseconds later. */
function shifted(value: unknown, by: number): unknown {
  if (value instanceof Date) {
    return new Date(value.getTime() + by);
  }
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) {
    return new Date(Date.parse(value) + by).toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(item => shifted(item, by));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, shifted(item, by)]),
      )
    : value;
}

const replicas = (healthy: number) =>
  fact<ReplicasFact>({ total: 3, healthy, items: [] });

function input(
  facts: StateInput['facts'],
  over: Partial<StateInput> = {},
): StateInput {
  return { registeredAt: ago(86_400_000), plannedReplicas: 3, facts, ...over };
}

const seen = { reachability: reachability() };

const upgradeUntil = (until: Date) => ({
  until: until.toISOString(),
  declaredBy: 'user:default/paula',
  declaredAt: '2026-06-01T00:00:00Z',
});

describe('deploymentState', () => {
  const cases: Array<[string, DeploymentState, StateInput, RegExp]> = [
    [
      'everything is ok',
      'healthy',
      input({ ...seen, health: health({}), replicas: replicas(3) }),
      /ok/,
    ],
    [
      'it is out of service',
      'retired',
      input({ ...seen, health: health({}) }, { retiredAt: ago(1) }),
      /service/,
    ],
    [
      'it was just registered',
      'provisioning',
      input({}, { registeredAt: ago(1000) }),
      /not seen yet/,
    ],
    [
      'it was never seen before its deadline',
      'missing',
      input({}, { registeredAt: ago(PROVISIONING_DEADLINE_MS) }),
      /deadline/,
    ],
    [
      'its pull request is open, however long',
      'provisioning',
      input(
        {},
        {
          registeredAt: ago(90 * 86_400_000),
          pullRequest: { url: PULL_REQUEST, openSince: '2026-03-01T00:00:00Z' },
        },
      ),
      /^Waits for its pull request to be merged: https:\/\/git\.example\.com\/a\/pulls\/7$/,
    ],
    [
      'something else was merged than what was requested',
      'provisioning',
      input(
        {},
        {
          pullRequest: {
            url: PULL_REQUEST,
            openSince: '2026-03-01T00:00:00Z',
            obstacle: { kind: 'different', since: '2026-03-02T00:00:00Z' },
          },
        },
      ),
      /something else than what was requested: who may .* registers again .*pulls\/7$/,
    ],
    [
      'whether it was merged cannot be read',
      'provisioning',
      input(
        {},
        {
          pullRequest: {
            url: PULL_REQUEST,
            openSince: '2026-03-01T00:00:00Z',
            obstacle: {
              kind: 'unreadable',
              since: '2026-03-02T11:30:00Z',
              message: 'No integration',
            },
          },
        },
      ),
      /pulls\/7 \(not readable since 2026-03-02 11:30 UTC: No integration\)$/,
    ],
    [
      'its pull request was merged, and it was never seen since',
      'missing',
      input(
        {},
        {
          registeredAt: ago(PROVISIONING_DEADLINE_MS),
          pullRequest: { url: PULL_REQUEST },
        },
      ),
      /Never seen/,
    ],
    [
      'an upgrade is declared',
      'upgrading',
      input(
        { reachability: reachability({ status: 'unreachable' }) },
        { upgrade: upgradeUntil(new Date(NOW.getTime() + 1)) },
      ),
      /upgrade/,
    ],
    [
      'a declared upgrade is over',
      'unreachable',
      input(
        {
          reachability: reachability({
            status: 'unreachable',
            message: 'refused',
          }),
        },
        { upgrade: upgradeUntil(ago(1)) },
      ),
      /refused/,
    ],
    [
      'it stopped to answer',
      'unreachable',
      input({
        reachability: reachability({
          status: 'unreachable',
          message: 'connection refused',
        }),
        health: health({}),
      }),
      /connection refused/,
    ],
    [
      'something else answers',
      'unreachable',
      input({
        reachability: reachability({ status: 'error', message: 'no JSON' }),
        health: health({}),
      }),
      /no JSON/,
    ],
    [
      'a section has an error',
      'failing',
      input({
        ...seen,
        health: health({
          severity: 'error',
          sections: [section({ severity: 'error' })],
        }),
      }),
      /Database/,
    ],
    [
      'a section has a warning',
      'degraded',
      input({
        ...seen,
        health: health({
          severity: 'warning',
          sections: [section({ severity: 'warning' })],
        }),
      }),
      /Database/,
    ],
    [
      'a bad section was dismissed',
      'degraded',
      input({
        ...seen,
        health: health({
          severity: 'error',
          sections: [section({ severity: 'error', dismissed: true })],
        }),
      }),
      /Dismissed/,
    ],
    [
      'replicas are missing',
      'degraded',
      input({ ...seen, health: health({}), replicas: replicas(2) }),
      /2 of 3/,
    ],
    [
      'there is no token',
      'unknown',
      input({
        ...seen,
        health: fact<HealthFact>(undefined as never, {
          status: 'off',
          observedAt: undefined,
        }),
      }),
      /no token/,
    ],
    [
      'the token may not read health',
      'unknown',
      input({ ...seen, health: health({}, { status: 'denied' }) }),
      /Owner/,
    ],
    [
      'health was read long ago',
      'unknown',
      input({ ...seen, health: health({}, { observedAt: ago(120_001) }) }),
      /too long ago/,
    ],
    [
      'the tracker has stopped',
      'unknown',
      input({
        reachability: reachability({ observedAt: ago(120_001) }),
        health: health({}),
      }),
      /not looked/,
    ],
    [
      'Coder adds a severity',
      'unknown',
      input({ ...seen, health: health({ severity: 'catastrophic' }) }),
      /catastrophic/,
    ],
    [
      'only the whole report has an error',
      'failing',
      input({ ...seen, health: health({ severity: 'error' }) }),
      /as a whole/,
    ],
    [
      'the report has no section',
      'unknown',
      input({ ...seen, health: health({ sections: [] }) }),
      /no section/,
    ],
    [
      'many sections have an error',
      'failing',
      input({
        ...seen,
        health: health({
          severity: 'error',
          sections: Array(50).fill(section({ severity: 'error' })),
        }),
      }),
      /Database and 45 more$/,
    ],
    [
      'a licence is missing for the replicas that are planned',
      'degraded',
      input({ ...seen, health: health({}), entitlements: licence(false) }),
      /3 replicas are planned, and the server has no licence/,
    ],
    [
      'one replica is planned, and needs no licence',
      'healthy',
      input(
        { ...seen, health: health({}), entitlements: licence(false) },
        { plannedReplicas: 1 },
      ),
      /./,
    ],
    [
      'the licence was missing when it was last seen, long ago',
      'degraded',
      input({
        ...seen,
        health: health({}),
        entitlements: licence(false, {
          observedAt: ago(86_400_000),
          status: 'error',
        }),
      }),
      /has no licence/,
    ],
    [
      'health could not be read',
      'unknown',
      input({
        ...seen,
        health: health({}, { status: 'error', message: 'in progress' }),
      }),
      /in progress/,
    ],
  ];
  it.each(cases)('when %s, it is %s', (_, state, given, reason) => {
    expect(deploymentState(given, NOW)).toEqual({
      state,
      reason: expect.stringMatching(reason),
    });
  });

  it.each(cases)('when %s, it is %s in any other year', (_, state, given) => {
    for (const years of [-3, 7, 40]) {
      const by = years * 365 * 86_400_000;
      const moved = shifted(given, by) as StateInput;
      const now = new Date(NOW.getTime() + by);
      expect(deploymentState(moved, now).state).toBe(state);
    }
  });
});
