/* eslint-disable jest/no-standalone-expect -- what this machine has chooses between it and it.skip */
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseDeployment,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { parseAllDocuments } from 'yaml';
import { TestFleet } from './__testUtils__/fleet';
import { removeFolders, temporaryFolder } from './__testUtils__/folders';
import { SecretsApi } from './__testUtils__/SecretsApi';

const missing = ['bash', 'curl', 'jq'].filter(
  tool => spawnSync(tool, ['--version']).status !== 0,
);
if (missing.length > 0) {
  process.stderr.write(
    `Skipped: the bootstrap Job was not run, missing: ${missing.join(', ')}\n`,
  );
}
const withTools = missing.length > 0 ? describe.skip : describe;

const ADMIN = {
  email: 'first@example.com\n',
  username: 'first',
  password: `it's "quoted" $HOME \\n\n`,
};
const CLAIMS = { jti: '0e9d5d3c-6f0e-4a53-9a6e-0f2d5b6a7c11', version: 3 };
const part = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const LICENSE = `${part({ alg: 'EdDSA' })}.${part(CLAIMS)}.c2lnbmF0dXJl\n`;

const NAMESPACE = 'coder-aurora';
/** The second region has a cluster of its own: what is made for it waits here. */
const EXPECTED = [
  `${NAMESPACE}-provisioners-eu-west-of-research/coder-provisioner-key`,
  `${NAMESPACE}/coder-provisioner-key`,
  `${NAMESPACE}/hand-over-provisioners-us-east`,
  `${NAMESPACE}/hand-over-provisioners-us-east-of-research`,
  `${NAMESPACE}/hand-over-proxy-us-east`,
];

const artifacts = render(
  parseDeployment({
    apiVersion: 'coder-fleet.io/v1alpha1',
    kind: 'CoderDeployment',
    metadata: { name: 'aurora' },
    spec: {
      displayName: 'Aurora',
      owner: 'group:default/payments',
      businessUnit: 'payments',
      edition: 'premium',
      users: { expected: 500 },
      organizations: ['research'],
      regions: [
        { name: 'eu-west', cluster: 'eu' },
        {
          name: 'us-east',
          cluster: 'us',
          proxy: { accessUrl: 'https://us.aurora.example.com' },
        },
      ],
      accessUrl: 'https://aurora.coder.localhost',
      database: { type: 'external' },
      backup: { schedule: '0 2 * * *' },
      release: { channel: 'stable' },
    },
  }),
);

function artifact(path: string): string {
  const found = artifacts.find(candidate => candidate.path === path);
  return found!.content;
}

const [job] = parseAllDocuments(artifact('kubernetes/bootstrap/job.yaml')).map(
  document => document.toJS(),
);
const [container] = job.spec.template.spec.containers;

