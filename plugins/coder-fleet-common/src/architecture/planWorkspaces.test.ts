import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';
import type { CvaGeneration } from './tiers';

// Figures are typed from Coder's pages, not taken from the data.

const workspacesOf = (
  options: {
    users?: number;
    workspaces?: Record<string, unknown>;
    regions?: unknown[];
    generation?: CvaGeneration;
  } = {},
) => {
  const { users = 1000, workspaces, regions, generation } = options;
  return plan(
    deployment({
      users: { expected: users },
      ...(workspaces && { workspaces }),
      ...(regions && { regions }),
    }),
    { generation },
  ).workspaces;
};

describe('the nodes for workspaces', () => {
  it('reckons with 1 vCPU and 2 GiB on nodes of 8 and 32', () => {
    const result = workspacesOf();
    expect(result.container.value).toEqual({ cpuMillis: 1000, memoryGiB: 2 });
    expect(result.node.value).toEqual({ cpuMillis: 8000, memoryGiB: 32 });
    expect(result.perNode.value).toBe(8);
    expect(result.nodes.value).toBe(75);
    expect(result.nodes.note).toMatch(/the newer pages leave workspaces/);
    expect(result.nodes.alternatives).toEqual([
      {
        value: 64,
        source: expect.objectContaining({
          title: 'CVA, older reference architecture for 1k users',
        }),
      },
    ]);
    // 600 vCPU on nodes that are at most 80 % full
    expect(result.maxNodes.value).toBe(94);
  });

  it.each([
    [1000, 64, 16, { cpuMillis: 500, memoryGiB: 2 }],
    [2000, 128, 16, { cpuMillis: 500, memoryGiB: 2 }],
    [3000, 256, 12, { cpuMillis: 666, memoryGiB: 2 }],
  ])(
    'counts them for %i users as the older pages do, when they are taken',
    (users, nodes, perNode, container) => {
      const result = workspacesOf({ users, generation: 'legacy' });
      expect(result.nodes.value).toBe(nodes);
      expect(result.perNode.value).toBe(perNode);
      expect(result.container.value).toEqual(container);
      expect(result.node.value).toEqual({ cpuMillis: 8000, memoryGiB: 32 });
      expect(result.nodes.source.title).toMatch(/older reference/);
    },
  );

  it.each<[string, Record<string, unknown>, number, number]>([
    ['CPU', { cpu: 2, memoryGiB: 4 }, 4, 150],
    ['memory', { cpu: 0.5, memoryGiB: 8 }, 4, 150],
    [
      'both alike',
      { cpu: 4, memoryGiB: 16, nodeShape: { cpu: 16, memoryGiB: 64 } },
      4,
      150,
    ],
    [
      'one workspace a node',
      { cpu: 5, memoryGiB: 2, nodeShape: { cpu: 8, memoryGiB: 32 } },
      1,
      600,
    ],
    [
      'fractions without noise',
      { cpu: 0.1, memoryGiB: 0.7, nodeShape: { cpu: 8, memoryGiB: 2.1 } },
      3,
      200,
    ],
    [
      'no more than 256 pods',
      { cpu: 0.1, memoryGiB: 0.125, nodeShape: { cpu: 128, memoryGiB: 512 } },
      256,
      3,
    ],
  ])('packs them by %s', (_, workspaces, perNode, nodes) => {
    for (const generation of ['2026', 'legacy'] as const) {
      const result = workspacesOf({
        workspaces: { running: 600, ...workspaces },
        generation,
      });
      expect(result.perNode.value).toBe(perNode);
      expect(result.nodes.value).toBe(nodes);
      expect(result.maxNodes.value).toBeGreaterThanOrEqual(nodes);
    }
  });

  it('takes what was not asked for from the formula, and says so', () => {
    const { container } = workspacesOf({ workspaces: { cpu: 4 } });
    expect(container.value).toEqual({ cpuMillis: 4000, memoryGiB: 2 });
    expect(container.source.title).toBe('The request');
    expect(container.note).toMatch(/scale testing/);
  });

  it('splits them over the regions, each rounded up', () => {
    const regions = [
      { name: 'eu', cluster: 'eu-1', share: 0.7 },
      {
        name: 'us',
        cluster: 'us-1',
        proxy: { accessUrl: 'https://us.example.com' },
      },
    ];
    const result = workspacesOf({ regions });
    expect(
      result.regions.map(({ region, running, nodes }) => [
        region,
        running.value,
        nodes.value,
      ]),
    ).toEqual([
      ['eu', 420, 53],
      ['us', 180, 23],
    ]);
    expect(result.nodes.value).toBe(75);
    const older = workspacesOf({ regions, generation: 'legacy' });
    expect(older.regions.map(({ nodes }) => nodes.value)).toEqual([45, 20]);
  });

  it('refuses a workspace that fits on no node', () => {
    expect(() => workspacesOf({ workspaces: { cpu: 16 } })).toThrow(
      'A workspace of 16 vCPU and 2 GiB does not fit on a node of 8 vCPU and 32 GiB',
    );
  });
});
