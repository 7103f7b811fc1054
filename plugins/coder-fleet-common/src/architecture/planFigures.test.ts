import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';
import { planFigures } from './planFigures';

/** Paths of every figure with a source, wherever it hides in the plan. */
function sourcedPaths(node: unknown, path: string[] = []): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  if ('value' in node && 'source' in node) {
    const sizes = typeof node.value === 'object' ? ['cpu', 'memory'] : [''];
    return sizes.map(size => [...path, ...(size ? [size] : [])].join('.'));
  }
  return Object.entries(node).flatMap(([key, child]) => {
    const region = (child as { region?: string } | null)?.region;
    const name = Array.isArray(node) && region ? region : key;
    return sourcedPaths(child, [...path, name]);
  });
}

describe('planFigures', () => {
  const full = plan(
    deployment({
      regions: ['eu', 'us'].map(name => ({
        name,
        cluster: `${name}-1`,
        proxy: { accessUrl: `https://${name}.example.com` },
      })),
      ai: { agents: 5, gateway: true },
      database: { type: 'external', encryption: { enabled: true } },
    }),
  );

  it('lists every figure of a plan once, so that no change is overlooked', () => {
    const { remarks, totals, ...rest } = full;
    // The total of workspace nodes is the figure of the workspaces.
    const { workspaceNodes, ...others } = totals;
    const paths = planFigures(full).map(({ path }) => path);
    expect([...paths].sort()).toEqual(
      sourcedPaths({ ...rest, totals: others }).sort(),
    );
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('takes sizes apart and writes growth in percent', () => {
    const byPath = new Map(
      planFigures(full).map(({ path, value, unit }) => [path, [value, unit]]),
    );
    expect(byPath.get('controlPlane.container.cpu')).toEqual([3, 'vCPU']);
    expect(byPath.get('controlPlane.container.memory')).toEqual([8, 'GiB']);
    // 800 users of 1,000: 53 builds of 60 end first
    expect(byPath.get('headroom.limitedBy')).toEqual(['concurrentBuilds', '']);
    expect(byPath.get('headroom.growth')).toEqual([13.21, '%']);
    expect(byPath.get('headroom.limits.users')).toEqual([1000, '']);
    expect(byPath.get('headroom.left.concurrentBuilds')).toEqual([7, '']);
  });
});
