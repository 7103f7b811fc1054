import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { type Page } from '@playwright/test';
import git from 'isomorphic-git';
import { parseAllDocuments } from 'yaml';
import { coderTables } from '../plugins/coder-fleet-common/src/artifacts/backup/__testUtils__/coderTables';
import {
  findPostgres,
  folderOf,
  type Identity,
  PostgresCluster,
} from '../plugins/coder-fleet-common/src/artifacts/backup/__testUtils__/PostgresCluster';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';
import { openForm, press, submit, toLastStep } from './requestForm';

const DATA = join(__dirname, '..', '.data', 'e2e');

/** What everybody answers alike; the demo boots names under coder.localhost only. */
const common = (name: string) => ({
  name,
  displayName: `Golden: ${name}`,
  owner: 'group:default/platform',
  businessUnit: 'retail',
  edition: 'premium',
  activeShare: 0.6,
  region: 'eu-west',
  cluster: 'demo-eu-west',
  accessUrl: `https://${name}.coder.localhost:7443`,
  databaseHighlyAvailable: true,
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
});

type Golden = {
  name: string;
  answers: Record<string, unknown>;
  /** Files that only this kind of deployment has. */
  files: string[];
};

const GOLDEN: Golden[] = [
  {
    name: 'golden-small',
    answers: { expectedUsers: 300, databaseVersion: 15 },
    files: ['database/check.sh', 'kubernetes/backup/volume.yaml'],
  },
  {
    name: 'golden-large',
    answers: {
      expectedUsers: 9000,
      databaseType: 'cloudnative-pg',
      databaseEncryption: true,
      databaseObjectStore: 's3://coder-backups/golden-large',
      exposure: 'ingress',
      certificate: 'cert-manager',
      tlsIssuer: 'letsencrypt',
      backupDestination: 'rclone',
      backupRemote: 's3:coder-backups/dumps',
      delivery: 'argo-cd',
      repositoryUrl: 'https://github.com/example/golden-large',
      observability: 'prometheus-operator',
    },
    files: [
      'kubernetes/database/cluster.yaml',
      'kubernetes/database/object-store.yaml',
      'kubernetes/control-plane/certificate.yaml',
      'kubernetes/control-plane/alerts.yaml',
      'kubernetes/control-plane/dashboard-coder.json',
      'argo-cd/bootstrap.yaml',
      'argo-cd/releases.yaml',
      '.github/workflows/coder-fleet.yaml',
    ],
  },
  {
    name: 'golden-multi',
    answers: {
      expectedUsers: 2500,
      databaseType: 'rds',
      furtherRegions: [
        {
          name: 'us-east',
          cluster: 'demo-us-east',
          proxyAccessUrl: 'https://golden-multi-us-east.coder.localhost:7443',
        },
        {
          name: 'ap-south',
          cluster: 'demo-ap-south',
          proxyAccessUrl: 'https://golden-multi-ap-south.coder.localhost:7443',
        },
      ],
      exposure: 'gateway',
      gatewayName: 'public',
      gatewayNamespace: 'gateways',
      delivery: 'flux',
      repositoryUrl: 'https://gitlab.example.com/platform/golden-multi',
      observability: 'coder-observability',
    },
    files: [
      'helm/proxies/us-east/values.yaml',
      'kubernetes/provisioners/ap-south/network-policies.yaml',
      'helm/observability/demo-ap-south/values.yaml',
      'clusters/demo-ap-south/flux.yaml',
      'flux/demo-ap-south.yaml',
      '.gitlab-ci.yml',
    ],
  },
  {
    name: 'golden-airgap',
    answers: {
      expectedUsers: 1500,
      databaseType: 'cloudnative-pg',
      databaseStorageClass: 'fast',
      exposure: 'ingress',
      certificate: 'secret',
      tlsSecret: 'internal-wildcard',
      delivery: 'flux',
      repositoryUrl: 'https://git.internal.example.com/platform/golden-airgap',
      observability: 'prometheus-operator',
      registry: 'registry.internal.example.com',
      chartRepository: 'https://charts.internal.example.com/coder',
      pullSecret: 'registry-credentials',
    },
    files: [
      'kubernetes/database/cluster.yaml',
      'clusters/demo-eu-west/flux.yaml',
      'kubernetes/backup/Containerfile',
    ],
  },
];

/** Files that every deployment has. */
const ALWAYS = [
  'coder-deployment.yaml',
  'catalog-info.yaml',
  'helm/control-plane/values.yaml',
  'helm/provisioners/eu-west/values.yaml',
  'kubernetes/control-plane/namespace.yaml',
  'kubernetes/control-plane/network-policies.yaml',
  'kubernetes/control-plane/pod-disruption-budget.yaml',
  'kubernetes/control-plane/metrics.yaml',
  'kubernetes/workspaces/eu-west/resource-quota.yaml',
  'kubernetes/workspaces/eu-west/rbac.yaml',
  'kubernetes/backup/cron-jobs.yaml',
  'kubernetes/backup/backup.sh',
  'kubernetes/backup/restore.sh',
  'kubernetes/backup/verify.sh',
  'kubernetes/backup/drill.sh',
  'kubernetes/bootstrap/job.yaml',
  'kubernetes/bootstrap/bootstrap.sh',
  'helm/logstream/eu-west/values.yaml',
  'clusters/demo-eu-west/kustomization.yaml',
  'Makefile',
  'CODEOWNERS',
  'docs/findings.md',
  'docs/observability.md',
  'docs/runbooks.md',
  'docs/secrets.md',
  'docs/support.md',
  'ci/check.sh',
  'README.md',
];