withTools('the rendered bootstrap Job, against a Coder that is empty', () => {
  let fleet: TestFleet;
  let secrets: SecretsApi;
  let home: string;

  beforeEach(async () => {
    fleet = await TestFleet.start();
    await fleet.boot({ name: 'aurora', replicas: 2 });
    await fleet.simulator.setFaults('aurora', { unconfigured: true });
    secrets = await SecretsApi.start();
    home = await temporaryFolder();
    await mkdir(join(home, 'account'));
    await writeFile(join(home, 'account', 'token'), secrets.token);
    await writeFile(
      join(home, 'bootstrap.sh'),
      artifact('kubernetes/bootstrap/bootstrap.sh'),
    );
    await writeFile(join(home, 'ca.pem'), fleet.simulator.caPem);
    await admin({ ...ADMIN, license: LICENSE });
  }, 30_000);

  afterEach(async () => {
    await secrets.stop();
    await fleet.simulator.close();
    await removeFolders();
  });

  async function admin(files: Record<string, string>) {
    const folder = join(home, 'admin');
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
  }

  /** Runs the script with the environment of the Job; only where things are is another place. */
  async function run(settings: Record<string, string> = {}) {
    const env = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [
        name,
        value,
      ]),
    );
    const { port } = fleet.simulator;
    const child = spawn('bash', [join(home, 'bootstrap.sh')], {
      env: {
        ...env,
        PATH: process.env.PATH,
        TMPDIR: home,
        CODER_URL: `https://aurora.coder.localhost:${port}`,
        CURL_CA_BUNDLE: join(home, 'ca.pem'),
        ADMIN_DIR: join(home, 'admin'),
        KUBERNETES_URL: secrets.url,
        SERVICE_ACCOUNT_DIR: join(home, 'account'),
        WAIT_SECONDS: '20',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stdout.on('data', chunk => (log += chunk));
    child.stderr.on('data', chunk => (log += chunk));
    const status = await new Promise<number | null>(resolve =>
      child.on('close', resolve),
    );
    return { status, log };
  }

  async function signIn() {
    const answer = await fleet.ask('/users/login', {
      method: 'POST',
      body: JSON.stringify({
        email: 'first@example.com',
        password: ADMIN.password.replace(/\n$/, ''),
      }),
    });
    return answer.json().session_token as string;
  }

  it('makes the administrator, the licence, the keys and the tokens, and nothing a second time', async () => {
    const first = await run();
    expect(first).toMatchObject({ status: 0 });
    expect(secrets.names).toEqual(EXPECTED);
    const key = secrets.values(NAMESPACE, 'coder-provisioner-key')!.key;
    expect(key).toHaveLength(43);
    expect(secrets.values(NAMESPACE, 'hand-over-proxy-us-east')!.token).toMatch(
      /^[0-9a-f-]{36}:[0-9a-f]{64}$/,
    );

    const token = await signIn();
    const names = async (path: string, of: (body: any) => any[]) =>
      of((await fleet.ask(path, { token })).json()).map(({ name }) => name);
    const keys = async (organization: string) =>
      Object.fromEntries(
        (
          await fleet.ask(`/organizations/${organization}/provisionerkeys`, {
            token,
          })
        )
          .json()
          .map(({ name, tags }: { name: string; tags: object }) => [
            name,
            tags,
          ]),
      );
    // A job without a tag is built in the first region, and in no other
    const tags = { 'eu-west': {}, 'us-east': { region: 'us-east' } };
    expect(await keys('default')).toEqual(tags);
    expect(await keys('research')).toEqual(tags);
    expect(await names('/organizations', body => body)).toEqual([
      'coder',
      'research',
    ]);
    expect(await names('/workspaceproxies', body => body.regions)).toEqual([
      'primary',
      'us-east',
    ]);
    const licenses = (await fleet.ask('/licenses', { token })).json();
    expect(licenses).toMatchObject([{ uuid: CLAIMS.jti, claims: CLAIMS }]);

    const second = await run();
    expect(second.status).toBe(0);
    expect(second.log).toContain('There is a first administrator already');
    expect(second.log).toContain('The licence is there already');
    expect(second.log).not.toMatch(/Created|Uploaded|Wrote|Made/);
    expect(secrets.values(NAMESPACE, 'coder-provisioner-key')!.key).toBe(key);

    // Nothing that is secret is told
    for (const secret of [key, LICENSE.trim(), `it's`, secrets.token]) {
      expect(first.log + second.log).not.toContain(secret);
    }
  }, 60_000);

  it('makes a key again where its Secret is gone, and where Coder has forgotten it', async () => {
    await run();
    const key = () => secrets.values(NAMESPACE, 'coder-provisioner-key')?.key;
    const token = () =>
      secrets.values(NAMESPACE, 'hand-over-proxy-us-east')?.token;
    const before = { key: key(), token: token() };
    secrets.remove(NAMESPACE, 'coder-provisioner-key');
    secrets.remove(NAMESPACE, 'hand-over-proxy-us-east');
    expect(await run()).toMatchObject({ status: 0 });
    const renewed = { key: key(), token: token() };
    expect(renewed.key).toHaveLength(43);
    expect(renewed.key).not.toBe(before.key);
    expect(renewed.token).toBeDefined();
    expect(renewed.token).not.toBe(before.token);

    // Another database: the Secrets are of the one before
    await fleet.simulator.setFaults('aurora', {});
    await fleet.simulator.setFaults('aurora', { unconfigured: true });
    expect(await run()).toMatchObject({ status: 0 });
    expect(key()).not.toBe(renewed.key);
    expect(token()).not.toBe(renewed.token);
  }, 90_000);

  it('renews what a restored database does not know, and nothing else', async () => {
    await run();
    const value = (name: string) =>
      Object.values(secrets.values(NAMESPACE, name)!)[0];
    const handedOver = EXPECTED.map(name => name.split('/')).filter(
      ([namespace]) => namespace === NAMESPACE,
    );
    const before = new Map(handedOver.map(([, name]) => [name, value(name)]));
    const token = await signIn();
    // As when the dump is older than the last rotation: names are the same, values are not
    secrets.put(NAMESPACE, 'hand-over-provisioners-us-east', {
      key: 'x'.repeat(43),
    });
    const proxies = (await fleet.ask('/workspaceproxies', { token })).json();
    const { id } = proxies.regions.find(
      ({ name }: { name: string }) => name === 'us-east',
    );
    secrets.put(NAMESPACE, 'hand-over-proxy-us-east', {
      token: `${id}:${'0'.repeat(64)}\n`,
    });

    const { status, log } = await run();
    expect(status).toBe(0);
    expect(log).toMatch(
      /Coder does not know the provisioner key in the Secret hand-over-provisioners-us-east of/,
    );
    expect(log).toMatch(
      /Coder does not know the proxy token in the Secret hand-over-proxy-us-east of/,
    );
    expect(log.match(/Wrote the Secret/g)).toHaveLength(2);
    expect(log).toContain('needs "make restart"');
    for (const [name, old] of before) {
      const isRenewed = /^hand-over-(?:provisioners|proxy)-us-east$/.test(name);
      expect([name, value(name) !== old]).toEqual([name, isRenewed]);
    }
    expect((await run()).log).not.toMatch(/does not know|Wrote/);
  }, 90_000);

  it('says that a key has not the tags that are asked for, and leaves it to a person', async () => {
    const untagged = String(
      container.env.find(
        ({ name }: { name: string }) => name === 'PROVISIONER_KEYS',
      ).value,
    ).replace(/ region=us-east/g, '');
    expect(await run({ PROVISIONER_KEYS: untagged })).toMatchObject({
      status: 0,
    });
    const key = () =>
      secrets.values(NAMESPACE, 'hand-over-provisioners-us-east')?.key;
    const before = key();
    const { status, log } = await run();
    expect(status).toBe(1);
    expect(log).toMatch(
      /The provisioner key us-east of default has other tags \(none\) than asked for \(region=us-east\)\..* kubectl --namespace coder-aurora delete secret hand-over-provisioners-us-east, /,
    );
    expect(key()).toBe(before);
    // What it says helps
    secrets.remove(NAMESPACE, 'hand-over-provisioners-us-east');
    secrets.remove(NAMESPACE, 'hand-over-provisioners-us-east-of-research');
    expect(await run()).toMatchObject({ status: 0 });
    expect(key()).not.toBe(before);
  }, 90_000);

  it('goes on after a failure, and fails at the end with all of them', async () => {
    const { status, log } = await run({
      PROVISIONER_KEYS: [
        'default eu-west coder-aurora some-secret key',
        'Not/a/name eu-west coder-aurora other-secret key',
        'research eu-west coder-aurora third-secret key',
      ].join('\n'),
    });
    expect(status).toBe(1);
    expect(secrets.names).toEqual([
      `${NAMESPACE}/hand-over-proxy-us-east`,
      `${NAMESPACE}/some-secret`,
      `${NAMESPACE}/third-secret`,
    ]);
    expect(log).toMatch(
      /FAILED: the rest is there, but not this:\n.*Not\/a\/name[^\n]*\n$/,
    );
  }, 60_000);

  it('takes no empty Secret for a key', async () => {
    await run();
    const name = 'hand-over-provisioners-us-east';
    secrets.put(NAMESPACE, name, { key: '' });
    expect(await run()).toMatchObject({ status: 0 });
    expect(secrets.values(NAMESPACE, name)!.key).toHaveLength(43);
  }, 60_000);

  it('goes on where a run was interrupted', async () => {
    secrets.refusal = 403;
    const interrupted = await run();
    expect(interrupted.status).toBe(1);
    expect(interrupted.log).toMatch(
      /FAILED: The Secret coder-provisioner-key of coder-aurora was not written: secrets is forbidden/,
    );
    secrets.refusal = undefined;
    expect(await run()).toMatchObject({ status: 0 });
    expect(secrets.names).toEqual(EXPECTED);
  }, 60_000);

  it.each([
    [
      'a password that Coder refuses',
      { password: 'short' },
      /FAILED: The first administrator was not created: Password not strong enough!/,
    ],
    [
      'a licence that is none',
      { license: 'none' },
      /FAILED: What the Secret has as license is not a licence of Coder/,
    ],
    [
      'no licence, where provisioners need one',
      { license: '' },
      /FAILED: Coder did not list the provisioner keys of default: External Provisioner Daemons is a Premium feature/,
    ],
    [
      'no user name',
      { username: '' },
      /FAILED: The Secret coder-bootstrap is missing, or has no username: create it/,
    ],
  ])(
    'says what is wrong with %s',
    async (_, files, words) => {
      await admin(files);
      const { status, log } = await run();
      expect(log).toMatch(words);
      expect(status).toBe(1);
    },
    60_000,
  );

  it('says that the password of the Secret is an old one', async () => {
    await run();
    await admin({ password: 'another one, of before' });
    const { status, log } = await run();
    expect(status).toBe(1);
    expect(log).toMatch(
      /cannot sign in: Incorrect email or password\. Put the present password/,
    );
  }, 60_000);

  it('waits for a control plane, and no longer than it is told', async () => {
    await fleet.simulator.setFaults('aurora', {
      unconfigured: true,
      stopped: true,
    });
    const late = await run({ WAIT_SECONDS: '1' });
    expect(late.status).toBe(1);
    expect(late.log).toMatch(/did not answer within 1 seconds/);

    const waiting = run();
    await new Promise(resolve => setTimeout(resolve, 1500));
    await fleet.simulator.setFaults('aurora', { unconfigured: true });
    expect(await waiting).toMatchObject({ status: 0 });
  }, 60_000);
});

it('may read no other Secrets than those that it makes', () => {
  const roles = parseAllDocuments(artifact('kubernetes/bootstrap/rbac.yaml'))
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'Role');
  const byNamespace = (namespace: string) => [
    namespace,
    [
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: EXPECTED.map(name => name.split('/'))
          .filter(([of]) => of === namespace)
          .map(([, name]) => name),
        verbs: ['get', 'patch'],
      },
    ],
  ];
  expect(
    roles.map(({ metadata, rules }) => [
      metadata.namespace,
      rules.map((rule: { resourceNames?: string[] }) =>
        rule.resourceNames
          ? { ...rule, resourceNames: [...rule.resourceNames].sort() }
          : rule,
      ),
    ]),
  ).toEqual([
    byNamespace(NAMESPACE),
    byNamespace(`${NAMESPACE}-provisioners-eu-west-of-research`),
  ]);
});

it('starts without the Secret of the administrator, and says that it is missing', () => {
  const [administrator] = job.spec.template.spec.volumes.filter(
    ({ name }: { name: string }) => name === 'administrator',
  );
  expect(administrator.secret).toEqual({
    secretName: 'coder-bootstrap',
    optional: true,
  });
});
