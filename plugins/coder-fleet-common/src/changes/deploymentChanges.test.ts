import { deployment } from '../__testUtils__/deployments';
import type { ArtifactEntry } from '../api/types';
import { plan as planOf } from '../architecture/plan';
import { type Artifact } from '../artifacts/artifact';
import { parseLock, verifyArtifacts } from '../artifacts/lock';
import { render } from '../artifacts/render';
import { evaluate } from '../cva/evaluate';
import { requestEvidence } from '../cva/requestEvidence';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { deploymentChanges } from './deploymentChanges';
import type { PresentFiles } from './presentDeployment';

const VALUES = 'helm/control-plane/values.yaml';
const LOCK = '.coder-fleet/lock.json';

const NOW = new Date('2026-09-01T00:00:00Z');

/** The files of a repository as the API of the tracker tells of them. */
function filesOf(
  published: readonly Artifact[],
  edits: Record<string, string | undefined> = {},
): PresentFiles {
  const lock = parseLock(
    published.find(({ path }) => path === LOCK)?.content ?? '',
  );
  const texts = new Map(published.map(({ path, content }) => [path, content]));
  for (const [path, text] of Object.entries(edits)) {
    if (text === undefined) {
      texts.delete(path);
    } else {
      texts.set(path, text);
    }
  }
  const { edited, missing } = lock
    ? verifyArtifacts(texts, lock)
    : { edited: [], missing: [] };
  const statusOf = (path: string): ArtifactEntry['status'] => {
    if (edited.includes(path)) {
      return 'edited';
    }
    return lock && (path in lock.artifacts || path === LOCK)
      ? 'rendered'
      : 'other';
  };
  return {
    items: [
      ...[...texts.keys()].map(path => ({
        path,
        size: 1,
        status: statusOf(path),
      })),
      ...missing.map(path => ({ path, size: 0, status: 'missing' as const })),
    ],
    ...(lock && { lock }),
    edited: new Map(edited.map(path => [path, texts.get(path) ?? ''])),
  };
}

function changesOf(
  before: CoderDeployment,
  after: CoderDeployment,
  files: PresentFiles | 'unknown' = filesOf(render(before)),
) {
  const plan = planOf(after);
  const artifacts = render(after);
  const evidence = requestEvidence({
    deployment: after,
    plan,
    artifacts,
    now: NOW,
  });
  return deploymentChanges({
    present: {
      deployment: before,
      plan: planOf(before),
      ...(files !== 'unknown' && { files }),
    },
    deployment: after,
    plan,
    artifacts,
    findings: evaluate({ evidence, now: NOW }).findings,
    now: NOW,
  });
}

const far = {
  name: 'us-east',
  cluster: 'us-1',
  proxy: { accessUrl: 'https://us.example.com' },
};
const near = { name: 'eu-west', cluster: 'eu-west-1' };

