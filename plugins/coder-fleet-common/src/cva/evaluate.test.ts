import { deployment } from '../__testUtils__/deployments';
import { plan } from '../architecture/plan';
import { render } from '../artifacts/render';
import {
  goodEvidence,
  hoursAgo,
  inDays,
  NOW,
  withoutFact,
  withValue,
} from './__testUtils__/evidence';
import { conclude, expect as check } from './conclude';
import { evaluate } from './evaluate';
import { Evidence, FactPath } from './evidence';
import { requestEvidence } from './requestEvidence';
import type { Rule } from './rule';
import { RULES } from './rules';
import type { Waiver } from './waiver';

const rule = (part: Partial<Rule> = {}): Rule => ({
  id: 'FLT-TST-001',
  chapter: 'topology',
  title: 'At least three replicas',
  origin: 'fleet',
  severity: 'high',
  rationale: 'Because.',
  remediation: 'Do it.',
  url: 'https://coder.com/docs',
  needs: ['coderApi.replicas'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('coderApi.replicas', ({ healthy }) => [
        check(healthy >= 3, {
          fact: 'coderApi.replicas',
          subject: 'healthy replicas',
          seen: String(healthy),
          wanted: 'at least 3',
        }),
      ]),
      'Enough replicas',
    ),
  ...part,
});

const judge = (evidence: Evidence, part?: Partial<Rule>, now = NOW) =>
  evaluate({ evidence, now, rules: [rule(part)] }).findings[0];

describe('evaluate', () => {
  it('lets a deployment that follows every recommendation pass every rule', () => {
    const { findings } = evaluate({ evidence: goodEvidence(), now: NOW });
    expect(
      findings
        .filter(({ verdict }) => !['pass', 'skip'].includes(verdict))
        .map(finding => `${finding.rule}: ${finding.message}`),
    ).toEqual([]);
  });

  it('judges a request by what was rendered from it, and fails nothing that we render', () => {
    const request = deployment();
    const { findings } = evaluate({
      evidence: requestEvidence({
        deployment: request,
        plan: plan(request),
        artifacts: render(request),
        now: NOW,
      }),
      now: NOW,
    });
    expect(
      findings
        .filter(({ verdict }) => ['fail', 'warn'].includes(verdict))
        .map(finding => `${finding.rule}: ${finding.message}`),
    ).toEqual([]);
  });

  it('says which fact it saw, when, and what it wanted', () => {
    const short = withValue(goodEvidence(), 'coderApi.replicas', value => ({
      ...value,
      healthy: 2,
    }));
    expect(judge(short)).toMatchObject({
      verdict: 'fail',
      message: 'healthy replicas: 2, wanted: at least 3',
      remediation: 'Do it.',
      evidence: [
        {
          fact: 'coderApi.replicas',
          seen: '2',
          wanted: 'at least 3',
          observedAt: NOW.toISOString(),
        },
      ],
    });
    expect(judge(goodEvidence())).not.toHaveProperty('remediation');
  });

  it.each([
    undefined,
    'denied',
    'unreachable',
    'error',
    'off',
    'absent',
  ] as const)(
    'is unknown where a fact is %s, and says what would supply it',
    status => {
      const evidence = withoutFact(goodEvidence(), 'coderApi.replicas', status);
      expect(judge(evidence)).toMatchObject({
        verdict: 'unknown',
        message: expect.stringMatching(
          /coderApi\.replicas: not known: .*It needs a token/,
        ),
      });
    },
  );

  it.each([
    ['too old', new Date(NOW.getTime() + 49 * 3_600_000)],
    ['from the future', new Date(NOW.getTime() - 10 * 60_000)],
  ])('does not rely on a fact that is %s', (_, now) => {
    expect(judge(goodEvidence(), {}, now).verdict).toBe('unknown');
  });

  it('keeps what a rule throws to that rule', () => {
    const { findings } = evaluate({
      evidence: goodEvidence(),
      now: NOW,
      rules: [
        rule({
          judge: () => {
            throw new Error('no such key');
          },
        }),
        rule(),
      ],
    });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['unknown', 'pass']);
    expect(findings[0].message).toMatch(/no such key/);
  });

  it('does not ask rules about a request that is not known', () => {
    const needs: FactPath[] = ['spec.plan'];
    const evidence = withoutFact(goodEvidence(), 'spec.plan', 'error');
    expect(judge(evidence, { needs })).toMatchObject({
      verdict: 'unknown',
      message: expect.stringMatching(/^spec\.plan is not known/),
    });
  });

  it('tells when time alone will change the answer', () => {
    const expiring = rule({
      judge: look =>
        conclude(
          [
            check(!look.isPast(inDays(3)), {
              fact: 'coderApi.licenses',
              subject: 'licence',
              seen: 'ends in 3 days',
            }),
          ],
          'Valid',
        ),
    });
    const first = evaluate({
      evidence: goodEvidence(),
      now: NOW,
      rules: [expiring],
    });
    expect(first.findings[0].verdict).toBe('pass');
    expect(first.turnsAt).toEqual(new Date(inDays(3)));
    const then = evaluate({
      evidence: goodEvidence(),
      now: new Date(inDays(3)),
      rules: [expiring],
    });
    expect(then.findings[0].verdict).toBe('fail');
    expect(then.turnsAt).toBeUndefined();
  });

  it('tells from when on a fact that was relied on is too old', () => {
    const { staleAt } = evaluate({
      evidence: goodEvidence(),
      now: NOW,
      rules: [rule()],
    });
    const before = new Date(staleAt!.getTime() - 1);
    expect(judge(goodEvidence(), {}, before).verdict).toBe('pass');
    expect(judge(goodEvidence(), {}, staleAt).verdict).toBe('unknown');
  });
});

