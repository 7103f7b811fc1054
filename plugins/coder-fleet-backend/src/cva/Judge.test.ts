import { mockServices } from '@backstage/backend-test-utils';
import {
  evaluate,
  knownFact,
  repositoryEvidence,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';
import type { Facts } from '../store/TrackingStore';
import { CycleJudge } from './CycleJudge';
import { EvidenceReader } from './EvidenceReader';
import { Judge } from './Judge';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const RULE = 'CVA-TOP-002';

describeOnDatabases('Judge', (databases, id) => {
  async function start() {
    const stores = await createStores(databases, id);
    const { deployments, time, attestations, backups, waivers, evaluations } =
      stores;
    await deployments.create(testRegistration('alpha'));
    const facts: Facts = {};
    let judged = {
      commit: 'a'.repeat(40),
      readAt: time.clock(),
      repository: repositoryEvidence([]),
    };
    const spy = jest.fn(evaluate);
    const options = {
      evidence: new EvidenceReader({
        tracking: { facts: async () => facts },
        artifacts: { judged: async () => judged },
        attestations,
        backups,
      }),
      waivers,
      evaluations,
      clock: time.clock,
      judge: spy,
    };
    const judge = new Judge(options);
    const restart = async () => {
      const record = (await deployments.get('alpha', 'all'))!;
      return new Judge(options).report(record);
    };
    const report = async () =>
      (await judge.report((await deployments.get('alpha', 'all'))!)).report;
    const see = (version: string) => {
      facts.reachability = knownFact(
        { version },
        { now: time.clock(), collector: 'reachability', intervalMs: MINUTE },
      );
    };
    const push = () => {
      judged = { ...judged, commit: 'b'.repeat(40) };
    };
    /** How often rules were asked meanwhile. */
    const asked = async (change: () => unknown) => {
      const before = spy.mock.calls.length;
      await change();
      await report();
      return spy.mock.calls.length - before;
    };
    return { ...stores, judge, restart, report, see, push, asked, spy };
  }

  it('judges again only when evidence, waivers or the clock may have changed the answer', async () => {
    const { asked, see, push, time, waivers, attestations } = await start();
    expect(await asked(() => {})).toBe(1);
    expect(await asked(() => {})).toBe(0);
    expect(await asked(() => see('v2.33.2'))).toBe(1);
    // Seen again, unchanged
    time.advance(MINUTE);
    expect(await asked(() => see('v2.33.2'))).toBe(0);
    expect(await asked(() => see('v2.33.3'))).toBe(1);
    expect(await asked(push)).toBe(1);
    // Too old, and fresh again
    expect(await asked(() => time.advance(3 * MINUTE))).toBe(1);
    expect(await asked(() => see('v2.33.3'))).toBe(1);
    const expiresAt = new Date(time.clock().getTime() + MINUTE);
    const grant = () =>
      waivers.grant({
        deployment: 'alpha',
        rule: RULE,
        reason: 'A pilot',
        grantedBy: 'user:default/paula',
        expiresAt,
      });
    expect(await asked(grant)).toBe(1);
    expect(await asked(() => time.advance(MINUTE - 1))).toBe(0);
    expect(await asked(() => time.advance(1))).toBe(1);
    const attest = () =>
      attestations.give({
        deployment: 'alpha',
        statement: 'own-cluster',
        holds: true,
        attestedBy: 'user:default/paula',
        reviewBy: expiresAt,
      });
    expect(await asked(attest)).toBe(1);
    expect(await asked(() => {})).toBe(0);
  });

  it('tells when evidence was last seen, although the findings are older', async () => {
    const { asked, report, see, time } = await start();
    see('v2.33.2');
    const { evaluatedAt } = await report();
    time.advance(MINUTE);
    expect(await asked(() => see('v2.33.2'))).toBe(0);
    const after = await report();
    expect(after.evaluatedAt).toBe(evaluatedAt);
    const ages = after.findings
      .flatMap(({ evidence }) => evidence)
      .filter(({ fact }) => fact === 'coderApi.reachability')
      .map(({ observedAt }) => observedAt);
    expect(ages).not.toEqual([]);
    expect(new Set(ages)).toEqual(new Set([time.now.toISOString()]));
  });

  it('judges anew after a restart: rules may be others than before', async () => {
    const { asked, restart, spy, time } = await start();
    await asked(() => {});
    time.advance(1);
    spy.mockClear();
    await restart();
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('counts a waiver as none from the moment it expires', async () => {
    const { report, waivers, time } = await start();
    await waivers.grant({
      deployment: 'alpha',
      rule: RULE,
      reason: 'A pilot',
      grantedBy: 'user:default/paula',
      expiresAt: new Date(time.clock().getTime() + MINUTE),
    });
    const state = async () =>
      (await report()).findings.find(({ rule }) => rule === RULE)?.waiver
        ?.state;
    expect(await state()).toBe('active');
    time.advance(MINUTE);
    expect(await state()).toBe('expired');
  });

  describe('in the cycle', () => {
    const polled = (changed: boolean) => ({
      name: 'alpha',
      facts: [{ changed }] as never,
    });

    it('looks again only after a change, a threshold or a while', async () => {
      const { judge, deployments, time, evaluations, report } = await start();
      const look = jest.fn(judge.report.bind(judge));
      const cycle = new CycleJudge({
        deployments,
        judge: { report: look },
        clock: time.clock,
        logger: mockServices.logger.mock(),
      });
      await cycle.polled(polled(false));
      expect(look).toHaveBeenCalledTimes(1);
      expect(await evaluations.get('alpha')).toMatchObject({
        findings: (await report()).findings,
      });
      await cycle.polled(polled(false));
      expect(look).toHaveBeenCalledTimes(1);
      await cycle.polled(polled(true));
      expect(look).toHaveBeenCalledTimes(2);
      time.advance(15 * MINUTE);
      await cycle.polled(polled(false));
      expect(look).toHaveBeenCalledTimes(3);
    });

    it('goes on after a failure, and says so', async () => {
      const { deployments, time, judge } = await start();
      const logger = mockServices.logger.mock();
      const report = jest
        .fn(judge.report.bind(judge))
        .mockRejectedValueOnce(new Error('no disk'));
      const cycle = new CycleJudge({
        deployments,
        judge: { report },
        clock: time.clock,
        logger,
      });
      await cycle.polled(polled(true));
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringMatching(/"alpha" cannot be judged: .*no disk/),
      );
      await cycle.polled(polled(true));
      expect(report).toHaveBeenCalledTimes(2);
    });
  });
});
