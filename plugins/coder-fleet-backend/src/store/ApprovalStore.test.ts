import { requestDigest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testDeployment } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';
import type { Scope } from '../permissions/scope';

jest.setTimeout(60_000);

const OMAR = 'user:default/omar';
const PAULA = 'user:default/paula';
const of = (users: number, name = 'alpha', spec: object = {}) =>
  testDeployment(name, {
    ...spec,
    users: { expected: users, activeShare: 0.5 },
  });
const onlyIn = (unit: string): Scope => ({
  property: 'businessUnit',
  values: [unit],
});

describeOnDatabases('ApprovalStore', (databases, id) => {
  async function setup() {
    const { approvals, time } = await createStores(databases, id);
    const ask = (asked = of(500), requestedBy = OMAR) =>
      approvals.ask({ asked, tier: '1k', requestedBy });
    const approve = (
      asked = of(500),
      options: { scope?: Scope; approvedBy?: string } = {},
    ) =>
      approvals.approve(asked.metadata.name, {
        scope: 'all',
        approvedBy: PAULA,
        ...options,
        digest: requestDigest(asked),
      });
    const waiting = async (scope: Scope = 'all') =>
      (await approvals.list(scope)).map(({ digest }) => digest);
    return { approvals, time, ask, approve, waiting };
  }

  it('lists what waits by scope and by person, the oldest first', async () => {
    const { approvals, time, ask } = await setup();
    await ask(of(500, 'beta'));
    const requestedAt = time.clock().toISOString();
    time.advance(1000);
    const alpha = of(500, 'alpha', {
      businessUnit: 'retail',
      owner: 'group:Retail',
    });
    await ask(alpha, PAULA);
    const names = async (scope: Scope) =>
      (await approvals.list(scope)).map(({ asked }) => asked.metadata.name);
    expect(await names('all')).toEqual(['beta', 'alpha']);
    expect(await names(onlyIn('retail'))).toEqual(['alpha']);
    expect(await names('none')).toEqual([]);
    expect(await approvals.listOf(OMAR)).toEqual([
      {
        asked: of(500, 'beta'),
        digest: requestDigest(of(500, 'beta')),
        tier: '1k',
        owner: 'group:default/platform',
        businessUnit: 'payments',
        region: 'eu-west',
        requestedBy: OMAR,
        requestedAt,
      },
    ]);
    expect((await approvals.listOf(PAULA))[0].owner).toBe(
      'group:default/retail',
    );
  });

  it('approves exactly what is asked for now, once, and never of who asked', async () => {
    const { approvals, ask, approve, waiting } = await setup();
    expect(await approve()).toBe(false);
    await ask(of(400));
    await ask(of(500));
    await expect(approve(of(400))).rejects.toThrow(/was changed meanwhile/);
    await expect(approve(of(500), { approvedBy: OMAR })).rejects.toThrow(
      /You asked for "alpha" yourself: somebody else/,
    );
    expect(await approve(of(500), { scope: onlyIn('retail') })).toBe(false);
    expect(await approvals.approved('alpha')).toBeUndefined();

    expect(await approve(of(500), { scope: onlyIn('payments') })).toBe(true);
    expect(await approvals.approved('alpha')).toEqual({
      digest: requestDigest(of(500)),
      approvedBy: PAULA,
    });
    expect(await waiting()).toEqual([]);
    expect(await approve()).toBe(false);
  });

  it('is the request of who asked first for exactly this', async () => {
    const { approvals, time, ask } = await setup();
    await ask();
    const [first] = await approvals.list('all');
    time.advance(1000);
    await ask(of(500), PAULA);
    expect(await approvals.list('all')).toEqual([first]);
    await ask(of(600), PAULA);
    expect(await approvals.list('all')).toEqual([
      expect.objectContaining({
        requestedBy: PAULA,
        requestedAt: time.clock().toISOString(),
      }),
    ]);
  });

  it('keeps what was approved while something else waits, until that is approved', async () => {
    const { approvals, ask, approve, waiting } = await setup();
    await ask();
    await approve();
    await ask(of(600));
    expect(await waiting()).toEqual([requestDigest(of(600))]);
    expect(await approvals.approved('alpha')).toMatchObject({
      digest: requestDigest(of(500)),
    });
    await approve(of(600));
    expect(await approvals.approved('alpha')).toMatchObject({
      digest: requestDigest(of(600)),
    });
  });

  it('spends the approval of what is registered, and leaves what else waits', async () => {
    const { approvals, ask, approve, waiting } = await setup();
    await ask();
    await approve();
    await ask(of(600));
    await approvals.settle(of(700));
    expect(await approvals.approved('alpha')).toBeDefined();
    await approvals.settle(of(500));
    expect(await approvals.approved('alpha')).toBeUndefined();
    expect(await waiting()).toEqual([requestDigest(of(600))]);
    await approvals.settle(of(600));
    expect(await waiting()).toEqual([]);
    await ask();
    expect(await waiting()).toEqual([requestDigest(of(500))]);
  });

  it('shows who asked that it was approved, until it is registered', async () => {
    const { approvals, ask, approve } = await setup();
    const given = async (who = OMAR) =>
      (await approvals.listOf(who)).map(request => request.given);
    await ask();
    expect(await given()).toEqual([undefined]);
    await approve();
    const approval = { digest: requestDigest(of(500)), approvedBy: PAULA };
    expect(await given()).toEqual([approval]);
    expect(await given(PAULA)).toEqual([]);
    await ask(of(600));
    expect(await given()).toEqual([undefined]);
    await ask(of(500));
    expect(await given()).toEqual([approval]);
    await approvals.settle(of(500));
    expect(await given()).toEqual([]);
  });

  it('is withdrawn by who asked, and takes an approval back with it', async () => {
    const { approvals, ask, approve, waiting } = await setup();
    await ask();
    await approve();
    expect(await approvals.withdraw('alpha', PAULA)).toBe(false);
    expect(await approvals.withdraw('alpha', OMAR)).toBe(true);
    expect(await approvals.withdraw('alpha', OMAR)).toBe(false);
    expect(await approvals.approved('alpha')).toBeUndefined();
    expect(await waiting()).toEqual([]);
  });

  it('dismisses within a scope, and takes an approval back with it', async () => {
    const { approvals, ask, approve, waiting } = await setup();
    await ask();
    await approve();
    await ask(of(600));
    expect(await approvals.dismiss('alpha', onlyIn('retail'))).toBe(false);
    expect(await approvals.dismiss('alpha', onlyIn('payments'))).toBe(true);
    expect(await approvals.dismiss('alpha', 'all')).toBe(false);
    expect(await waiting()).toEqual([]);
    expect(await approvals.approved('alpha')).toBeUndefined();
  });
});
