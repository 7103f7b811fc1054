import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter, type Decisions } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody, testDeployment } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

const APPROVE = 'coder-fleet.deployment.approve';
const WAIVE = 'coder-fleet.waiver.create';
const DENY: Decisions = { [APPROVE]: { result: AuthorizeResult.DENY } };
/** Rules of severity high fail. */
const COMMUNITY = { edition: 'community' };
const LARGER = { users: { expected: 900, activeShare: 0.5 } };
const in90Days = () => new Date(Date.now() + 90 * 86_400_000).toISOString();

const onlyIn = (businessUnit: string): Decisions => ({
  [APPROVE]: {
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

describeOnDatabases('approvals', (databases, id) => {
  const start = backendStarter(databases, id);

  async function setup(
    options: { registered?: string[]; decisions?: Decisions } = {},
    requests: Array<Record<string, unknown>> = [
      { businessUnit: 'payments', approval: 'portal' },
      { businessUnit: 'media', approval: 'pull-request' },
      { businessUnit: '*' },
    ],
  ) {
    const { registered = [], decisions = {} } = options;
    const backend = await start({ coderFleet: { requests } as never });
    const become = (next: Decisions) => {
      Object.keys(backend.decisions).forEach(
        key => delete backend.decisions[key],
      );
      Object.assign(backend.decisions, next);
    };
    const by = (name: string) =>
      mockCredentials.user.header(`user:default/${name}`);
    const ask = (who: string, spec: object = {}) =>
      backend
        .post('/requests/alpha/check')
        .set('Authorization', by(who))
        .send({ deployment: testDeployment('alpha', { ...spec }) });
    const check = async (who: string, spec: object = {}) =>
      (await ask(who, spec).expect(200)).body;
    const waiting = async (who: string) =>
      (await backend.get('/requests').set('Authorization', by(who)).expect(200))
        .body.items;
    const post = (who: string, body: object) =>
      backend
        .post('/requests/alpha/approve')
        .set('Authorization', by(who))
        .send(body);
    /** Approves what waits, as somebody sees it who may. */
    const approve = async (who: string, part: object = {}) => {
      const before = { ...backend.decisions };
      become({});
      const [{ approval }] = await waiting('observer');
      become(before);
      return post(who, { digest: approval.digest, ...part });
    };
    const dismiss = (who: string) =>
      backend.delete('/requests/alpha').set('Authorization', by(who));
    const register = (who: string, spec: object = {}) =>
      backend
        .put('/deployments/alpha', registrationBody('alpha', { ...spec }))
        .set('Authorization', by(who));
    for (const unit of registered) {
      const spec = { businessUnit: unit };
      await check('olga', spec);
      if (unit === 'payments') {
        expect((await approve('paula')).status).toBe(204);
      }
      await register('olga', spec).expect(201);
    }
    become(decisions);
    backend.audit.splice(0);
    return {
      ...backend,
      raw: backend.post,
      become,
      ask,
      check,
      waiting,
      post,
      approve,
      dismiss,
      register,
    };
  }

  it('are asked for, given by somebody else, good for exactly that, and spent', async () => {
    const backend = await setup({ decisions: DENY });
    const { check, waiting, approve, register, become } = backend;
    expect(await check('omar')).toMatchObject({
      decision: 'approval-requested',
      approval: { state: 'requested' },
      blocking: [],
    });
    // Who asked sees that it waits; others who may not approve see nothing
    expect(await waiting('omar')).toEqual([
      expect.objectContaining({
        approval: expect.objectContaining({ mayApprove: false }),
      }),
    ]);
    expect(await waiting('dana')).toEqual([]);
    expect((await approve('dana')).status).toBe(404);

    become({});
    const own = await approve('omar');
    expect([own.status, own.body.error]).toEqual([
      403,
      expect.objectContaining({
        name: 'NotAllowedError',
        message:
          'You asked for "alpha" yourself: somebody else has to approve it',
      }),
    ]);
    expect(await waiting('paula')).toEqual([
      {
        deployment: 'alpha',
        owner: 'group:default/platform',
        businessUnit: 'payments',
        region: 'eu-west',
        rules: [],
        approval: {
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
          displayName: 'Coder alpha',
          edition: 'premium',
          tier: '1k',
          expectedUsers: 500,
          regions: ['eu-west'],
          database: 'external',
          accessUrl: 'https://alpha.coder.example.com',
          mayApprove: true,
        },
        requestedBy: 'user:default/omar',
        requestedAt: expect.any(String),
      },
    ]);
    const refused = await register('omar').expect(403);
    expect(refused.body.error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(
        /^Exactly this was not approved for "alpha": ask for it/,
      ),
    });
    expect((await approve('paula', { comment: 'As planned' })).status).toBe(
      204,
    );
    expect(await waiting('paula')).toEqual([]);
    // Who asked finds that it can go on, until it is registered
    const [approved] = await waiting('omar');
    expect(approved.approval).toMatchObject({
      mayApprove: false,
      given: { approvedBy: 'user:default/paula', comment: 'As planned' },
    });
    expect((await check('omar')).decision).toBe('clear');
    expect((await check('omar')).approval).toEqual({
      state: 'given',
      approvedBy: 'user:default/paula',
      comment: 'As planned',
    });

    expect((await check('omar', LARGER)).decision).toBe('approval-requested');
    await register('omar', LARGER).expect(403);
    await register('omar').expect(201);
    expect((await waiting('omar'))[0].approval).not.toHaveProperty('given');
    // What else was asked for still waits
    expect(await waiting('paula')).toHaveLength(1);

    const again = await check('omar');
    expect(again).toMatchObject({ decision: 'clear' });
    expect(again).not.toHaveProperty('approval');
    await register('omar').expect(200);
    expect((await approve('paula')).status).toBe(204);
    await register('omar', LARGER).expect(200);
    expect((await check('omar')).decision).toBe('approval-requested');
    await register('omar').expect(403);
  });

  it('are audited with what was approved', async () => {
    const backend = await setup();
    await backend.check('omar');
    const [{ approval }] = await backend.waiting('paula');
    await backend.approve('paula');
    await backend.check('omar', LARGER);
    await backend.dismiss('paula').expect(204);
    expect(
      backend.audit.filter(({ eventId }) => eventId === 'request-mutate'),
    ).toEqual([
      {
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'approve', name: 'alpha', digest: approval.digest },
        outcome: 'success',
      },
      {
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'dismiss', name: 'alpha' },
        outcome: 'success',
      },
    ]);
  });

  it('say what a change changes, and need the right on what is stored, too', async () => {
    const backend = await setup({ registered: ['payments'] });
    await backend.check('omar', { ...LARGER, businessUnit: 'retail' });
    backend.become(onlyIn('retail'));
    expect(await backend.waiting('paula')).toEqual([]);
    expect((await backend.approve('paula')).status).toBe(404);
    await backend.dismiss('paula').expect(404);

    await backend.check('omar', LARGER);
    backend.become(onlyIn('payments'));
    const [{ approval }] = await backend.waiting('paula');
    expect(approval).toMatchObject({
      expectedUsers: 900,
      changes: ['spec.users.expected'],
      mayApprove: true,
    });
    expect((await backend.approve('paula')).status).toBe(204);
  });

  it('tell who asked nothing of what is registered and may not be read', async () => {
    const backend = await setup({ registered: ['payments'] });
    await backend.check('omar', LARGER);
    const own = async () => (await backend.waiting('omar'))[0].approval;
    expect(await own()).toHaveProperty('changes');
    backend.become({
      'coder-fleet.deployment.read': { result: AuthorizeResult.DENY },
    });
    expect(await own()).not.toHaveProperty('changes');
  });

  it('cannot be avoided by a way through another business unit', async () => {
    const backend = await setup({ registered: ['payments'] });
    const elsewhere = { ...LARGER, businessUnit: 'retail' };
    expect((await backend.check('omar', elsewhere)).decision).toBe(
      'approval-requested',
    );
    await backend.register('omar', elsewhere).expect(403);
  });

  it('are needed only where the unit has them in the portal', async () => {
    const backend = await setup();
    for (const businessUnit of ['media', 'retail']) {
      const found = await backend.check('omar', { businessUnit });
      expect(found.decision).toBe('clear');
      expect(found).not.toHaveProperty('approval');
    }
    await backend.register('omar', { businessUnit: 'retail' }).expect(201);
    expect(await backend.waiting('paula')).toEqual([]);
  });

  it('do not go on for who gave them', async () => {
    const backend = await setup();
    await backend.check('omar');
    await backend.approve('paula');
    const asked = await backend.ask('paula');
    expect([asked.status, asked.body.error.message]).toEqual([
      403,
      expect.stringMatching(/^You approved the request for "alpha"/),
    ]);
    await backend.register('paula').expect(403);
    expect((await backend.check('omar')).decision).toBe('clear');
  });

  it('are not given to what was changed since it was looked at', async () => {
    const backend = await setup();
    await backend.check('omar');
    const [{ approval }] = await backend.waiting('paula');
    await backend.check('omar', LARGER);
    const { status, body } = await backend.post('paula', {
      digest: approval.digest,
    });
    expect([status, body.error.message]).toEqual([
      409,
      expect.stringMatching(/was changed meanwhile: look/),
    ]);
    await backend.register('omar').expect(403);
  });

  it.each([
    ['without what is approved', {}, /digest/],
    ['of no digest', { digest: 'all' }, /digest/],
    [
      'with an empty comment',
      { digest: 'a'.repeat(64), comment: ' ' },
      /The comment must not be empty/,
    ],
    [
      'with hidden characters',
      { digest: 'a'.repeat(64), comment: 'a\u202eb' },
      /use plain text/,
    ],
  ])('%s are refused', async (_, body, message) => {
    const backend = await setup();
    await backend.check('omar');
    const answer = await backend.post('paula', body).expect(400);
    expect(answer.body.error.message).toMatch(message);
  });

  it('come after limits and rules, and wait beside a waiver', async () => {
    const backend = await setup(
      {
        decisions: {
          ...DENY,
          [WAIVE]: { result: AuthorizeResult.DENY },
        },
      },
      [{ businessUnit: 'payments', tiers: ['1k'], approval: 'portal' }],
    );
    const users = { expected: 5000, activeShare: 0.5 };
    await backend.ask('omar', { users }).expect(400);
    expect(await backend.waiting('omar')).toEqual([]);

    const { decision, approval, blocking } = await backend.check(
      'omar',
      COMMUNITY,
    );
    expect([decision, approval]).toEqual([
      'waiver-requested',
      { state: 'requested' },
    ]);
    backend.become({});
    expect(await backend.waiting('paula')).toEqual([
      expect.objectContaining({
        deployment: 'alpha',
        rules: blocking.map((rule: string) =>
          expect.objectContaining({ rule }),
        ),
        approval: expect.objectContaining({ edition: 'community' }),
      }),
    ]);
    await backend
      .raw('/requests/alpha/grant')
      .send({ reason: 'A pilot', expiresAt: in90Days() })
      .expect(204);
    backend.become({ ...DENY, [WAIVE]: { result: AuthorizeResult.DENY } });
    expect((await backend.check('omar', COMMUNITY)).decision).toBe(
      'approval-requested',
    );
    expect((await backend.approve('paula')).status).toBe(404);
    backend.become({});
    await backend.approve('paula');
    backend.become({ ...DENY, [WAIVE]: { result: AuthorizeResult.DENY } });
    expect(await backend.check('omar', COMMUNITY)).toMatchObject({
      decision: 'clear',
      approval: { state: 'given', approvedBy: 'user:default/paula' },
    });
    await backend.register('omar', COMMUNITY).expect(201);
  });

  it('are withdrawn by who asked, with what was given', async () => {
    const backend = await setup();
    await backend.check('omar');
    await backend.approve('paula');
    backend.become(DENY);
    await backend.dismiss('dana').expect(404);
    await backend.dismiss('omar').expect(204);
    expect(await backend.waiting('omar')).toEqual([]);
    await backend.register('omar').expect(403);
    await backend.dismiss('omar').expect(404);
  });

  it('are dismissed by those who may approve, a waiver by those who may grant it', async () => {
    const denied: Decisions = {
      ...DENY,
      [WAIVE]: { result: AuthorizeResult.DENY },
    };
    const backend = await setup({ decisions: denied });
    await backend.check('omar', COMMUNITY);
    await backend.dismiss('dana').expect(404);

    backend.become(DENY);
    await backend.dismiss('paula').expect(204);
    backend.become({});
    const [left] = await backend.waiting('paula');
    expect(left).toMatchObject({ rules: [], approval: { mayApprove: true } });
    backend.become({ [WAIVE]: { result: AuthorizeResult.DENY } });
    await backend.dismiss('paula').expect(204);
    backend.become({});
    expect(await backend.waiting('paula')).toEqual([]);
    await backend.dismiss('paula').expect(404);
  });
});
