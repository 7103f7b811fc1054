import fc from 'fast-check';
import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';
import { loadOf, tierFor } from './sizing';
import { TIERS } from './tiers';

describe('plan', () => {
  it.each([
    [1, '1k', 3, 2000, 8, 60, 8],
    [1000, '1k', 3, 2000, 8, 60, 8],
    [1001, '2k', 3, 4000, 12, 120, 16],
    [2000, '2k', 3, 4000, 12, 120, 16],
    [3000, '3k', 4, 4000, 12, 180, 32],
    [10_000, '10k', 10, 4000, 12, 600, 64],
  ])(
    'gives %i users the figures of tier %s',
    (expected, tier, replicas, cpuMillis, memoryGiB, provisioners, vcpu) => {
      const result = plan(deployment({ users: { expected } }));
      expect(result.tier.value).toBe(tier);
      expect(result.controlPlane.replicas.value).toBe(replicas);
      expect(result.controlPlane.container.value).toEqual({
        cpuMillis,
        memoryGiB,
      });
      expect(result.controlPlane.builtInProvisioners.value).toBe(0);
      expect(result.provisioners).toHaveLength(1);
      expect(result.provisioners[0].replicas.value).toBe(provisioners);
      expect(result.database.vcpu.value).toBe(vcpu);
    },
  );

  it('moves up when only the running workspaces exceed a tier', () => {
    const users = { expected: 900, activeShare: 0.7 };
    expect(plan(deployment({ users })).tier.value).toBe('2k');
  });

  it('gives the community edition one replica and built-in provisioners, and says what the table asks for', () => {
    const result = plan(deployment({ edition: 'community' }));
    expect(result.provisioners).toEqual([]);
    expect(result.controlPlane.builtInProvisioners.value).toBe(3);
    expect(result.controlPlane.replicas).toMatchObject({
      value: 1,
      alternatives: [{ value: 3, source: TIERS[0].source }],
    });
  });

  it('resolves a channel by the calendar', () => {
    const { release } = plan(deployment({ release: { channel: 'stable' } }));
    expect(release.version).toMatchObject({
      value: '2.36.5',
      note: expect.stringContaining('stable'),
    });
  });

  it('shows what other texts of the CVA say of the database instead of blending them', () => {
    const { database } = plan(deployment());
    const said = database.vcpu.alternatives?.map(
      ({ value, source: { title, section } }) => [value, title, section],
    );
    expect(said).toEqual([
      [2, 'CVA, PostgreSQL database', 'Performance efficiency'],
      [2, 'CVA, PostgreSQL database', 'Cloud instances'],
      [2, 'CVA, older reference architecture for 1k users', 'Database nodes'],
    ]);
    expect(database.maxConnections.value).toBe(100);
  });

  it('says of every figure where it came from', () => {
    const sources: unknown[] = [];
    const visit = (node: unknown) => {
      if (typeof node !== 'object' || node === null) {
        return;
      }
      if ('value' in node) {
        sources.push((node as { source?: { title?: string } }).source?.title);
      }
      Object.values(node).forEach(visit);
    };
    visit(plan(deployment()));
    expect(sources.length).toBeGreaterThan(12);
    expect(sources).not.toContain(undefined);
  });

  it('never plans less for more users', () => {
    const figures = (expected: number, activeShare: number) => {
      const result = plan(deployment({ users: { expected, activeShare } }));
      return [
        result.controlPlane.replicas.value,
        result.controlPlane.container.value.cpuMillis,
        result.provisioners[0].replicas.value,
        result.database.vcpu.value,
        result.database.maxConnections.value,
      ];
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.double({ min: 0.01, max: 0.6, noNaN: true }),
        (users, more, share) => {
          const less = figures(users, share);
          const greater = figures(Math.min(10_000, users + more), share);
          less.forEach((value, i) =>
            expect(greater[i]).toBeGreaterThanOrEqual(value),
          );
        },
      ),
    );
  });
});

describe('plan for several regions', () => {
  const region = (name: string, share?: number) => ({
    name,
    cluster: `${name}-1`,
    ...(share && { share }),
    proxy: { accessUrl: `https://${name}.example.com` },
  });

  it('puts a proxy into each region but the first, by the row of the tier', () => {
    const result = plan(
      deployment({
        users: { expected: 1500 },
        regions: [region('eu'), region('us'), region('ap')],
      }),
    );
    expect(result.proxies.map(proxy => proxy.region)).toEqual(['us', 'ap']);
    expect(result.proxies[0].replicas).toMatchObject({ value: 3 });
    expect(result.proxies[0].replicas).not.toHaveProperty('note');
    expect(result.provisioners.map(p => p.replicas.value)).toEqual([
      40, 40, 40,
    ]);
  });

  it('says that the smallest tier has no row for proxies', () => {
    const result = plan(deployment({ regions: [region('eu'), region('us')] }));
    expect(result.proxies[0].replicas).toMatchObject({
      value: 3,
      note: expect.stringContaining('assumed'),
    });
  });

  it('never plans fewer provisioners than the table, whatever the shares', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 20 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (expected, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0) + 5;
          const regions = [
            ...weights.map((weight, i) => region(`r${i}`, weight / sum)),
            region('rest'),
          ];
          const result = plan(deployment({ users: { expected }, regions }));
          const total = result.provisioners.reduce(
            (all, { replicas }) => all + replicas.value,
            0,
          );
          const [tier] = TIERS.filter(({ name }) => name === result.tier.value);
          expect(total).toBeGreaterThanOrEqual(tier.provisioners.replicas);
        },
      ),
    );
  });
});

describe('tierFor', () => {
  it('carries every load within its limits, and the tier below does not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0.01, max: 0.6, noNaN: true }),
        (users, activeShare) => {
          const load = loadOf({ users, activeShare });
          const tier = tierFor(load);
          expect(load.users).toBeLessThanOrEqual(tier.limits.users);
          expect(load.runningWorkspaces).toBeLessThanOrEqual(
            tier.limits.runningWorkspaces,
          );
          expect(load.concurrentBuilds).toBeLessThanOrEqual(
            tier.limits.concurrentBuilds,
          );
          const below = TIERS[TIERS.indexOf(tier) - 1];
          const exceeded =
            !below ||
            (Object.keys(load) as Array<keyof typeof load>).some(
              limit => load[limit] > below.limits[limit],
            );
          expect(exceeded).toBe(true);
        },
      ),
    );
  });

  it('does not extrapolate', () => {
    expect(() => tierFor(loadOf({ users: 10_000, activeShare: 0.61 }))).toThrow(
      /No validated architecture covers.*[Ss]plit/,
    );
  });
});
