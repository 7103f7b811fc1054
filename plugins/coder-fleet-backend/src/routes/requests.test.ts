import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter, type Decisions } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody, testDeployment } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

/** One replica and no external provisioners: rules of severity high fail. */
const COMMUNITY = { edition: 'community' };
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString();
const DENY: Decisions = {
  'coder-fleet.waiver.create': { result: AuthorizeResult.DENY },
};
const onlyIn = (businessUnit: string): Decisions => ({
  'coder-fleet.waiver.create': {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'coder-fleet',
    resourceType: 'coder-fleet-deployment',
    conditions: {
      rule: 'IN_BUSINESS_UNIT',
      resourceType: 'coder-fleet-deployment',
      params: { businessUnits: [businessUnit] },
    },
  },
});

describeOnDatabases('requests', (databases, id) => {
  const start = backendStarter(databases, id);

  async function setup(options: Parameters<typeof start>[0] = {}) {
    const backend = await start(options);
    const check = async (spec: object = COMMUNITY, name = 'alpha') =>
      (
        await backend
          .post(`/requests/${name}/check`)
          .send({ deployment: testDeployment(name, { ...spec }) })
          .expect(200)
      ).body;
    const waiting = async () =>
      (await backend.get('/requests').expect(200)).body.items;
    const grant = (part: object = {}, name = 'alpha') =>
      backend.post(`/requests/${name}/grant`).send({
        reason: 'A place to try things out',
        expiresAt: inDays(30),
        ...part,
      });
    const become = (decisions: Decisions) => {
      Object.keys(backend.decisions).forEach(
        key => delete backend.decisions[key],
      );
      Object.assign(backend.decisions, decisions);
    };
    return { ...backend, check, waiting, grant, become };
  }

  it('refuse what the business unit may not ask for, whoever asks', async () => {
    const { post, check } = await setup({
      registered: ['beta'],
      coderFleet: {
        requests: [
          { businessUnit: 'payments', regions: ['eu-west'], maxDeployments: 1 },
        ],
      },
    });
    const refused = async (name: string, spec: Record<string, unknown> = {}) =>
      (
        await post(`/requests/${name}/check`)
          .send({ deployment: testDeployment(name, spec) })
          .expect(400)
      ).body.error.message;
    const region = [{ name: 'us-east', cluster: 'us' }];
    // Nothing new: only where it is is outside
    expect(await refused('beta', { regions: region })).toMatch(
      /^spec\.regions\.0\.name: The region us-east is not open to payments: choose eu-west$/,
    );
    expect(await refused('alpha')).toMatch(
      /payments has 1 deployments, and may have 1/,
    );
    expect(await refused('alpha', { businessUnit: 'other' })).toMatch(
      /No requests are taken for the business unit other/,
    );
    expect(await check({}, 'beta')).toMatchObject({ decision: 'clear' });
  });

  it('count what is asked for together', async () => {
    const { post } = await setup({
      registered: ['beta'],
      coderFleet: {
        requests: [{ businessUnit: 'payments', maxDeployments: 2 }],
      },
    });
    const ask = (alongside: string[]) =>
      post('/requests/alpha/check').send({
        deployment: testDeployment('alpha', {}),
        alongside,
      });
    // Its own name, and one that is registered, count once
    await ask(['alpha', 'beta']).expect(200);
    const { body } = await ask(['beta', 'gamma']).expect(400);
    expect(body.error.message).toMatch(
      /payments has 2 deployments, and may have 2/,
    );
  });

  it('clear what nothing is against', async () => {
    const { check, waiting } = await setup({ decisions: DENY });
    expect(await check({})).toMatchObject({ decision: 'clear', blocking: [] });
    expect(await waiting()).toEqual([]);
  });

  it('go on for those who may accept deviations themselves', async () => {
    const { check, waiting } = await setup();
    const { decision, blocking, findings } = await check();
    expect(decision).toBe('may-grant');
    expect(blocking).toContain('CVA-TOP-001');
    expect(findings.length).toBeGreaterThan(50);
    expect(await waiting()).toEqual([]);
  });

  it('wait for a waiver, and go on with it: the same request again is clear', async () => {
    const backend = await setup({ decisions: DENY });
    const { decision, blocking } = await backend.check();
    expect(decision).toBe('waiver-requested');
    // Who may not grant sees none
    expect(await backend.waiting()).toEqual([]);
    await backend.grant().expect(404);

    backend.become({});
    expect(await backend.waiting()).toEqual([
      expect.objectContaining({
        deployment: 'alpha',
        businessUnit: 'payments',
        requestedBy: 'user:default/mock',
        rules: blocking.map((rule: string) =>
          expect.objectContaining({ rule }),
        ),
      }),
    ]);
    await backend.grant().expect(204);
    expect(await backend.waiting()).toEqual([]);
    await backend.grant().expect(404);
    expect(backend.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'grant', name: 'alpha' },
        outcome: 'success',
      }),
    );

    backend.become(DENY);
    expect(await backend.check()).toMatchObject({
      decision: 'clear',
      blocking: [],
    });
    await backend
      .put('/deployments/alpha', registrationBody('alpha', COMMUNITY))
      .expect(201);
    const { body } = await backend.get('/deployments/alpha/cva').expect(200);
    expect(
      body.waivers.map(({ rule }: { rule: string }) => rule).sort(),
    ).toEqual([...blocking].sort());
    expect(body.waivers[0]).toMatchObject({
      reason: 'A place to try things out',
      grantedBy: 'user:default/mock',
    });
  });

  it('are seen and accepted only where the permission holds', async () => {
    const backend = await setup({ decisions: DENY });
    await backend.check();
    backend.become(onlyIn('retail'));
    expect(await backend.waiting()).toEqual([]);
    await backend.grant().expect(404);
    await backend.delete('/requests/alpha').expect(404);
    expect((await backend.check()).decision).toBe('waiver-requested');
    backend.become(onlyIn('payments'));
    expect(await backend.waiting()).toHaveLength(1);
    expect((await backend.check()).decision).toBe('may-grant');
    await backend.delete('/requests/alpha').expect(204);
    expect(await backend.waiting()).toEqual([]);
  });

  it('of a registered deployment need the right on what is stored, too', async () => {
    const backend = await setup({
      registered: ['alpha'],
      decisions: onlyIn('retail'),
    });
    const { decision } = await backend.check({
      ...COMMUNITY,
      businessUnit: 'retail',
    });
    expect(decision).toBe('waiver-requested');
  });

  it('wait no longer than their waiver holds', async () => {
    const backend = await setup({ decisions: DENY });
    await backend.check();
    backend.become({});
    await backend.grant({ expiresAt: inDays(400) }).expect(400);
    await backend.grant({ expiresAt: inDays(-1) }).expect(400);
    await backend.grant({ reason: ' ' }).expect(400);
    await backend
      .grant({ expiresAt: new Date(Date.now() + 1500).toISOString() })
      .expect(204);
    backend.become(DENY);
    expect((await backend.check()).decision).toBe('clear');
    await new Promise(resolve => setTimeout(resolve, 1600));
    expect((await backend.check()).decision).toBe('waiver-requested');
  });

  it('are checked only for those who may register', async () => {
    const backend = await setup({
      decisions: {
        'coder-fleet.deployment.create': { result: AuthorizeResult.DENY },
      },
    });
    const { status, body } = await backend
      .post('/requests/alpha/check')
      .send({ deployment: testDeployment('alpha') });
    expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
  });

  it.each([
    ['wrong', {}, /spec/],
    ['of another name', testDeployment('beta'), /not the name in the path/],
  ])('are refused when they are %s', async (_, deployment, message) => {
    const backend = await setup();
    const { status, body } = await backend
      .post('/requests/alpha/check')
      .send({ deployment });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});
