import fc from 'fast-check';
import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';
import { loadOf, tierByName, tierFor } from './sizing';
import type { CvaGeneration, TierName } from './tiers';

// The limits are typed from the pages of the tiers, not taken from the data.
const LIMITS: Array<[TierName, number, number, number]> = [
  ['1k', 1000, 600, 60],
  ['2k', 2000, 1200, 120],
  ['3k', 3000, 1800, 180],
  ['10k', 10_000, 6000, 600],
];

const load = (
  users: number,
  runningWorkspaces: number,
  concurrentBuilds: number,
) => ({ users, runningWorkspaces, concurrentBuilds });

describe('loadOf', () => {
  it.each([
    [{ users: 1000, activeShare: 0.6 }, load(1000, 600, 60)],
    [{ users: 1000, activeShare: 0.07 }, load(1000, 70, 7)],
    [{ users: 3, activeShare: 0.5 }, load(3, 2, 1)],
    [
      { users: 1000, activeShare: 0.6, runningWorkspaces: 900 },
      load(1000, 900, 90),
    ],
    [
      { users: 1000, activeShare: 0.6, concurrentBuilds: 100 },
      load(1000, 600, 100),
    ],
    [{ users: 1000, activeShare: 0.6, agents: 25 }, load(1000, 625, 85)],
    [
      {
        users: 100,
        activeShare: 1,
        runningWorkspaces: 40,
        concurrentBuilds: 30,
        agents: 5,
      },
      load(100, 45, 35),
    ],
  ])('of %j is %j', (input, expected) => {
    expect(loadOf(input)).toEqual(expected);
  });
});

describe('tierFor', () => {
  it.each(LIMITS)('gives %s up to its limits', (name, ...limits) => {
    expect(tierFor(load(...limits)).name).toBe(name);
  });

  it.each(
    LIMITS.slice(0, 3).flatMap(([name, users, running, builds], i) => [
      [name, 'users', LIMITS[i + 1][0], load(users + 1, running, builds)],
      [name, 'workspaces', LIMITS[i + 1][0], load(users, running + 1, builds)],
      [name, 'builds', LIMITS[i + 1][0], load(users, running, builds + 1)],
    ]),
  )('leaves %s when only its %s are exceeded', (_, __, next, exceeding) => {
    expect(tierFor(exceeding as ReturnType<typeof load>).name).toBe(next);
  });

  it.each([
    [load(10_001, 6000, 600)],
    [load(10_000, 6001, 600)],
    [load(10_000, 6000, 601)],
    [load(1e9, 1e9, 1e9)],
  ])('says of %j that nothing covers it, and advises to split', exceeding => {
    expect(() => tierFor(exceeding)).toThrow(
      /^No validated architecture covers \d+ users .*the largest carries 10000, 6000 and 600\. Split them over several deployments$/,
    );
  });

  it('says of a load that only the newer tables cover that they do', () => {
    expect(() => tierFor(load(3001, 600, 60), 'legacy')).toThrow(
      /the largest carries 3000, 3072 and 240\. The tables of 2026 cover them/,
    );
    expect(() => tierFor(load(10_001, 600, 60), 'legacy')).toThrow(
      /240\. Split them/,
    );
  });
});

describe('tierByName', () => {
  it('knows the tiers of each generation', () => {
    expect(tierByName('10k').limits.users).toBe(10_000);
    expect(tierByName('3k', 'legacy').controlPlane).toEqual({
      replicas: 4,
      container: { cpuMillis: 8000, memoryGiB: 32 },
    });
    expect(() => tierByName('10k', 'legacy')).toThrow(/no tier 10k.*legacy/);
  });
});

