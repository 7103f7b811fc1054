import { parseAllDocuments } from 'yaml';
import { plan as planOf } from '../architecture/plan';
import { evaluate } from '../cva/evaluate';
import {
  knownFact,
  repositoryEvidence,
  type RepositoryEvidence,
} from '../cva/evidence';
import type { Finding } from '../cva/finding';
import { requestEvidence } from '../cva/requestEvidence';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { parseDeployment, parseDeploymentFile } from '../deployment/parse';
import type { Artifact } from './artifact';
import { bootstrapFolder } from './bootstrap/bootstrap';
import { argoCdFolder } from './gitops/argoCd';
import { clustersOf } from './gitops/clusters';
import { fluxObjects, fluxSources } from './gitops/flux';
import { releasesOf } from './gitops/releases';
import { kubernetesFolders } from './kubernetes/manifests';
import { render } from './render';
import { renderedEvidence } from './renderedEvidence';
import {
  allCombinations,
  inWords,
  isPossible,
  requestOf,
  type Combination,
} from './__testUtils__/combinations';
import { validateObject, validateValues } from './__testUtils__/schemas';

jest.setTimeout(900_000);

const NOW = new Date('2026-10-01T00:00:00Z');

/**
 * Rules that a request of the community edition fails, and why: it has one replica, its own provisioners
 * and no proxies. Source: Coder, features by edition.
 */
const COMMUNITY_MISSES = new Set([
  'CVA-TOP-001',
  'CVA-TOP-003',
  'CVA-PRV-001',
  'CVA-PRV-002',
  'CVA-SUP-001',
]);

const DELIVERY = /^argo-cd\/(?!kustomization).*\.yaml$|^flux\/|\/flux\.yaml$/;

type PlacedObject = { path: string; object: any };

/** What a combination is judged on: its repository, and the objects of what delivers it. */
type Judged = { repository: RepositoryEvidence; delivery: PlacedObject[] };

/** As it stands in the files. */
function readFiles(artifacts: readonly Artifact[]): Judged {
  return {
    repository: repositoryEvidence(artifacts),
    delivery: artifacts
      .filter(({ path }) => DELIVERY.test(path))
      .flatMap(({ path, content }) =>
        parseAllDocuments(content, { version: '1.1' }).map(document => ({
          path,
          object: document.toJS(),
        })),
      ),
  };
}

/** As the files were written from: to read all of them again would take most of the time. */
function takeData(
  deployment: CoderDeployment,
  artifacts: readonly Artifact[],
): Judged {
  const plan = planOf(deployment);
  const releases = releasesOf(deployment, plan);
  const folders = kubernetesFolders(deployment, plan);
  const clusters = clustersOf(folders);
  const argoCd = argoCdFolder(deployment, { releases, clusters });
  return {
    repository: renderedEvidence({
      plan,
      releases,
      folders: [...folders, bootstrapFolder(deployment, plan)],
      paths: artifacts.map(({ path }) => path),
    }),
    delivery: [
      ...(argoCd?.files.flatMap(([, objects]) => objects) ?? []),
      ...clusters.flatMap(cluster => fluxSources(deployment, cluster) ?? []),
      ...clusters.flatMap(cluster =>
        fluxObjects(
          deployment,
          releases.filter(release => release.cluster === cluster),
        ),
      ),
    ].map(object => ({ path: 'delivery', object })),
  };
}

/** What is wrong with a combination; nothing when all is well. */
function problemsOf(combination: Combination, index: number): string[] {
  const deployment = parseDeployment(requestOf(combination));
  const artifacts = render(deployment);
  // A fifth of them is read from its files: each dimension is among them
  const isRead = index % 5 === 0;
  const { repository, delivery } = isRead
    ? readFiles(artifacts)
    : takeData(deployment, artifacts);
  const evidence = {
    ...requestEvidence({ deployment, plan: planOf(deployment), now: NOW }),
    artifacts: {
      repository: knownFact(repository, { now: NOW, collector: 'request' }),
    },
  };
  const problems = repository.unreadable.map(
    ({ path, problem }) => `${path}: ${problem}`,
  );
  for (const { path, object } of [
    ...(repository.manifests as readonly PlacedObject[]),
    ...delivery,
  ]) {
    try {
      validateObject(object);
    } catch (error) {
      problems.push(`${path}: ${(error as Error).message}`);
    }
  }
  for (const { chart, values, valuesPath } of releasesOf(
    deployment,
    planOf(deployment),
  )) {
    try {
      validateValues(chart, values);
    } catch (error) {
      problems.push(`${valuesPath}: ${(error as Error).message}`);
    }
  }
  // Rendered from its own file, it is the same
  if (isRead) {
    const again = render(parseDeploymentFile(artifacts[0].content));
    if (JSON.stringify(again) !== JSON.stringify(artifacts)) {
      problems.push('rendered from its own file it is another');
    }
  }
  const { findings } = evaluate({ evidence, now: NOW });
  const isExpected = ({ rule }: Finding) =>
    combination.edition === 'community' && COMMUNITY_MISSES.has(rule);
  problems.push(
    ...findings
      .filter(
        finding =>
          (finding.verdict === 'fail' || finding.verdict === 'warn') &&
          !isExpected(finding),
      )
      .map(({ rule, message }) => `${rule}: ${message}`),
  );
  return problems;
}

it('renders every combination: Kubernetes takes it, it is the same again, and the rules pass', () => {
  const combinations = allCombinations();
  expect(combinations).toHaveLength(3240);
  const wrong = combinations
    .map((combination, index) => ({
      combination,
      problems: problemsOf(combination, index),
    }))
    .filter(({ problems }) => problems.length > 0)
    .map(
      ({ combination, problems }) =>
        `${inWords(combination)}: ${problems.join('; ')}`,
    );
  expect(wrong.slice(0, 5)).toEqual([]);
});

it('refuses the combinations that cannot be', () => {
  const [combination] = allCombinations();
  const impossible = {
    ...combination,
    edition: 'community',
    encryption: 'encrypted',
  } as const;
  expect(isPossible(impossible)).toBe(false);
  expect(() => parseDeployment(requestOf(impossible))).toThrow(/needs Premium/);
});

it.each([
  ['another kind', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }],
  [
    'a job without a schedule',
    { apiVersion: 'batch/v1', kind: 'CronJob', spec: {} },
  ],
  [
    'a quota that is a number',
    { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: 3 } },
  ],
  [
    'a backup of five fields',
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: 'a', namespace: 'b' },
      spec: {
        schedule: '0 2 * * *',
        backupOwnerReference: 'self',
        immediate: true,
        cluster: { name: 'a' },
        method: 'plugin',
        pluginConfiguration: { name: 'x' },
      },
    },
  ],
])('would notice %s', (_, object) => {
  expect(() => validateObject(object)).toThrow();
});

it('would notice values that the documentation of a chart does not know', () => {
  expect(() =>
    validateValues('coder-logstream-kube', { url: 'https://a.example.com' }),
  ).toThrow();
  expect(() => validateValues('coder-observability', { global: {} })).toThrow();
});
