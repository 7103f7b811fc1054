import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';

jest.setTimeout(60_000);

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString();

describeOnDatabases('decisions', (databases, id) => {
  const start = backendStarter(databases, id);
  const waiver = (part: object = {}) => ({
    rule: 'CVA-TOP-002',
    reason: 'A pilot on a shared cluster',
    expiresAt: inDays(30),
    ...part,
  });

  it('waivers are granted, shown beside the finding, audited, and taken back', async () => {
    const backend = await start({ registered: ['alpha'] });
    const { body: granted } = await backend
      .post('/deployments/alpha/waivers')
      .send(waiver())
      .expect(201);
    expect(granted).toMatchObject({
      rule: 'CVA-TOP-002',
      grantedBy: 'user:default/mock',
    });
    const { body: report } = await backend
      .get('/deployments/alpha/cva')
      .expect(200);
    const found = report.findings.find(
      (finding: { rule: string }) => finding.rule === 'CVA-TOP-002',
    );
    expect(found).toMatchObject({
      verdict: 'unknown',
      waiver: { id: granted.id, state: 'active' },
    });
    expect(report.waivers).toEqual([granted]);
    expect(report.score.overall.total).toBeGreaterThan(20);
    expect(backend.audit).toContainEqual({
      eventId: 'deployment-mutate',
      severityLevel: 'medium',
      meta: { actionType: 'grant-waiver', name: 'alpha', rule: 'CVA-TOP-002' },
      outcome: 'success',
    });
    const path = `/deployments/alpha/waivers/${granted.id}`;
    await backend.delete(path).expect(204);
    await backend.delete(path).expect(404);
  });

  it.each([
    ['an unknown rule', { rule: 'CVA-XX-999' }, /There is no rule/],
    [
      'a rule that cannot be waived',
      { rule: 'CVA-DB-001' },
      /cannot be waived/,
    ],
    ['no reason', { reason: '   ' }, /must not be empty/],
    ['a hidden character', { reason: 'a\u0000b' }, /use plain text/],
    ['text that runs backwards', { reason: 'a\u202eb' }, /use plain text/],
    ['an end that has passed', { expiresAt: inDays(-1) }, /in the future/],
    ['an end after more than a year', { expiresAt: inDays(400) }, /a year/],
  ])('waivers with %s are refused', async (_, part, message) => {
    const backend = await start({ registered: ['alpha'] });
    const { body } = await backend
      .post('/deployments/alpha/waivers')
      .send(waiver(part))
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('what people say is recorded, and judged', async () => {
    const backend = await start({ registered: ['alpha'] });
    const path = '/deployments/alpha/attestations/own-cluster';
    const verdict = async () =>
      (await backend.get('/deployments/alpha/cva')).body.findings.find(
        (finding: { rule: string }) => finding.rule === 'CVA-TOP-002',
      ).verdict;
    await backend
      .put(path, { holds: true, note: 'eu-1', reviewBy: inDays(180) })
      .expect(204);
    expect(await verdict()).toBe('pass');
    await backend
      .put(path, { holds: false, reviewBy: inDays(180) })
      .expect(204);
    expect(await verdict()).toBe('fail');
    await backend.delete(path).expect(204);
    await backend.delete(path).expect(404);
    expect(await verdict()).toBe('unknown');
    await backend.put(path, { holds: true, reviewBy: inDays(400) }).expect(400);
    await backend
      .put('/deployments/alpha/attestations/nonsense', {
        holds: true,
        reviewBy: inDays(1),
      })
      .expect(400);
  });

  it('upgrades are declared and ended, and make the state at the next look', async () => {
    const backend = await start({ registered: ['alpha'] });
    const path = '/deployments/alpha/upgrade-window';
    const until = inDays(1);
    await backend
      .put(path, { until, targetVersion: '2.37.1', reason: 'Monthly' })
      .expect(204);
    const { body } = await backend
      .post('/deployments/alpha/refresh')
      .expect(200);
    expect(body).toMatchObject({
      state: 'upgrading',
      stateReason: expect.stringMatching(/upgrade to 2\.37\.1 .*Monthly/),
      upgrade: { until, declaredBy: 'user:default/mock' },
    });
    await backend.delete(path).expect(204);
    const { body: after } = await backend.post('/deployments/alpha/refresh');
    expect(after.state).toBe('healthy');
    await backend.put(path, { until: inDays(-1) }).expect(400);
    await backend.put(path, { until, targetVersion: 'next' }).expect(400);
  });

  it('are for those who may: others get 403, and 404 where they may not read', async () => {
    const DENY = { result: AuthorizeResult.DENY } as const;
    const backend = await start({
      registered: ['alpha'],
      decisions: {
        'coder-fleet.waiver.create': DENY,
        'coder-fleet.deployment.update': DENY,
      },
    });
    const attestation = { holds: true, reviewBy: inDays(1) };
    const answers = async () => [
      (await backend.post('/deployments/alpha/waivers').send(waiver())).status,
      (await backend.delete('/deployments/alpha/waivers/x')).status,
      (
        await backend.put(
          '/deployments/alpha/attestations/own-cluster',
          attestation,
        )
      ).status,
      (await backend.delete('/deployments/alpha/attestations/own-cluster'))
        .status,
      (
        await backend.put('/deployments/alpha/upgrade-window', {
          until: inDays(1),
        })
      ).status,
      (await backend.delete('/deployments/alpha/upgrade-window')).status,
    ];
    expect(new Set(await answers())).toEqual(new Set([403]));
    backend.decisions['coder-fleet.deployment.read'] = DENY;
    expect(new Set(await answers())).toEqual(new Set([404]));
    await backend.get('/deployments/alpha/cva').expect(404);
  });
});