describe('waivers', () => {
  const waiver = (part: Partial<Waiver> = {}): Waiver => ({
    id: 'w1',
    rule: 'FLT-TST-001',
    deployment: 'aurora',
    reason: 'A pilot',
    grantedBy: 'user:default/paula',
    grantedAt: hoursAgo(24),
    expiresAt: inDays(30),
    ...part,
  });
  const failing = withValue(goodEvidence(), 'coderApi.replicas', value => ({
    ...value,
    healthy: 1,
  }));
  const withWaivers = (waivers: Waiver[], part?: Partial<Rule>) =>
    evaluate({ evidence: failing, now: NOW, waivers, rules: [rule(part)] });

  it('stand beside the verdict, which stays what it is', () => {
    const { findings, turnsAt } = withWaivers([waiver()]);
    expect(findings[0]).toMatchObject({
      verdict: 'fail',
      waiver: { reason: 'A pilot', state: 'active' },
    });
    expect(turnsAt).toEqual(new Date(inDays(30)));
  });

  it('count as none once expired, and say so', () => {
    const { findings } = withWaivers([waiver({ expiresAt: hoursAgo(1) })]);
    expect(findings[0].waiver).toMatchObject({ state: 'expired' });
  });

  it('accept nothing when their end cannot be read', () => {
    const { findings } = withWaivers([waiver({ expiresAt: 'some day' })]);
    expect(findings[0].waiver?.state).toBe('expired');
  });

  it('prefer the one that lasts longest', () => {
    const { findings } = withWaivers([
      waiver({ id: 'old', expiresAt: hoursAgo(1) }),
      waiver({ id: 'long', expiresAt: inDays(60) }),
      waiver(),
    ]);
    expect(findings[0].waiver?.id).toBe('long');
  });

  it('accept neither other rules nor what may not be waived', () => {
    expect(
      withWaivers([waiver({ rule: 'CVA-DB-001' })]).findings[0],
    ).not.toHaveProperty('waiver');
    expect(
      withWaivers([waiver()], { unwaivable: true }).findings[0],
    ).not.toHaveProperty('waiver');
  });
});

describe('the catalogue of rules', () => {
  it('gives every rule an id of its own, a rationale, a remedy and a link', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, rationale, remediation, url, origin } of RULES) {
      expect(id).toMatch(/^(CVA|DOC|FLT)-[A-Z]{2,3}-\d{3}$/);
      expect(id.slice(0, 3)).toBe(
        { cva: 'CVA', 'coder-docs': 'DOC', fleet: 'FLT' }[origin],
      );
      expect(rationale).toMatch(/\.$/);
      expect(remediation).toMatch(/\.$/);
      expect(url).toMatch(/^https:\/\//);
    }
  });

  it.each(RULES.map(each => [each.id, each] as const))(
    '%s looks at nothing but what it says that it needs',
    (_, each) => {
      const { findings } = evaluate({
        evidence: goodEvidence(),
        now: NOW,
        rules: [each],
      });
      for (const { fact } of findings[0].evidence) {
        expect(each.needs).toContain(fact);
      }
    },
  );
});
