import { deployment } from '../__testUtils__/deployments';
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
    ['eu-west-1', 'general', 3, 32, 32],
    ['eu-west-1', 'workspaces', 94, 8, 32],
    ['us-east-1', 'control-plane', 5, 8, 16],
    ['us-east-1', 'general', 3, 32, 32],
    ['us-east-1', 'workspaces', 94, 8, 32],
  ]);
});

it('lets all provisioners of the plan find room', () => {
  for (const { cluster, group, nodes, carries } of nodeGroupsOf(planned)) {
    const pods = planned.provisioners
      .filter(release => release.cluster === cluster)
      .reduce((sum, { replicas }) => sum + replicas.value, 0);
    const each = Number(/, (\d+) on each node$/.exec(carries)?.[1]);
    expect(group !== 'general' || nodes * each >= pods).toBe(true);
    expect(group !== 'general' || each <= 30).toBe(true);
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

it('leaves room for the node itself', () => {
  expect(nextUsual({ cpuMillis: 4000, memoryGiB: 16 })).toEqual({
    cpuMillis: 8000,
    memoryGiB: 32,
  });
  expect(nextUsual({ cpuMillis: 266, memoryGiB: 1 })).toEqual({
    cpuMillis: 2000,
    memoryGiB: 4,
  });
});
