/* eslint-disable jest/expect-expect -- supertest expects */
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';

jest.setTimeout(60_000);

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const backup = (part: object = {}) => ({
  runId: '20261129T020000Z-abcdef',
  engine: 'pg_dump',
  startedAt: ago(10),
  finishedAt: ago(9),
  outcome: 'succeeded',
  error: null,
  location: 's3:backups/alpha/20261129T020000Z-abcdef',
  sizeBytes: 104_857_600,
  sha256: 'a'.repeat(64),
  verified: true,
  coderVersion: 'v2.36.5',
  schemaVersion: 412,
  serverVersion: '17.6',
  counts: { users: 500 },
  secrets: ['coder-db-url'],
  schedule: '0 2 * * *',
  retentionDays: 30,
  ...part,
});

const drill = (part: object = {}) => ({
  runId: '20261129T050000Z-abcdef',
  backupRunId: '20261129T020000Z-abcdef',
  startedAt: ago(5),
  finishedAt: ago(4),
  outcome: 'succeeded',
  error: null,
  restoreMillis: 41_000,
  totalSeconds: 60,
  sizeBytes: 104_857_600,
  schemaVersion: 412,
  counts: { users: 500 },
  ...part,
});

describeOnDatabases('backups', (databases, id) => {
  const start = backendStarter(databases, id);

  async function setup(options: Parameters<typeof start>[0] = {}) {
    const backend = await start({ registered: ['alpha', 'beta'], ...options });
    const issue = async (name = 'alpha') =>
      (await backend.post(`/deployments/${name}/report-tokens`).expect(201))
        .body as { id: string; token: string };
    const report = (
      token: string | undefined,
      body: object,
      to: { name?: string; kind?: 'backup' | 'drill' } = {},
    ) => {
      const { name = 'alpha', kind = 'backup' } = to;
      const request = backend.post(`/deployments/${name}/${kind}-reports`);
      // Backstage's test server takes a missing header for a signed-in user
      request.set('authorization', token ? `Bearer ${token}` : 'none');
      return request.send(body);
    };
    const backups = async (name = 'alpha') =>
      (await backend.get(`/deployments/${name}/backups`).expect(200)).body;
    const verdict = async (rule: string) =>
      (await backend.get('/deployments/alpha/cva')).body.findings.find(
        (finding: { rule: string }) => finding.rule === rule,
      ).verdict;
    return { ...backend, issue, report, backups, verdict };
  }

  it('says that nothing is known before anybody reported', async () => {
    const { backups, verdict } = await setup();
    expect(await backups()).toMatchObject({
      schedule: '0 3 * * *',
      retentionDays: 30,
      backup: { standing: 'never' },
      drill: { standing: 'never' },
      records: [],
      drills: [],
    });
    expect(await verdict('FLT-REC-002')).toBe('unknown');
    expect(await verdict('FLT-REC-003')).toBe('unknown');
  });

  it('keeps what is reported, shows it, and judges it', async () => {
    const { issue, report, backups, verdict, audit } = await setup();
    const { id: tokenId, token } = await issue();
    await report(token, backup()).expect(201);
    await report(token, drill(), { kind: 'drill' }).expect(201);
    const { error: _, ...kept } = backup();
    const shown = await backups();
    expect(shown).toMatchObject({
      backup: { standing: 'recent' },
      drill: { standing: 'proved' },
    });
    expect(shown.records).toEqual([
      {
        ...kept,
        startedAt: expect.any(String),
        finishedAt: expect.any(String),
      },
    ]);
    expect(shown.drills[0]).toMatchObject({ restoreMillis: 41_000 });
    expect(await verdict('FLT-REC-001')).toBe('pass');
    expect(await verdict('FLT-REC-002')).toBe('pass');
    expect(await verdict('FLT-REC-003')).toBe('pass');
    expect(audit).toContainEqual({
      eventId: 'report-receive',
      severityLevel: 'low',
      meta: {
        name: 'alpha',
        tokenId,
        kind: 'backup',
        runId: '20261129T020000Z-abcdef',
      },
      outcome: 'success',
    });
    expect(JSON.stringify(audit)).not.toContain(token);
  });

  it('shows a failure beside the good one before it, and what is overdue', async () => {
    const { issue, report, backups, verdict } = await setup();
    const { token } = await issue();
    await report(
      token,
      backup({ runId: 'good', startedAt: ago(2000), finishedAt: ago(1990) }),
    ).expect(201);
    await report(
      token,
      backup({ runId: 'bad', outcome: 'failed', error: 'No space left' }),
    ).expect(201);
    const shown = await backups();
    expect(shown.backup.standing).toBe('failing');
    expect(shown.records.map(({ runId }: { runId: string }) => runId)).toEqual([
      'bad',
      'good',
    ]);
    expect(await verdict('FLT-REC-002')).toBe('pass');

    const { token: other } = await issue('beta');
    await report(
      other,
      backup({ startedAt: ago(3000), finishedAt: ago(2990) }),
      { name: 'beta' },
    ).expect(201);
    expect((await backups('beta')).backup.standing).toBe('overdue');
  });

  it('takes a run once: what is reported again changes nothing', async () => {
    const { issue, report, backups } = await setup();
    const { token } = await issue();
    await report(token, backup()).expect(201);
    const { body } = await report(
      token,
      backup({ outcome: 'failed', error: 'forged' }),
    ).expect(200);
    expect(body).toEqual({
      runId: '20261129T020000Z-abcdef',
      recorded: false,
    });
    expect((await backups()).records).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('answers the same to a token that is missing, unknown, revoked or of another deployment', async () => {
    const { issue, report, backups, delete: remove } = await setup();
    const mine = await issue();
    const foreign = await issue('beta');
    await remove(`/deployments/alpha/report-tokens/${mine.id}`).expect(204);
    const answers = await Promise.all([
      report(undefined, backup()),
      report('cfr_unknown', backup()),
      report(mine.token, backup()),
      report(foreign.token, backup()),
      report(foreign.token, backup(), { name: 'nobody' }),
      // Neither is the body looked at before the token is
      report(foreign.token, { nonsense: true }),
      report(foreign.token, drill(), { kind: 'drill' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(
      new Set(answers.map(({ body }) => JSON.stringify(body.error.message)))
        .size,
    ).toBe(1);
    expect((await backups()).records).toEqual([]);
  });

  it("does not take a person's credentials for a report", async () => {
    const { post } = await setup();
    await post('/deployments/alpha/backup-reports').send(backup()).expect(401);
    await post('/deployments/alpha/BACKUP-REPORTS/').send(backup()).expect(401);
  });

  it('lets two tokens be valid, so that one is replaced without a gap', async () => {
    const { issue, report, post, get, delete: remove } = await setup();
    const first = await issue();
    const second = await issue();
    const { body } = await post('/deployments/alpha/report-tokens').expect(409);
    expect(body.error.message).toMatch(/revoke the one that is not used/);
    await report(first.token, backup({ runId: 'one' })).expect(201);
    await report(second.token, backup({ runId: 'two' })).expect(201);
    await remove(`/deployments/alpha/report-tokens/${first.id}`).expect(204);
    await report(first.token, backup({ runId: 'three' })).expect(401);
    await report(second.token, backup({ runId: 'three' })).expect(201);
    const { items } = (await get('/deployments/alpha/report-tokens')).body;
    expect(items).toEqual([
      {
        id: second.id,
        createdBy: 'user:default/mock',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ]);
    await remove(`/deployments/beta/report-tokens/${second.id}`).expect(404);
  });

  it('issues no third token to two people who ask at once', async () => {
    const { post } = await setup();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => post('/deployments/alpha/report-tokens')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201, 201, 409, 409,
    ]);
  });

  it.each([
    ['of the future', { finishedAt: ago(-60) }, /has not come yet/],
    ['that ended before it began', { startedAt: ago(1) }, /is after/],
    ['without an outcome', { outcome: undefined }, /outcome/],
    ['with an unknown outcome', { outcome: 'maybe' }, /outcome/],
    ['with a negative size', { sizeBytes: -1 }, /sizeBytes/],
    ['with an id of no run', { runId: '../../x' }, /runId/],
  ])('a report %s is refused with the reason', async (_, part, message) => {
    const { issue, report, backups } = await setup();
    const { token } = await issue();
    const { body } = await report(token, backup(part)).expect(400);
    expect(body.error.message).toMatch(message);
    expect((await backups()).records).toEqual([]);
  });

  it('a report with fields of a later version is taken', async () => {
    const { issue, report } = await setup();
    const { token } = await issue();
    await report(token, backup({ compression: 'zstd' })).expect(201);
  });

  it('a report of more than 64 KiB is refused', async () => {
    const { issue, report } = await setup();
    const { token } = await issue();
    await report(token, backup({ note: 'x'.repeat(66_000) })).expect(413);
  });

  it('only so many reports come in a minute from one address', async () => {
    const { report } = await setup();
    const statuses: number[] = [];
    for (let i = 0; i < 130; i++) {
      statuses.push((await report('cfr_guess', backup())).status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.at(-1)).toBe(429);
  });

  it('keeps tokens from whoever may not issue them', async () => {
    const { get, post, decisions } = await setup();
    decisions['coder-fleet.report-token.create'] = {
      result: AuthorizeResult.DENY,
    };
    await post('/deployments/alpha/report-tokens').expect(403);
    await get('/deployments/alpha/report-tokens').expect(403);
  });
});
