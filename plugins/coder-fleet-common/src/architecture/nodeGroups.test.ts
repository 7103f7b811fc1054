import fc from 'fast-check';
import { deployment } from '../__testUtils__/deployments';
import { allocatable } from './allocatable';
import { nextUsual, nodeGroupsOf } from './nodeGroups';
import { plan } from './plan';

const planned = plan(
  deployment({
    users: { expected: 2500 },
    regions: [
      { name: 'eu-west', cluster: 'eu-west-1', share: 0.5 },
      {
        name: 'us-east',
        cluster: 'us-east-1',
        share: 0.5,
        proxy: { accessUrl: 'https://us.aurora.example.com' },
      },
    ],
  }),
);

it('gives every group of pods its nodes, cluster by cluster', () => {
  expect(
    nodeGroupsOf(planned).map(({ cluster, group, nodes, node }) => [
      cluster,
      group,
      nodes,
      node.cpuMillis / 1000,
      node.memoryGiB,
    ]),
  ).toEqual([
    // Four pods of 4 vCPU and 12 GiB, and one more in an update; 30 provisioners of 1 vCPU and 1 GiB; 8 workspaces
    ['eu-west-1', 'control-plane', 5, 8, 16],
    ['eu-west-1', 'general', 3, 32, 64],
    ['eu-west-1', 'workspaces', 94, 8, 32],
    ['us-east-1', 'control-plane', 5, 8, 16],
    ['us-east-1', 'general', 3, 32, 64],
    ['us-east-1', 'workspaces', 94, 8, 32],
  ]);
});

it('lets all provisioners of the plan find room', () => {
  for (const { cluster, group, nodes, node, carries } of nodeGroupsOf(
    planned,
  )) {
    const pods = planned.provisioners
      .filter(release => release.cluster === cluster)
      .reduce((sum, { replicas }) => sum + replicas.value, 0);
    const each = Number(/, (\d+) on each node$/.exec(carries)?.[1]);
    expect(group !== 'general' || nodes * each >= pods).toBe(true);
    expect(group !== 'general' || each <= 30).toBe(true);
    const { cpuMillis, memoryGiB } = allocatable(node);
    expect(group !== 'general' || each <= cpuMillis / 1000).toBe(true);
    expect(group !== 'general' || each <= memoryGiB).toBe(true);
  }
});

it('has room for the pod with which a rolling update begins, by the strategy and by the default of Kubernetes', () => {
  for (const expected of [200, 2500, 9000]) {
    const { controlPlane, ...rest } = plan(deployment({ users: { expected } }));
    const [group] = nodeGroupsOf({ controlPlane, ...rest });
    expect(group.nodes).toBe(controlPlane.replicas.value + 1);
  }
});

it('names no general nodes where the control plane builds itself', () => {
  const community = plan(deployment({ edition: 'community' }));
  expect(nodeGroupsOf(community).map(({ group }) => group)).toEqual([
    'control-plane',
    'workspaces',
  ]);
});

it.each([
  // vCPU and GiB of the pods, then of the node
  [4, 16, 8, 32],
  [0.266, 1, 2, 4],
  // 30 provisioners: 32 GiB leave 28.3, and 1 of them to DaemonSets
  [30, 30, 32, 64],
  [26, 27, 32, 32],
  // 12 GiB just fit on 16, of which 13.3 are left, 13 do not
  [5, 12, 8, 16],
  [5, 13, 8, 32],
  // 3.4 vCPU just fit on 4, of which 3.92 are left, 3.5 do not
  [3.4, 8, 4, 16],
  [3.5, 8, 8, 16],
  [200, 600, 220, 660],
])(
  'gives pods of %d vCPU and %d GiB a node of %i vCPU and %i GiB',
  (vcpu, memoryGiB, ofNode, gibOfNode) => {
    expect(nextUsual({ cpuMillis: vcpu * 1000, memoryGiB })).toEqual({
      cpuMillis: ofNode * 1000,
      memoryGiB: gibOfNode,
    });
  },
);

it('leaves half a vCPU and 1 GiB to DaemonSets, whatever the pods ask for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300_000 }),
      fc.double({ min: 0.1, max: 2000, noNaN: true }),
      (cpuMillis, memoryGiB) => {
        const left = allocatable(nextUsual({ cpuMillis, memoryGiB }));
        expect(left.cpuMillis).toBeGreaterThanOrEqual(cpuMillis + 500);
        expect(left.memoryGiB).toBeGreaterThanOrEqual(memoryGiB + 1);
      },
    ),
  );
});