describe('plan, whatever the load', () => {
  const region = (name: string, share?: number) => ({
    name,
    cluster: `${name}-1`,
    ...(share && { share }),
    proxy: { accessUrl: `https://${name}.example.com` },
  });

  const generation = fc.constantFrom<CvaGeneration>('2026', 'legacy');
  const edition = fc.constantFrom('premium', 'community');

  /** Loads that each generation covers. */
  const inputs = fc.record({
    users: fc.integer({ min: 1, max: 1500 }),
    activeShare: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
    running: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
    builds: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    agents: fc.integer({ min: 0, max: 40 }),
  });
  type Inputs = typeof inputs extends fc.Arbitrary<infer T> ? T : never;

  const specOf = (input: Inputs, more: Record<string, unknown> = {}) => ({
    users: { expected: input.users, activeShare: input.activeShare },
    workspaces: {
      ...(input.running && { running: input.running }),
      ...(input.builds && { concurrentBuilds: input.builds }),
    },
    ai: { agents: input.agents },
    ...more,
  });

  /** Every total that costs something. */
  const totalsOf = (
    spec: Record<string, unknown>,
    options: { generation: CvaGeneration },
  ) => {
    const {
      totals,
      controlPlane,
      database,
      load: carried,
      workspaces,
    } = plan(deployment(spec), options);
    return {
      users: carried.users.value,
      running: carried.runningWorkspaces.value,
      builds: carried.concurrentBuilds.value,
      replicas: controlPlane.replicas.value,
      controlPlaneVcpu: totals.controlPlaneVcpu.value,
      controlPlaneMemory: totals.controlPlaneMemoryGiB.value,
      proxies: totals.proxyReplicas.value,
      provisioners: totals.provisioners.value,
      nodes: totals.workspaceNodes.value,
      maxNodes: workspaces.maxNodes.value,
      databaseVcpu: database.vcpu.value,
      databaseMemory: database.memoryGB.value,
      databaseStorage: database.storageGB.value,
      standby: Number(database.highlyAvailable.value),
      connections: database.maxConnections.value,
    };
  };

  const fallen = (
    greater: Record<string, number>,
    less: Record<string, number>,
  ) => Object.keys(less).filter(key => greater[key] < less[key]);

  it('never takes less in total for more of any part of the load', () => {
    fc.assert(
      fc.property(
        inputs,
        generation,
        edition,
        fc.constantFrom<keyof Inputs>(
          'users',
          'activeShare',
          'running',
          'builds',
          'agents',
        ),
        fc.integer({ min: 0, max: 900 }),
        (input, tables, version, part, more) => {
          const step = part === 'activeShare' ? more / 3000 : more;
          const base = input[part];
          fc.pre(base !== undefined);
          const greater = { ...input, [part]: Number(base) + step };
          const limit = tables === 'legacy' ? 240 : 600;
          fc.pre(
            greater.agents + (greater.builds ?? greater.users * 0.1) < limit,
          );
          expect(
            fallen(
              totalsOf(specOf(greater, { edition: version }), {
                generation: tables,
              }),
              totalsOf(specOf(input, { edition: version }), {
                generation: tables,
              }),
            ),
          ).toEqual([]);
        },
      ),
    );
  });

  it('never takes less in total with one more region', () => {
    fc.assert(
      fc.property(
        inputs,
        generation,
        fc.integer({ min: 1, max: 9 }),
        (input, tables, count) => {
          const regions = Array.from({ length: count + 1 }, (_, i) =>
            region(`r${i}`),
          );
          const fewer = regions.slice(0, count);
          const options = { generation: tables };
          expect(
            fallen(
              totalsOf(specOf(input, { regions }), options),
              totalsOf(specOf(input, { regions: fewer }), options),
            ),
          ).toEqual([]);
        },
      ),
    );
  });

  it('never takes less when Coder encrypts: one vCPU more in each replica', () => {
    fc.assert(
      fc.property(inputs, generation, (input, tables) => {
        const database = (enabled: boolean) => ({
          database: { type: 'external', encryption: { enabled } },
        });
        const options = { generation: tables };
        const plain = totalsOf(specOf(input, database(false)), options);
        const encrypted = totalsOf(specOf(input, database(true)), options);
        expect(encrypted).toEqual({
          ...plain,
          controlPlaneVcpu: plain.controlPlaneVcpu + plain.replicas,
        });
      }),
    );
  });

  const weights = fc.array(fc.integer({ min: 1, max: 20 }), {
    minLength: 1,
    maxLength: 6,
  });

  const sum = (values: Array<{ value: number }>) =>
    values.reduce((all, { value }) => all + value, 0);

  it('gives the regions at least the total together, and the total is never below the table', () => {
    fc.assert(
      fc.property(inputs, generation, weights, (input, tables, parts) => {
        const whole = parts.reduce((a, b) => a + b, 5);
        const regions = [
          ...parts.map((part, i) => region(`r${i}`, part / whole)),
          region('rest'),
        ];
        const result = plan(deployment(specOf(input, { regions })), {
          generation: tables,
        });
        const tier = tierByName(result.tier.value, tables);
        const { totals, provisioners, workspaces, proxies } = result;
        expect(
          sum(provisioners.map(({ replicas }) => replicas)),
        ).toBeGreaterThanOrEqual(totals.provisioners.value);
        expect(
          sum(workspaces.regions.map(({ nodes }) => nodes)),
        ).toBeGreaterThanOrEqual(totals.workspaceNodes.value);
        expect(
          sum(workspaces.regions.map(({ running }) => running)),
        ).toBeGreaterThanOrEqual(result.load.runningWorkspaces.value);
        expect(sum(proxies.map(({ replicas }) => replicas))).toBe(
          totals.proxyReplicas.value,
        );
        expect(totals.provisioners.value).toBe(tier.provisioners.replicas);
        expect(result.controlPlane.replicas.value).toBe(
          tier.controlPlane.replicas,
        );
        expect(result.database.vcpu.value).toBeGreaterThanOrEqual(
          tier.database.vcpu,
        );
      }),
    );
  });

  it('does not mind the order of the regions, but for which one is first', () => {
    fc.assert(
      fc.property(inputs, generation, weights, (input, tables, parts) => {
        const whole = parts.reduce((a, b) => a + b, 5);
        const others = parts.map((part, i) => region(`r${i}`, part / whole));
        const figuresOf = (regions: Array<ReturnType<typeof region>>) => {
          const result = plan(
            deployment(
              specOf(input, { regions: [region('home'), ...regions] }),
            ),
            { generation: tables },
          );
          const byRegion = <T extends { region: string }>(list: T[]) =>
            Object.fromEntries(list.map(entry => [entry.region, entry]));
          return {
            totals: result.totals,
            provisioners: byRegion(
              result.provisioners.map(({ region: name, replicas }) => ({
                region: name,
                replicas: replicas.value,
              })),
            ),
            workspaces: byRegion(
              result.workspaces.regions.map(({ region: name, nodes }) => ({
                region: name,
                nodes: nodes.value,
              })),
            ),
            proxies: byRegion(result.proxies),
          };
        };
        expect(figuresOf([...others].reverse())).toEqual(figuresOf(others));
      }),
    );
  });

  it('carries what it was planned for: no headroom is below zero', () => {
    fc.assert(
      fc.property(inputs, generation, (input, tables) => {
        const { headroom, load: carried } = plan(deployment(specOf(input)), {
          generation: tables,
        });
        const parts = [
          'users',
          'runningWorkspaces',
          'concurrentBuilds',
        ] as const;
        for (const part of parts) {
          expect(headroom.left[part].value).toBeGreaterThanOrEqual(0);
          expect(headroom.left[part].value + carried[part].value).toBe(
            headroom.limits[part].value,
          );
        }
      }),
    );
  });
});
