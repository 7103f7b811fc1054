import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { GOLDEN } from '../__testUtils__/golden';
import { CHARTS, findHelm, findKubectl } from '../__testUtils__/helm';
import { plan as planOf } from '../architecture/plan';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { parseDeployment } from '../deployment/parse';
import { clustersOf } from './gitops/clusters';
import { releasesOf } from './gitops/releases';
import { render } from './render';
import {
  allCombinations,
  inWords,
  pairsOf,
  pairwiseCombinations,
  requestOf,
} from './__testUtils__/combinations';
import { validateObject } from './__testUtils__/schemas';

jest.setTimeout(900_000);

/** `npm run matrix` sets it: then every combination goes through the real programs. */
const combinations = process.env.CODER_FLEET_MATRIX
  ? allCombinations()
  : pairwiseCombinations();

const REQUESTS: Array<[string, CoderDeployment]> = [
  ...GOLDEN.map(([name, deployment]): [string, CoderDeployment] => [
    `golden ${name}`,
    deployment,
  ]),
  ...combinations.map((combination): [string, CoderDeployment] => [
    inWords(combination),
    parseDeployment(requestOf(combination)),
  ]),
];

let helm: string | undefined;
let kubectl: string | undefined;
beforeAll(async () => {
  helm = await findHelm();
  kubectl = await findKubectl();
  for (const [name, found] of Object.entries({ helm, kubectl })) {
    if (!found) {
      process.stderr.write(`Skipped: no ${name} on this machine\n`);
    }
  }
}, 60_000);

it('covers every pair of choices with few combinations', () => {
  const covered = new Set(pairwiseCombinations().flatMap(pairsOf));
  const all = new Set(allCombinations().flatMap(pairsOf));
  expect([...all].filter(pair => !covered.has(pair))).toEqual([]);
  expect(pairwiseCombinations().length).toBeLessThan(30);
});

describe.each(REQUESTS)('%s', (_, deployment) => {
  let root: string;
  const run = (program: string, args: string[]) =>
    execFileSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'coder-fleet-tools-'));
    for (const { path, content } of render(deployment)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  });

  afterAll(() => rmSync(root, { recursive: true }));

  it('goes through helm template and helm lint', () => {
    if (!helm) {
      return;
    }
    // Charts of others are checked by what their documentation says
    const releases = releasesOf(deployment, planOf(deployment)).filter(
      ({ repository }) => repository.name === 'coder-v2',
    );
    expect(releases.length).toBeGreaterThan(0);
    for (const { name, chart, namespace, valuesPath } of releases) {
      const args = [join(CHARTS, chart), '--values', valuesPath];
      const text = run(helm, [
        ...['template', name, ...args],
        ...['--namespace', namespace],
      ]);
      const kinds = parseAllDocuments(text).map(
        document => document.toJS().kind,
      );
      expect(kinds).toContain('Deployment');
      expect(kinds.includes('Ingress')).toBe(
        chart === 'coder' && deployment.spec.exposure?.type === 'ingress',
      );
      expect(kinds.includes('HTTPRoute')).toBe(
        chart === 'coder' && deployment.spec.exposure?.type === 'gateway',
      );
      expect(run(helm, ['lint', ...args])).toMatch(/0 chart\(s\) failed/);
    }
  });

  it('is built by kubectl kustomize, cluster by cluster', () => {
    if (!kubectl) {
      return;
    }
    const folders = [
      ...clustersOf(deployment.spec.regions).map(
        cluster => `clusters/${cluster}`,
      ),
      ...(deployment.spec.delivery?.type === 'argo-cd' ? ['argo-cd'] : []),
    ];
    for (const folder of folders) {
      const objects = parseAllDocuments(
        run(kubectl, ['kustomize', folder]),
      ).map(document => document.toJS());
      expect(objects.length).toBeGreaterThan(1);
      objects
        // Made by kustomize itself
        .filter(({ kind }) => kind !== 'ConfigMap')
        .forEach(validateObject);
    }
  });
});
