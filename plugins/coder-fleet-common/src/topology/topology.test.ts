import { deployment } from '../__testUtils__/deployments';
import type { FactDto, FactsDto } from '../api/types';
import { plan } from '../architecture/plan';
import { DEPLOYMENT_STATES, type DeploymentState } from '../deployment/state';
import type { HealthSection } from '../health/report';
import { deploymentTopology, topologyTargets } from './topology';

function fact<T>(value: T, over: Partial<FactDto<T>> = {}): FactDto<T> {
  return {
    value,
    observedAt: '2026-06-01T12:00:00Z',
    attemptedAt: '2026-06-01T12:00:00Z',
    collector: 'test',
    intervalMs: 60_000,
    status: 'ok',
    stale: false,
    ...over,
  };
}

const reachability = fact({ version: 'v2.36.5' });

function databaseReport(over: Partial<HealthSection> = {}) {
  return {
    severity: 'ok',
    sections: [
      {
        key: 'database',
        title: 'Database',
        severity: 'ok',
        dismissed: false,
        warnings: [],
        details: [],
        ...over,
      },
    ],
  };
}

function topology(
  options: {
    spec?: Record<string, unknown>;
    facts?: FactsDto;
    state?: DeploymentState;
  } = {},
) {
  const { spec, facts = {}, state = 'healthy' } = options;
  const asked = deployment(spec);
  return deploymentTopology({
    deployment: asked,
    plan: plan(asked),
    facts,
    state,
  });
}

const MULTI_REGION = {
  regions: [
    { name: 'eu-west', cluster: 'shared' },
    {
      name: 'us-east',
      cluster: 'shared',
      proxy: { accessUrl: 'https://us.aurora.example.com' },
    },
  ],
};

const node = (id: string, options?: Parameters<typeof topology>[0]) =>
  topology(options).nodes.find(candidate => candidate.id === id);

describe('deploymentTopology', () => {
  it('places every part of every region, also when two regions name one cluster alike', () => {
    const result = topology({ spec: MULTI_REGION });
    const tree = (id: string, depth = 0): string[] =>
      topologyTargets(result, id, 'contains').flatMap(child => [
        `${'  '.repeat(depth)}${child.kind} ${child.label}`,
        ...tree(child.id, depth + 1),
      ]);
    expect(tree('region:eu-west')).toEqual([
      'cluster shared',
      '  controlPlane aurora',
      '  provisioners aurora-provisioners-eu-west',
      'database PostgreSQL',
    ]);
    expect(tree('region:us-east')).toEqual([
      'cluster shared',
      '  workspaceProxy aurora-proxy-us-east',
      '  provisioners aurora-provisioners-us-east',
    ]);
  });

  it('has unique ids, and edges between nodes that exist', () => {
    const { nodes, edges } = topology({ spec: MULTI_REGION });
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(edges.flatMap(({ from, to }) => [from, to])),
    );
  });

  it('says who opens the connection to whom', () => {
    const connects = topology({ spec: MULTI_REGION })
      .edges.filter(({ kind }) => kind === 'connects')
      .map(({ from, to }) => `${from} > ${to}`);
    expect(connects.sort()).toEqual([
      'controlPlane > database',
      'provisioners:eu-west > controlPlane',
      'provisioners:us-east > controlPlane',
      'workspaceProxy:us-east > controlPlane',
    ]);
  });

  it('has no provisioners of its own in the community edition, but those inside the control plane', () => {
    const result = topology({ spec: { edition: 'community' } });
    expect(result.nodes.map(({ kind }) => kind)).toEqual([
      'region',
      'cluster',
      'controlPlane',
      'database',
    ]);
    expect(result.nodes[2]).toMatchObject({
      replicas: { planned: 1 },
      builtInProvisioners: 3,
    });
  });

  it('refers to the database by its Secret only', () => {
    expect(
      node('database', {
        spec: {
          database: {
            type: 'external',
            connectionSecret: { name: 'pg', key: 'url' },
          },
        },
      }),
    ).toMatchObject({ label: 'PostgreSQL', secretName: 'pg' });
  });

  it.each(DEPLOYMENT_STATES)(
    'gives the control plane the state %s of the deployment, and nothing else',
    state => {
      const { nodes } = topology({ spec: MULTI_REGION, state });
      for (const { kind, state: own, evidence } of nodes) {
        expect([kind, own, evidence]).toEqual(
          kind === 'controlPlane'
            ? [kind, state, 'tracker']
            : [kind, 'unknown', 'none'],
        );
      }
    },
  );

  const replicas = { total: 3, healthy: 2, items: [] };
  it.each<[string, FactsDto, number | undefined]>([
    ['read now', { reachability, replicas: fact(replicas) }, 2],
    ['never read', { reachability }, undefined],
    [
      'read too long ago',
      { reachability, replicas: fact(replicas, { stale: true }) },
      undefined,
    ],
    [
      'denied now',
      { reachability, replicas: fact(replicas, { status: 'denied' }) },
      undefined,
    ],
    [
      'of a deployment that does not answer any more',
      {
        reachability: fact({ version: '' }, { status: 'unreachable' }),
        replicas: fact(replicas),
      },
      undefined,
    ],
  ])('counts healthy replicas %s', (_, facts, healthy) => {
    const found = node('controlPlane', { facts })?.replicas;
    expect(found).toEqual(
      healthy === undefined ? { planned: 3 } : { planned: 3, healthy },
    );
  });

  it.each<[Partial<HealthSection>, DeploymentState]>([
    [{}, 'healthy'],
    [{ severity: 'warning' }, 'degraded'],
    [{ severity: 'error' }, 'failing'],
    [{ severity: 'error', dismissed: true }, 'degraded'],
    [{ severity: 'wobbly' }, 'unknown'],
    [{ key: 'derp' }, 'unknown'],
  ])(
    "takes the database's state from Coder's report of %j: %s",
    (over, state) => {
      const health = fact(databaseReport(over));
      expect(
        node('database', { facts: { reachability, health } }),
      ).toMatchObject({
        state,
        evidence: state === 'unknown' ? 'none' : 'coderHealth',
      });
    },
  );

  it.each<[string, FactsDto, DeploymentState]>([
    [
      'stale',
      { reachability, health: fact(databaseReport(), { stale: true }) },
      'unknown',
    ],
    [
      'denied',
      { reachability, health: fact(databaseReport(), { status: 'denied' }) },
      'unknown',
    ],
    [
      'of an unreachable deployment',
      {
        reachability: fact({ version: '' }, { status: 'unreachable' }),
        health: fact(databaseReport()),
      },
      'unreachable',
    ],
    [
      'of a retired deployment',
      { reachability, health: fact(databaseReport()) },
      'retired',
    ],
  ])(
    'does not call the database healthy by a report that is %s',
    (_, facts, state) => {
      expect(node('database', { facts, state })?.state).toBe('unknown');
    },
  );
});
