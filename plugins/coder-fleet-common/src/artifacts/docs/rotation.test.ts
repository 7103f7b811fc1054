import { deployment } from '../../__testUtils__/deployments';
import { findKubectl } from '../../__testUtils__/helm';
import { render } from '../render';
import { StandInCluster } from './__testUtils__/StandInCluster';

jest.setTimeout(120_000);

const SIZE = { users: { expected: 2500, activeShare: 0.6 } };
const URL_BEFORE = 'postgres://coder:before@db:5432/coder?sslmode=require';

let kubectl: string | undefined;
let cluster: StandInCluster;

beforeAll(async () => {
  kubectl = await findKubectl();
  if (!kubectl) {
    process.stderr.write(
      'Skipped: rotation of keys and passwords, for want of kubectl\n',
    );
  }
});
beforeEach(() => {
  cluster = new StandInCluster(kubectl ?? 'kubectl');
});
afterEach(() => cluster.remove());

/** Blocks of commands below a heading of the runbooks. */
function blocksOf(heading: string, spec: Record<string, unknown>): string[] {
  const runbooks = render(deployment({ ...SIZE, ...spec })).find(
    ({ path }) => path === 'docs/runbooks.md',
  )!.content;
  const text = runbooks
    .split(/^##+ /m)
    .find(part => part.startsWith(`${heading}\n`))!;
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block);
}

/** What a Secret held at each restart of the control plane. */
const atRestarts = (name: string, key: string) =>
  cluster.calls
    .filter(({ args }) => args.includes('restart'))
    .map(({ secrets }) => secrets[name][key]);

describe('rotation of the keys of encryption', () => {
  const spec = {
    database: {
      type: 'external',
      version: 17,
      encryption: {
        enabled: true,
        // A dot would end a name in a JSONPath
        keysSecret: { name: 'encryption', key: 'coder.keys' },
      },
    },
  };

  it('lets every replica know the new key before one writes with it, and takes the old one away last', () => {
    if (!kubectl) {
      return;
    }
    cluster.secrets = { encryption: { 'coder.keys': 'the-old-key' } };
    for (const block of blocksOf('Keys of encryption', spec)) {
      expect(cluster.run(block)).toBe(0);
    }
    const restarts = atRestarts('encryption', 'coder.keys');
    const [, made] = /^the-old-key,(.*)$/.exec(restarts[0])!;
    expect(Buffer.from(made, 'base64')).toHaveLength(32);
    expect(restarts).toEqual([
      `the-old-key,${made}`,
      `${made},the-old-key`,
      made,
    ]);
    const { args, env } = JSON.parse(cluster.read('coder'));
    expect(args).toEqual(['server', 'dbcrypt', 'rotate', '--yes']);
    expect(env).toMatchObject({
      CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_NEW_KEY: made,
      CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_OLD_KEYS: 'the-old-key',
    });
    expect(cluster.read('old-keys')).toBe('the-old-key');
    expect(cluster.has('new-key')).toBe(false);
    const backups = cluster.calls.filter(({ program }) => program === 'make');
    expect(backups.map(call => call.args)).toEqual([
      ['backup-now'],
      ['backup-now'],
    ]);
  });

  it('writes nothing when the old key cannot be read', () => {
    if (!kubectl) {
      return;
    }
    cluster.secrets = { encryption: { other: 'value' } };
    const [, behind, inFront] = blocksOf('Keys of encryption', spec);
    expect(cluster.run(behind)).not.toBe(0);
    expect(cluster.run(inFront)).not.toBe(0);
    expect(cluster.secrets).toEqual({ encryption: { other: 'value' } });
    expect(cluster.calls).toEqual([]);
  });
});