/** Opens the form with answers, as a link to a half-filled form does, and walks through its steps. */
async function request(page: Page, { name, answers }: Golden) {
  await openForm(page, { ...common(name), ...answers });
  await toLastStep(page);
  await submit(page);
  await page.getByRole('link', { name: 'Deployment', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/coder-fleet/${name}$`));
}

/** The repository of a deployment, as it lies on the disk of the demo. */
async function filesOf(name: string): Promise<Map<string, string>> {
  const gitdir = join(DATA, 'git', `${name}.git`);
  const oid = await git.resolveRef({ fs, gitdir, ref: 'HEAD' });
  const paths = await git.listFiles({ fs, gitdir, ref: oid });
  return new Map(
    await Promise.all(
      paths.map(async (filepath): Promise<[string, string]> => {
        const { blob } = await git.readBlob({ fs, gitdir, oid, filepath });
        return [filepath, Buffer.from(blob).toString('utf8')];
      }),
    ),
  );
}

test.describe.serial('golden deployments', () => {
  for (const golden of GOLDEN) {
    test(`${golden.name} is provisioned, and its repository is complete`, async ({
      page,
    }) => {
      test.setTimeout(120_000);
      await signIn(page);
      await request(page, golden);
      const paths = [...(await filesOf(golden.name)).keys()];
      expect(paths).toEqual(
        expect.arrayContaining([...ALWAYS, ...golden.files]),
      );
      await page.goto('/coder-fleet');
      await expect(
        page.getByRole('row', { name: new RegExp(golden.name) }),
      ).toContainText('healthy', { timeout: 60_000 });
    });
  }

  test('golden-small is backed up and drilled by its own scripts, and the portal shows it', async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const postgres = findPostgres();
    test.skip(
      postgres.missing.length > 0 && process.env.CI !== 'true',
      `missing: ${postgres.missing.join(', ')}`,
    );
    const { path, identity } = postgres as { path: string; identity: Identity };
    const owned = (file: string) =>
      identity.uid !== undefined && identity.gid !== undefined
        ? chownSync(file, identity.uid, identity.gid)
        : undefined;
    const server = await PostgresCluster.start(path, identity);
    const home = folderOf(identity, 'coder-fleet-golden-');
    try {
      server.sql('postgres', 'CREATE DATABASE coder');
      server.sql('coder', coderTables(1));

      await signIn(page);
      await page.goto('/coder-fleet/golden-small/backups');
      await expect(
        page.getByText('Not known: none was reported'),
      ).toBeVisible();
      await press(page, 'Issue a token');
      const token = await page
        .getByRole('region', { name: 'Report token', exact: true })
        .innerText();
      await page.screenshot({ path: 'e2e-results/report-token.png' });
      await press(page, 'I have kept it');

      const files = await filesOf('golden-small');
      for (const [file, content] of files) {
        mkdirSync(dirname(join(home, file)), { recursive: true });
        writeFileSync(join(home, file), content);
      }
      for (const folder of ['backups', 'work']) {
        mkdirSync(join(home, folder));
        owned(join(home, folder));
      }
      writeFileSync(join(home, 'token'), token.trim());
      chmodSync(join(home, 'token'), 0o644);

      /** What the CronJob would run, where its volumes would be. */
      const runJob = (name: string) => {
        const job = parseAllDocuments(
          files.get('kubernetes/backup/cron-jobs.yaml')!,
        )
          .map(document => document.toJS())
          .find(({ metadata }) => metadata.name === name);
        const [container] = job.spec.jobTemplate.spec.template.spec.containers;
        const env = Object.fromEntries(
          container.env
            .filter(({ value }: { value?: string }) => value !== undefined)
            .map(({ name: variable, value }: Record<string, string>) => [
              variable,
              value.replace(/\$\$/g, '$'),
            ]),
        );
        const script = container.command[1].replace(
          '/scripts/',
          `${home}/kubernetes/backup/`,
        );
        return spawnSync('bash', [script], {
          ...identity,
          cwd: '/',
          encoding: 'utf8',
          env: {
            ...env,
            PATH: path,
            HOME: join(home, 'work'),
            WORK_DIR: join(home, 'work'),
            BACKUP_DESTINATION: join(home, 'backups'),
            REPORT_TOKEN_FILE: join(home, 'token'),
            CODER_PG_CONNECTION_URL: server.url('coder'),
          },
        });
      };
      for (const job of ['coder-backup', 'coder-restore-drill']) {
        const { status, stderr } = runJob(job);
        expect({ job, status, stderr }).toMatchObject({ status: 0 });
        expect(stderr).toContain('reported to http://localhost');
      }

      await expect(page.getByText('Proved', { exact: true })).toBeVisible({
        timeout: 15_000,
      });
      await expect(page.getByText('Recent', { exact: true })).toBeVisible();
      await expect(page.getByText('schema 412')).toBeVisible();
      await page.screenshot({
        path: 'e2e-results/backups.png',
        fullPage: true,
      });
      expect(await violations(page, 'main article')).toEqual([]);
      await page.goto('/coder-fleet/golden-small/cva?show=all');
      await expect(
        page.getByText('The last good backup is recent').first(),
      ).toBeVisible();
    } finally {
      server.stop();
      rmSync(home, { recursive: true });
    }
  });
});
