import fc from 'fast-check';
import { deployment } from '../__testUtils__/deployments';
import { ComparableFinding, comparePlans } from './comparePlans';
import { plan } from './plan';

const side = (
  spec: Record<string, unknown>,
  findings: ComparableFinding[] = [],
) => ({ plan: plan(deployment(spec)), findings });

const finding = (rule: string, verdict: ComparableFinding['verdict']) => ({
  rule,
  verdict,
});

const region = (name: string) => ({
  name,
  cluster: `${name}-1`,
  proxy: { accessUrl: `https://${name}.example.com` },
});

describe('comparePlans', () => {
  it('finds nothing between a plan and itself', () => {
    const findings = [finding('A', 'fail'), finding('B', 'unknown')];
    expect(comparePlans(side({}, findings), side({}, findings))).toEqual({
      figures: [],
      gained: [],
      lost: [],
    });
  });

  it('lists each figure that differs, with its unit', () => {
    const { figures } = comparePlans(
      side({ users: { expected: 1000 } }),
      side({ users: { expected: 1001 } }),
    );
    const byPath = new Map(figures.map(change => [change.path, change]));
    expect(byPath.get('tier')).toEqual({
      path: 'tier',
      label: 'Tier',
      from: '1k',
      to: '2k',
      unit: '',
    });
    expect(byPath.get('controlPlane.container.cpu')).toEqual({
      path: 'controlPlane.container.cpu',
      label: 'Control plane, each replica, CPU',
      from: 2,
      to: 4,
      unit: 'vCPU',
    });
    expect(byPath.get('provisioners.eu-west.replicas')).toMatchObject({
      from: 60,
      to: 120,
    });
    expect(byPath.get('database.memoryGB')).toEqual({
      path: 'database.memoryGB',
      label: 'Database, memory',
      from: 30,
      to: 60,
      unit: 'GB',
    });
    expect(byPath.has('controlPlane.replicas')).toBe(false);
    expect(byPath.has('release.version')).toBe(false);
  });

  it('leaves out the side on which a region does not exist', () => {
    const one = side({ regions: [region('eu')] });
    const two = side({ regions: [region('eu'), region('us')] });
    const added = comparePlans(one, two).figures.find(
      ({ path }) => path === 'proxies.us.replicas',
    );
    const removed = comparePlans(two, one).figures.find(
      ({ path }) => path === 'proxies.us.replicas',
    );
    const what = {
      path: 'proxies.us.replicas',
      label: 'Workspace proxy in us, replicas',
      unit: '',
    };
    expect(added).toEqual({ ...what, to: 3 });
    expect(removed).toEqual({ ...what, from: 3 });
  });

  it('keeps the order of a plan, with what is gone where it was', () => {
    const three = ['eu', 'us', 'ap'].map(region);
    const { figures } = comparePlans(
      side({ regions: three }),
      side({ regions: [three[0], three[2]] }),
    );
    const replicas = figures
      .map(({ path }) => path)
      .filter(path => /^(?:provisioners|proxies)\..*replicas$/.test(path));
    expect(replicas).toEqual([
      'provisioners.eu.replicas',
      'provisioners.us.replicas',
      'provisioners.ap.replicas',
      'proxies.us.replicas',
    ]);
  });

  it('lists what the rules say newly and no longer', () => {
    const { gained, lost } = comparePlans(
      side({}, [
        finding('A', 'pass'),
        finding('B', 'fail'),
        finding('C', 'warn'),
        finding('D', 'unknown'),
        finding('E', 'skip'),
      ]),
      side({}, [
        finding('A', 'fail'),
        finding('B', 'pass'),
        finding('C', 'fail'),
        finding('D', 'unknown'),
        finding('F', 'unknown'),
        finding('G', 'skip'),
      ]),
    );
    expect(gained).toEqual([
      finding('A', 'fail'),
      finding('C', 'fail'),
      finding('F', 'unknown'),
    ]);
    expect(lost).toEqual([finding('B', 'fail'), finding('C', 'warn')]);
  });

  it('says the same the other way round, and changes neither side', () => {
    const users = fc.integer({ min: 1, max: 10_000 });
    const verdict = fc.constantFrom<ComparableFinding['verdict']>(
      'pass',
      'warn',
      'fail',
      'unknown',
      'skip',
    );
    const findings = fc.array(
      fc.record({ rule: fc.constantFrom('A', 'B', 'C'), verdict }),
    );
    fc.assert(
      fc.property(users, users, findings, findings, (n, m, f, g) => {
        const a = side({ users: { expected: n } }, f);
        const b = side({ users: { expected: m } }, g);
        const before = JSON.stringify([a, b]);
        const there = comparePlans(a, b);
        const back = comparePlans(b, a);
        expect(back.gained).toEqual(there.lost);
        expect(back.lost).toEqual(there.gained);
        const sorted = (changes: typeof back.figures) =>
          [...changes].sort((x, y) => (x.path < y.path ? -1 : 1));
        expect(
          sorted(back.figures).map(({ from, to, ...rest }) => ({
            ...rest,
            ...(to !== undefined && { from: to }),
            ...(from !== undefined && { to: from }),
          })),
        ).toEqual(sorted(there.figures));
        expect(JSON.stringify([a, b])).toBe(before);
      }),
    );
  });
});