describe('rotation of the password of a database that is not made here', () => {
  const spec = {
    database: {
      type: 'external',
      version: 17,
      connectionSecret: { name: 'database', key: 'url' },
    },
  };
  const blocks = () =>
    blocksOf('Password of the database', spec).map(block =>
      block.replace(/NEW_ROLE/g, 'coder_b'),
    );
  const check = (exit: number) => {
    cluster.run('mkdir database');
    cluster.write(
      'database/check.sh',
      `echo "$CODER_PG_CONNECTION_URL" > checked; exit ${exit}`,
    );
  };

  it('changes role and password alone, and restarts before the old role is shut out', () => {
    if (!kubectl) {
      return;
    }
    cluster.secrets = { database: { url: URL_BEFORE } };
    check(0);
    for (const block of blocks()) {
      expect(cluster.run(block)).toBe(0);
    }
    const [made, shutOut] = cluster.calls.filter(
      ({ program }) => program === 'psql',
    );
    const [password] = made.args.flatMap(
      argument => /^password=(\w{48})$/.exec(argument)?.[1] ?? [],
    );
    expect(made.args).toContain('role=coder_b');
    const url = URL_BEFORE.replace('coder:before', `coder_b:${password}`);
    expect(cluster.secrets.database.url).toBe(url);
    expect(cluster.read('checked').trim()).toBe(url);
    expect(atRestarts('database', 'url')).toEqual([url]);
    expect(shutOut.args).toContain('ALTER ROLE coder NOLOGIN');
    const order = cluster.calls.map(({ args }) => args.join(' '));
    expect(
      order.findIndex(line => line.includes('rollout status')),
    ).toBeLessThan(order.findIndex(line => line.includes('NOLOGIN')));
    expect(cluster.has('database-password')).toBe(false);
  });

  it('leaves the URL alone when the new role does not do', () => {
    if (!kubectl) {
      return;
    }
    cluster.secrets = { database: { url: URL_BEFORE } };
    check(1);
    const [made, put] = blocks();
    expect(cluster.run(made)).toBe(0);
    expect(cluster.run(put)).not.toBe(0);
    expect(cluster.secrets.database.url).toBe(URL_BEFORE);
    expect(cluster.has('database-password')).toBe(true);
  });
});

describe('rotation of the password of a CloudNativePG cluster', () => {
  const spec = { database: { type: 'cloudnative-pg', version: 17 } };

  it('gives Secret and role the same one', () => {
    if (!kubectl) {
      return;
    }
    cluster.secrets = {
      'coder-database-app': { uri: URL_BEFORE, password: 'before' },
    };
    for (const block of blocksOf('Password of the database', spec)) {
      expect(cluster.run(block)).toBe(0);
    }
    const { password, uri } = cluster.secrets['coder-database-app'];
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(uri).toBe(URL_BEFORE.replace('before', password));
    const executed = cluster.calls.find(({ args }) => args.includes('exec'))!;
    expect(executed.args).toEqual(
      expect.arrayContaining(['pod/the-primary', 'psql']),
    );
    expect(executed.stdin).toBe(`ALTER ROLE coder PASSWORD '${password}'`);
    expect(atRestarts('coder-database-app', 'uri')).toEqual([uri]);
  });

  it('changes nothing when the Secret cannot be read', () => {
    if (!kubectl) {
      return;
    }
    const [change] = blocksOf('Password of the database', spec);
    expect(cluster.run(change)).not.toBe(0);
    expect(cluster.calls).toEqual([]);
  });
});

describe('renewal of a certificate', () => {
  const exposure = { type: 'load-balancer', tls: { secret: 'web' } };

  it('is followed by a restart where Coder ends TLS', () => {
    if (!kubectl) {
      return;
    }
    cluster.run(
      'openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -days 2 -keyout tls.key -out tls.crt 2>/dev/null',
    );
    for (const block of blocksOf('Certificate', { exposure })) {
      expect(cluster.run(block)).toBe(0);
    }
    expect(cluster.secrets.web['tls.crt']).toBe(cluster.read('tls.crt'));
    expect(atRestarts('web', 'tls.crt')).toEqual([cluster.read('tls.crt')]);
  });

  it('needs none where a controller ends it', () => {
    const ingress = { ...exposure, type: 'ingress' };
    expect(blocksOf('Certificate', { exposure: ingress }).join()).not.toContain(
      'rollout',
    );
  });
});
