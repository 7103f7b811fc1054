import { conclude, expect } from '../conclude';
import { declared, envVariable, REPOSITORY } from '../declared';
import type { SupportLinkEvidence } from '../../tracking/facts';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Judgement, Rule } from '../rule';

const RUNNING = 'coderApi.supportLinks';

/** Support links need Premium: without, nobody could set them. */
function unlessAppearance(look: Look): Judgement | undefined {
  return look.unlessEntitled('appearance');
}

const set: Rule = {
  id: 'CVA-SUP-001',
  chapter: 'support',
  title: 'Support links lead users to help',
  origin: 'cva',
  severity: 'low',
  rationale:
    'Whoever is stuck looks into the menu first: links there save a ticket.',
  remediation:
    'Add links to your own documentation and help desk in the deployment file; they need a Premium licence.',
  url: LINKS.cvaSupport,
  needs: ['spec.deployment', REPOSITORY, RUNNING, 'coderApi.entitlements'],
  verdicts: ['pass', 'warn', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = unlessAppearance(look);
    if (notEntitled) {
      return notEntitled;
    }
    const asked = look.spec.supportLinks.length;
    return conclude(
      [
        ...declared(look, values =>
          expect(
            envVariable(values, 'CODER_SUPPORT_LINKS') !== undefined,
            {
              fact: REPOSITORY,
              subject: 'CODER_SUPPORT_LINKS',
              seen: envVariable(values, 'CODER_SUPPORT_LINKS')
                ? 'set'
                : 'not set',
              wanted: asked > 0 ? `${asked} links` : 'at least one link',
            },
            'warn',
          ),
        ),
        ...look.running(RUNNING, links => [
          expect(
            links.length > 0,
            {
              fact: RUNNING,
              subject: 'links that the server shows',
              seen: String(links.length),
              wanted: 'at least one',
            },
            'warn',
          ),
        ]),
      ],
      'Support links are set',
    );
  },
};

const RESULTS: Readonly<
  Record<SupportLinkEvidence['result'], Check['verdict']>
> = {
  ok: 'pass',
  unchecked: 'pass',
  moved: 'warn',
  broken: 'fail',
  unreachable: 'fail',
  refused: 'unknown',
};

const valid: Rule = {
  id: 'CVA-SUP-002',
  chapter: 'support',
  title: 'Support links are https and lead somewhere',
  origin: 'cva',
  severity: 'medium',
  rationale: 'A link that leads nowhere costs more trust than none.',
  remediation:
    'Correct the target in the deployment file; a moved page gets its new address.',
  url: LINKS.cvaSupport,
  needs: ['spec.deployment', RUNNING],
  verdicts: ['pass', 'warn', 'fail', 'unknown', 'skip'],
  judge(look) {
    const asked = look.spec.supportLinks;
    if (asked.length === 0 && !look.value(RUNNING)?.length) {
      return {
        verdict: 'skip',
        message: 'It has no support links',
        evidence: [
          {
            fact: 'spec.deployment',
            subject: 'support links',
            verdict: 'pass',
            seen: 'none',
          },
        ],
      };
    }
    return conclude(
      [
        ...asked.map(({ name, target }) =>
          expect(
            /^(?:https:|mailto:)/i.test(target),
            {
              fact: 'spec.deployment',
              subject: `link "${name}"`,
              seen: target,
              wanted: 'https',
            },
            'warn',
          ),
        ),
        ...look.of(RUNNING, links =>
          links.map(({ name, target, result, detail }) => ({
            fact: RUNNING,
            subject: `target of "${name}"`,
            verdict: RESULTS[result],
            seen: `${target}: ${detail ?? result}`,
            wanted: 'a page that answers',
          })),
        ),
      ],
      'Support links lead somewhere',
    );
  },
};

/** Where Coder's own links lead. Source: Coder docs, appearance (default links). */
const DEFAULT_TARGETS = [
  /^https:\/\/coder\.com\/docs/i,
  /^https:\/\/github\.com\/coder\/coder(?:\/|$)/i,
  /^https:\/\/(?:coder\.com\/chat|discord\.(?:gg|com))/i,
];

const noDefaults: Rule = {
  id: 'FLT-SUP-001',
  chapter: 'support',
  title: 'Own support links have replaced those of Coder',
  origin: 'fleet',
  severity: 'low',
  rationale:
    'Users of a company should reach its own help, not report its problems in public.',
  remediation:
    'Roll out the values with CODER_SUPPORT_LINKS: any link of your own replaces all defaults.',
  url: LINKS.appearance,
  needs: ['spec.deployment', RUNNING, 'coderApi.entitlements'],
  verdicts: ['pass', 'warn', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = unlessAppearance(look);
    if (notEntitled) {
      return notEntitled;
    }
    const asked = new Set(look.spec.supportLinks.map(({ target }) => target));
    return conclude(
      look.of(RUNNING, links => {
        const left = links.filter(
          ({ target }) =>
            asked.size > 0 &&
            !asked.has(target) &&
            DEFAULT_TARGETS.some(pattern => pattern.test(target)),
        );
        return [
          expect(
            left.length === 0,
            {
              fact: RUNNING,
              subject: 'links of Coder that are left',
              seen: left.map(({ name }) => name).join(', ') || 'none',
              wanted: 'none',
            },
            'warn',
          ),
        ];
      }),
      'No link of Coder is left',
    );
  },
};

const bundle: Rule = {
  id: 'CVA-SUP-003',
  chapter: 'support',
  title: 'Users know how to make a support bundle',
  origin: 'cva',
  severity: 'info',
  rationale:
    'A bundle made while the problem is there spares days of questions and answers.',
  remediation:
    'Publish the guide of the Support tab where users look, and attest it on the CVA tab.',
  url: LINKS.supportBundle,
  needs: ['attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [look.attested('support-bundle-published')],
      'Users know how to make a support bundle',
    ),
};

/**
 * Chapter "Support".
 *
 * @internal
 */
export const SUPPORT_RULES: readonly Rule[] = [set, valid, bundle, noDefaults];
