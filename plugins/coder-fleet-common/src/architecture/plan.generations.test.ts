import { deployment } from '../__testUtils__/deployments';
import { ARTIFACT_PATHS } from '../artifacts/artifact';
import { parseLock } from '../artifacts/lock';
import { render } from '../artifacts/render';
import { plan } from './plan';

// Figures are typed from Coder's pages, not taken from the data.

describe('the generation of the tables', () => {
  it('is the newer one when nothing is said', () => {
    expect(plan(deployment()).cvaGeneration).toBe('2026');
    expect(plan(deployment(), { generation: undefined }).cvaGeneration).toBe(
      '2026',
    );
  });

  it.each([
    // users, replicas, mCPU, GiB, provisioners
    [1000, 2, 2000, 8, 60],
    [2000, 2, 4000, 16, 120],
    [3000, 4, 8000, 32, 240],
  ])(
    'can be the older one: %i users',
    (expected, replicas, cpuMillis, memoryGiB, provisioners) => {
      const result = plan(deployment({ users: { expected } }), {
        generation: 'legacy',
      });
      const { controlPlane } = result;
      expect(result.cvaGeneration).toBe('legacy');
      expect(controlPlane.replicas.value).toBe(replicas);
      expect(controlPlane.replicas.source.title).toMatch(/older/);
      expect(controlPlane.container.value).toEqual({ cpuMillis, memoryGiB });
      expect(controlPlane.container.note).toMatch(/one replica on each/);
      expect(result.provisioners[0].replicas.value).toBe(provisioners);
      expect(result.provisioners[0].container.value).toEqual({
        cpuMillis: 266,
        memoryGiB: 1,
      });
    },
  );

  it('is not asked for more than it covers', () => {
    expect(() =>
      plan(deployment({ users: { expected: 3001 } }), { generation: 'legacy' }),
    ).toThrow(/The tables of 2026 cover them/);
  });

  it('says what the other one gives', () => {
    const newer = plan(deployment({ users: { expected: 2000 } }));
    const older = plan(deployment({ users: { expected: 2000 } }), {
      generation: 'legacy',
    });
    const said = ({ alternatives = [] }: typeof newer.controlPlane.replicas) =>
      alternatives.map(({ value, source }) => [value, source.title]);
    expect(said(newer.controlPlane.replicas)).toEqual([
      [2, 'CVA, older reference architecture for 2k users'],
    ]);
    expect(said(older.controlPlane.replicas)).toEqual([
      [3, 'CVA, reference architecture for 2k users'],
    ]);
    expect(newer.controlPlane.container.alternatives?.[0].value).toEqual({
      cpuMillis: 4000,
      memoryGiB: 16,
    });
  });

  it('is kept in the lock and the README', () => {
    const artifacts = render(deployment(), { generation: 'legacy' });
    const text = (path: string) =>
      artifacts.find(artifact => artifact.path === path)?.content ?? '';
    expect(parseLock(text(ARTIFACT_PATHS.lock))?.cvaGeneration).toBe('legacy');
    expect(text(ARTIFACT_PATHS.readme)).toContain('(the older tables)');
  });
});

describe('what no figure says', () => {
  it('is said of an AI gateway, and only when one is asked for', () => {
    const topics = (spec: Record<string, unknown>) =>
      plan(deployment(spec)).remarks.map(({ topic }) => topic);
    expect(topics({})).toEqual([]);
    expect(topics({ ai: { agents: 5 } })).toEqual([]);
    expect(topics({ ai: { gateway: true } })).toEqual(['ai-gateway']);
    const [remark] = plan(deployment({ ai: { gateway: true } })).remarks;
    expect(remark.value).toBe('no validated figure');
  });

  it('is not taken into any figure', () => {
    const { remarks, ...withGateway } = plan(
      deployment({ ai: { gateway: true } }),
    );
    const { remarks: none, ...without } = plan(deployment());
    expect(withGateway).toEqual(without);
  });
});

describe('built-in provisioners', () => {
  it.each([
    // users, builds: the pages of the tiers allow them up to about 100 users and 10 builds
    [100, 10, true],
    [101, 10, false],
    [100, 11, false],
  ])('are an alternative for %i users, %i builds: %s', (users, builds, may) => {
    const { builtInProvisioners } = plan(
      deployment({
        users: { expected: users },
        workspaces: { concurrentBuilds: builds },
      }),
    ).controlPlane;
    expect(builtInProvisioners.value).toBe(0);
    expect(builtInProvisioners.alternatives?.[0].value).toBe(
      may ? 3 : undefined,
    );
  });
});

describe('from ten replicas on', () => {
  it('both sources are shown', () => {
    const note = (expected: number) =>
      plan(deployment({ users: { expected } })).controlPlane.replicas.note;
    expect(note(10_000)).toMatch(/scale Coder.*larger replicas from 10 on/);
    expect(note(3000)).toBeUndefined();
  });
});

describe('totals', () => {
  it('are of all replicas, with what the formulas say beside them', () => {
    const { totals } = plan(deployment({ users: { expected: 1000 } }));
    // 3 replicas of 2 vCPU and 8 GiB; the formula has 1 vCPU and 2 GB for 250 users
    expect(totals.controlPlaneVcpu.value).toBe(6);
    expect(totals.controlPlaneVcpu.alternatives?.[0].value).toBe(4);
    expect(totals.controlPlaneMemoryGiB.value).toBe(24);
    expect(totals.controlPlaneMemoryGiB.alternatives?.[0].value).toBe(8);
    // one vCPU for each build, or for two
    expect(totals.provisioners.value).toBe(60);
    expect(totals.provisioners.alternatives?.[0].value).toBe(30);
    expect(totals.proxyReplicas.value).toBe(0);
  });

  it('have no provisioners in the community edition, and say what the table has', () => {
    const { totals } = plan(deployment({ edition: 'community' }));
    expect(totals.provisioners).toMatchObject({
      value: 0,
      alternatives: [{ value: 60 }],
    });
  });
});