describe('deploymentChanges', () => {
  it('finds nothing where nothing changes', () => {
    expect(changesOf(deployment(), deployment())).toEqual({
      figures: [],
      findings: { gained: [], lost: [] },
      fields: [],
      files: [],
      handEdits: [],
    });
  });

  it('shows figures before and after, the fields and the files', () => {
    const { figures, fields, files } = changesOf(
      deployment(),
      deployment({ users: { expected: 1500 } }),
    );
    expect(fields).toEqual(['spec.users.expected']);
    expect(figures).toContainEqual({
      label: 'Users',
      before: '800',
      after: '1500',
    });
    expect(figures).toContainEqual({
      label: 'Tier',
      before: '1k users',
      after: '2k users',
    });
    expect(figures.map(({ label }) => label)).not.toContain('Coder version');
    expect(files).toContainEqual({
      path: 'coder-deployment.yaml',
      what: 'changed',
      lines: { added: 1, removed: 1 },
    });
    expect(files?.map(({ path }) => path)).not.toContain(LOCK);
  });

  it('counts no line of a file that only names what it is rendered from', () => {
    const { figures, files } = changesOf(
      deployment(),
      deployment({ note: 'For nobody' }),
    );
    expect(figures).toEqual([]);
    expect(files).toContainEqual({
      path: VALUES,
      what: 'changed',
      lines: { added: 0, removed: 0 },
    });
  });

  it('shows what a region brings, and what takes it away again', () => {
    const one = deployment({ regions: [near] });
    const two = deployment({ regions: [near, far] });
    const path = 'helm/proxies/us-east/values.yaml';
    const grown = changesOf(one, two);
    expect(grown.files?.find(file => file.path === path)).toEqual({
      path,
      what: 'added',
      lines: { added: expect.any(Number), removed: 0 },
    });
    expect(grown.figures).toContainEqual({
      label: 'Workspace proxy in us-east, replicas',
      after: expect.any(String),
    });
    const shrunk = changesOf(two, one);
    expect(shrunk.files?.find(file => file.path === path)).toEqual({
      path,
      what: 'removed',
      lines: { added: 0, removed: expect.any(Number) },
    });
    expect(shrunk.figures).toContainEqual({
      label: 'Workspace proxy in us-east, replicas',
      before: expect.any(String),
    });
    expect(shrunk.fields).toEqual(['spec.regions']);
  });

  it('names what people wrote and would be undone', () => {
    const before = deployment();
    const after = deployment({ users: { expected: 900 } });
    const { files, handEdits } = changesOf(
      before,
      after,
      filesOf(render(before), {
        [VALUES]: 'coder: {}\n',
        'README.md': undefined,
        'catalog-info.yaml': '',
        'notes.txt': 'Ours',
      }),
    );
    expect(handEdits).toEqual([
      { path: 'README.md', what: 'deleted' },
      { path: 'catalog-info.yaml', what: 'edited' },
      { path: VALUES, what: 'edited' },
    ]);
    expect(files).toContainEqual({
      path: 'README.md',
      what: 'added',
      lines: { added: expect.any(Number), removed: 0 },
    });
    expect(files).toContainEqual(
      expect.objectContaining({ path: 'catalog-info.yaml', what: 'changed' }),
    );
    expect(files?.map(({ path }) => path)).not.toContain('notes.txt');
  });

  it('takes no edit for one that reads as it will', () => {
    const before = deployment();
    const after = deployment({ displayName: 'Renamed' });
    const artifacts = render(after);
    const spec = artifacts[0];
    const { files, handEdits } = changesOf(
      before,
      after,
      filesOf(render(before), { [spec.path]: spec.content }),
    );
    expect(handEdits).toEqual([]);
    expect(files?.map(({ path }) => path)).not.toContain(spec.path);
  });

  it('takes files of a repository without a lock for those of others', () => {
    const before = deployment();
    const { handEdits } = changesOf(
      before,
      before,
      filesOf([{ path: 'README.md', content: '# Ours' }]),
    );
    expect(handEdits).toEqual([{ path: 'README.md', what: 'foreign' }]);
  });

  it('counts no lines where another renderer wrote the present file', () => {
    const before = deployment();
    const older = render(deployment({ displayName: 'As it once was' }));
    const { files } = changesOf(before, before, filesOf(older));
    expect(files).toContainEqual({ path: 'README.md', what: 'changed' });
  });

  it('says nothing of files that are not known', () => {
    const before = deployment();
    expect(changesOf(before, before, 'unknown')).toEqual({
      figures: [],
      findings: { gained: [], lost: [] },
      fields: [],
      handEdits: [],
    });
  });

  it('names the findings that a change brings, and those that it takes away', () => {
    const withStandby = (highlyAvailable: boolean) =>
      deployment({
        users: { expected: 3000 },
        database: { type: 'external', highlyAvailable },
      });
    const proven = withStandby(true);
    const alone = withStandby(false);
    const there = changesOf(proven, alone).findings;
    expect(there?.lost).toEqual([]);
    expect(there?.gained.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['CVA-DB-005', 'fail'],
    ]);
    const back = changesOf(alone, proven).findings;
    expect(back?.gained).toEqual([]);
    expect(back?.lost.map(({ rule }) => rule)).toEqual(
      there?.gained.map(({ rule }) => rule),
    );
  });

  it('knows no findings of what would not be taken any more', () => {
    const asked = deployment();
    const plan = planOf(asked);
    const { findings } = deploymentChanges({
      present: {
        deployment: {
          ...asked,
          spec: {
            ...asked.spec,
            users: { ...asked.spec.users, expected: 1_000_000 },
          },
        },
        plan,
      },
      deployment: asked,
      plan,
      artifacts: render(asked),
      findings: [],
      now: NOW,
    });
    expect(findings).toBeUndefined();
  });
});
