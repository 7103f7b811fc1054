import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter, type Decisions } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testDeployment } from '../__testUtils__/deployments';
import { fakeUrlReader } from '../__testUtils__/fakeUrlReader';

jest.setTimeout(60_000);

const LOCATION = 'https://git.example.com/media/alpha';
const PULL_REQUEST = `${LOCATION}/pulls/7`;
const REPOSITORY = {
  type: 'url',
  location: LOCATION,
  pullRequest: PULL_REQUEST,
};
const LARGER = { users: { expected: 900, activeShare: 0.5 } };
const DENY: Decisions = {
  'coder-fleet.deployment.update': { result: AuthorizeResult.DENY },
};

describeOnDatabases('pull requests', (databases, id) => {
  const start = backendStarter(databases, id);

  async function setup() {
    const host = fakeUrlReader();
    const backend = await start({
      readTree: host.readTree,
      coderFleet: {
        requests: [
          { businessUnit: 'media', approval: 'pull-request' },
          { businessUnit: '*' },
        ],
      },
    });
    const of = (spec: object = {}) =>
      testDeployment('alpha', { businessUnit: 'media', ...spec });
    const register = (spec: object = {}, repository: object = REPOSITORY) =>
      backend.put('/deployments/alpha', { deployment: of(spec), repository });
    const merge = (spec: object = {}) =>
      host.merge(LOCATION, {
        'coder-deployment.yaml': JSON.stringify(of(spec)),
      });
    const detail = async () =>
      (await backend.get('/deployments/alpha').expect(200)).body;
    const look = async () =>
      (await backend.post('/deployments/alpha/refresh').expect(200)).body;
    const confirm = () => backend.post('/deployments/alpha/merged');
    host.merge(LOCATION, { 'README.md': 'Nothing yet' });
    return { ...backend, host, register, merge, detail, look, confirm };
  }

  it('find a deployment in the folder that it has in a repository of many', async () => {
    const { host, register, look, detail } = await setup();
    await register().expect(201);
    host.merge(LOCATION, {
      'coder-deployment.yaml': JSON.stringify(
        testDeployment('beta', { businessUnit: 'media' }),
      ),
      'deployments/alpha/coder-deployment.yaml': JSON.stringify(
        testDeployment('alpha', { businessUnit: 'media' }),
      ),
    });
    await look();
    expect((await detail()).pullRequest?.openSince).toBeUndefined();
  });

  it('bring a deployment that starts once exactly it is merged', async () => {
    const { register, merge, detail, look, coder, publish } = await setup();
    await register().expect(201);
    expect(await detail()).toMatchObject({
      state: 'provisioning',
      stateReason: `Waits for its pull request to be merged: ${PULL_REQUEST}`,
      repository: { type: 'url', location: LOCATION },
      pullRequest: { url: PULL_REQUEST, openSince: expect.any(String) },
    });
    expect((await look()).pullRequest).toHaveProperty('openSince');
    expect(coder.calls).toEqual([]);
    publish.mockClear();

    merge();
    const started = await look();
    expect(started.pullRequest).toEqual({ url: PULL_REQUEST });
    expect(started.stateReason).toBe('Registered, not seen yet');
    expect(publish.mock.calls).toEqual([
      [
        {
          topic: 'coder-fleet.deployments',
          eventPayload: { name: 'alpha', change: 'updated' },
        },
      ],
    ]);
    expect((await look()).state).toBe('healthy');
    expect(coder.calls).toContain('buildinfo');
  });

  it('are looked at by the task of the tracker', async () => {
    const { register, merge, detail, runMerges } = await setup();
    await register().expect(201);
    merge();
    await runMerges();
    expect((await detail()).pullRequest).toEqual({ url: PULL_REQUEST });
  });

  it('are needed for what is new, with the repository that they are merged to', async () => {
    const { register, put } = await setup();
    const refused = await register({}, { type: 'url', location: LOCATION });
    expect([refused.status, refused.body.error]).toEqual([
      400,
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /^repository\.pullRequest: what media asks for is approved by the merge of a pull request: name/,
        ),
      }),
    ]);
    await put('/deployments/alpha', {
      deployment: testDeployment('alpha', { businessUnit: 'media' }),
    }).expect(400);
    await register(
      { businessUnit: 'retail' },
      { type: 'url', location: LOCATION },
    ).expect(201);
  });

  it.each([
    ['data:text/html,merged', /a URL must begin with https/],
    ['pulls/7', /a URL must begin with https/],
    ['https://me:secret@git.example.com/7', /must not contain a user/],
  ])('are not named by %j', async (pullRequest, message) => {
    const { register } = await setup();
    const { status, body } = await register({}, { ...REPOSITORY, pullRequest });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(body.error.message).toMatch(/^repository\.pullRequest: /);
  });

  it('that merge something else start nothing until that is registered', async () => {
    const { register, merge, look } = await setup();
    await register().expect(201);
    merge(LARGER);
    expect(await look()).toMatchObject({
      stateReason: expect.stringMatching(/^The default branch has something/),
      pullRequest: { obstacle: { kind: 'different' } },
    });
    await register(LARGER).expect(200);
    const started = await look();
    expect(started.pullRequest).toEqual({ url: PULL_REQUEST });
    expect(started.deployment.spec.users.expected).toBe(900);
  });

  it('at hosts that cannot be read are said to be merged by who may change the deployment', async () => {
    const { register, host, look, confirm, decisions, audit } = await setup();
    await register().expect(201);
    host.fail(LOCATION, new Error('No integration for git.example.com'));
    expect(await look()).toMatchObject({
      stateReason: expect.stringMatching(/not readable since .* UTC: .*No/),
      pullRequest: {
        obstacle: {
          kind: 'unreadable',
          message: `${LOCATION} could not be read: No integration for git.example.com`,
        },
      },
    });
    Object.assign(decisions, DENY);
    await confirm().expect(403);
    delete decisions['coder-fleet.deployment.update'];
    audit.splice(0);
    await confirm().expect(204);
    expect(audit).toEqual([
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'confirm-merge', name: 'alpha' },
        outcome: 'success',
      },
    ]);
    expect((await look()).state).toBe('healthy');
    const again = await confirm().expect(409);
    expect(again.body.error.message).toBe(
      '"alpha" waits for no pull request: there is nothing to start',
    );
  });

  it('that can be read are merged when they are, and not because somebody says so', async () => {
    const { register, merge, confirm, detail } = await setup();
    await register().expect(201);
    const refused = await confirm().expect(409);
    expect(refused.body.error.message).toBe(
      `The default branch of ${LOCATION} can be read and does not have what was requested: merge ${PULL_REQUEST} first, or register again what was merged`,
    );
    merge(LARGER);
    await confirm().expect(409);
    merge();
    await confirm().expect(204);
    expect((await detail()).pullRequest).toEqual({ url: PULL_REQUEST });
  });

  it('bring changes, which are registered once they are merged', async () => {
    const { register, merge, look, host, detail } = await setup();
    await register().expect(201);
    merge();
    await look();
    const refused = await register(LARGER);
    expect([refused.status, refused.body.error]).toEqual([
      409,
      expect.objectContaining({
        name: 'ConflictError',
        message: `"alpha" stays as it is registered: a change of it is registered once exactly this is on the default branch of ${LOCATION}. Merge its pull request, then register it again`,
      }),
    ]);
    host.fail(LOCATION, new Error('No answer'));
    expect((await register(LARGER)).body.error.message).toMatch(/No answer/);
    // Another business unit is no way around
    await register({ ...LARGER, businessUnit: 'retail' }).expect(409);
    // What is registered already may be registered again
    host.recover(LOCATION);
    await register().expect(200);

    merge(LARGER);
    await register(LARGER).expect(200);
    expect((await detail()).deployment.spec.users.expected).toBe(900);
  });
});
