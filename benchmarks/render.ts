// How long it takes to render deployments, against one real `helm template` of the same values.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  ARTIFACT_PATHS,
  render,
  renderMany,
  toDeployments,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  deployment,
  deploymentInput,
} from '../plugins/coder-fleet-common/src/__testUtils__/deployments';
import {
  CHARTS,
  findHelm,
} from '../plugins/coder-fleet-common/src/__testUtils__/helm';
import { print } from './report';

const RUNS = 50;

/** The median: the first runs are not compiled yet, and machines are shared. */
function median(runs: number, measure: () => number): number {
  const times = Array.from({ length: runs }, measure);
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

/** CPU time in milliseconds, however busy the machine is with other things. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Time on the clock: another program does the work. */
function clockMs(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** The largest that there is: the tier of 10,000 users in three regions. */
const LARGEST = deployment({
  users: { expected: 9000 },
  regions: [
    { name: 'eu', cluster: 'eu-1' },
    ...['us', 'ap'].map(name => ({
      name,
      cluster: `${name}-1`,
      proxy: { accessUrl: `https://${name}.aurora.example.com` },
    })),
  ],
  database: {
    type: 'cloudnative-pg',
    encryption: { enabled: true },
    objectStore: { destinationPath: 's3://backups/aurora' },
  },
  exposure: { type: 'ingress', tls: { issuer: { name: 'letsencrypt' } } },
  delivery: {
    type: 'argo-cd',
    repositoryUrl: 'https://github.com/example/aurora',
  },
  observability: { type: 'prometheus-operator' },
});

function renderHundred(): void {
  const { spec } = deploymentInput();
  renderMany(
    toDeployments({
      defaults: spec,
      deployments: Array.from({ length: 100 }, (_, i) => ({
        name: `customer-${i}`,
        spec: {
          accessUrl: `https://customer-${i}.example.com`,
          users: { expected: 100 + i * 90 },
        },
      })),
    }),
  );
}

async function main(): Promise<void> {
  const artifacts = render(LARGEST);
  const renderMs = median(RUNS, () => cpuMs(() => render(LARGEST)));
  const msp100Seconds = cpuMs(renderHundred) / 1000;
  const figures = { renderMs, files: artifacts.length, msp100Seconds };
  const helm = await findHelm();
  if (!helm) {
    process.stderr.write('No helm on this machine: there is no baseline\n');
    print({ name: 'render', figures, baseline: {}, ratios: {} });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'coder-fleet-bench-'));
  const values = join(folder, 'values.yaml');
  writeFileSync(
    values,
    artifacts.find(({ path }) => path === ARTIFACT_PATHS.controlPlaneValues)!
      .content,
  );
  const helmTemplateMs = median(10, () =>
    clockMs(() =>
      spawnSync(helm, [
        ...['template', 'aurora', join(CHARTS, 'coder'), '--values', values],
      ]),
    ),
  );
  rmSync(folder, { recursive: true });
  print({
    name: 'render',
    figures,
    baseline: { helmTemplateMs },
    ratios: { helmTemplate: renderMs / helmTemplateMs },
  });
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
