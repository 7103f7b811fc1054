import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { deployment } from '../__testUtils__/deployments';
import { GOLDEN } from '../__testUtils__/golden';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import {
  findPostgres,
  Identity,
  PostgresCluster,
} from './backup/__testUtils__/PostgresCluster';
import { render } from './render';

jest.setTimeout(60_000);

/** A tool of this machine; the test of what is not here says so. */
function has(tool: string): boolean {
  const found = spawnSync(tool, ['--version']).status === 0;
  if (!found) {
    process.stderr.write(`Skipped: no ${tool} on this machine\n`);
  }
  return found;
}
const withShellcheck = has('shellcheck')
  ? it.each(GOLDEN)
  : it.skip.each(GOLDEN);
const withMake = has('make') ? it.each(GOLDEN) : it.skip.each(GOLDEN);

/* eslint-disable jest/no-standalone-expect -- what this machine has chooses between it and it.skip */
describe('what a person runs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'coder-fleet-shell-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(golden: CoderDeployment) {
    const artifacts = render(golden);
    for (const { path, content } of artifacts) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return artifacts;
  }

  withShellcheck('of %s has nothing for shellcheck to say', (_, golden) => {
    const scripts = write(golden)
      .map(({ path }) => path)
      .filter(path => path.endsWith('.sh') && !path.startsWith('kubernetes/'));
    expect(scripts).toContain('ci/check.sh');
    const { stdout } = spawnSync('shellcheck', scripts, {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  withMake('of %s is a Makefile that make understands', (_, golden) => {
    write(golden);
    const byHand = (golden.spec.delivery?.type ?? 'helm') === 'helm';
    const targets = [
      ...['help', 'diff', ...(byHand ? ['manifests', 'releases'] : [])],
      ...['bootstrap', 'hand-over', 'restart', 'rotate-keys'],
      ...['backup-now', 'drill-now'],
    ];
    const make = (...args: string[]) =>
      execFileSync('make', args, { cwd: root, encoding: 'utf8' });
    const commands = make('--dry-run', ...targets);
    expect(commands).toMatch(/kubectl --context \S+ apply --server-side/);
    expect(commands).toMatch(/coder-backup-\d+/);
    // Beside Flux and Argo CD nobody installs by hand
    const install = /helm upgrade --install golden-\S+ coder-v2\/coder /;
    expect([install.test(commands), /^releases /m.test(make('help'))]).toEqual([
      byHand,
      byHand,
    ]);
  });
});

it.each(GOLDEN)('lists every Secret that the files of %s name', (_, golden) => {
  const artifacts = render(golden);
  const listed = artifacts.find(({ path }) => path === 'docs/secrets.md')!;
  const named = new Set<string>();
  const visit = (node: unknown, key = ''): void => {
    if (Array.isArray(node)) {
      node.forEach(child => visit(child, key));
    } else if (typeof node === 'object' && node !== null) {
      for (const [name, child] of Object.entries(node)) {
        const isReference =
          (name === 'name' &&
            /secretKeyRef|pullSecrets|imagePullSecrets|s3Credentials|accessKeyId|secretAccessKey/i.test(
              key,
            )) ||
          /^(?:secretName|keySecretName)$/.test(name);
        if (isReference && typeof child === 'string' && child !== '') {
          named.add(child);
        }
        visit(child, name);
      }
    }
  };
  for (const { path, content } of artifacts) {
    if (/^(?:helm|kubernetes)\/.*\.ya?ml$/.test(path)) {
      parseAllDocuments(content).forEach(document => visit(document.toJS()));
    }
  }
  expect(named.size).toBeGreaterThan(2);
  expect(
    [...named].filter(name => !listed.content.includes(`\`${name}\``)),
  ).toEqual([]);
});

const postgres = findPostgres();
(postgres.missing.length > 0 ? it.skip : it)(
  'looks at a real database, and says what it lacks',
  async () => {
    const { path, identity } = postgres as { path: string; identity: Identity };
    const server = await PostgresCluster.start(path, identity);
    try {
      const major = Number(
        server.sql(
          'postgres',
          "SELECT current_setting('server_version_num')::int / 10000",
        ),
      );
      server.sql(
        'postgres',
        "CREATE DATABASE coder ENCODING 'UTF8' TEMPLATE template0 LOCALE 'C'",
      );
      const check = (version: number) => {
        const script = render(
          deployment({ database: { type: 'external', version } }),
        ).find(artifact => artifact.path === 'database/check.sh')!;
        return spawnSync('sh', ['-s'], {
          input: script.content,
          encoding: 'utf8',
          env: {
            ...process.env,
            PATH: path,
            CODER_PG_CONNECTION_URL: server.url('coder'),
          },
        });
      };
      const good = check(major);
      expect(good.stdout).toMatch(/^ok {6}latency from here: \d+ ms$/m);
      expect(good).toMatchObject({ status: 0, stderr: '' });
      const other = check(major + 1);
      expect(other.stdout).toContain(
        `FAILED  major version: ${major}, wanted ${major + 1}`,
      );
      expect(other.status).toBe(1);
    } finally {
      server.stop();
    }
  },
);
