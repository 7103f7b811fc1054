import { releaseSupport, ReleaseSupport } from '../../release/support';
import { compareCoderVersions, parseCoderVersion } from '../../release/version';
import { conclude, expect } from '../conclude';
import {
  declared,
  describeVariable,
  envVariable,
  envValue,
  releases,
  REPOSITORY,
} from '../declared';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Judgement, Rule } from '../rule';
import { isDangerous, isDocumented } from '../serverVariables';

const DAY_MS = 24 * 60 * 60_000;

/** A licence that ends sooner needs a hand. This project's own figure, as for a long holiday. */
const LICENCE_DAYS = 30;

/** Source: Coder's observability bundle, alert on licence seats. */
const SEATS = 0.9;

const valuesInGit: Rule = {
  id: 'CVA-RDY-001',
  chapter: 'readiness',
  title: 'The Helm values are under version control',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Values that are only in a cluster are lost with it, and nobody can tell who changed what.',
  remediation:
    'Register the deployment with its repository, and install from there only.',
  url: LINKS.cvaHelm,
  needs: ['git.repository', REPOSITORY],
  verdicts: ['pass', 'unknown'],
  judge: look =>
    conclude(
      [
        ...look.of('git.repository', ({ location, commit }) => [
          expect(true, {
            fact: 'git.repository',
            subject: 'repository',
            seen: `${location} at ${commit.slice(0, 7)}`,
          }),
        ]),
        ...declared(look, () =>
          expect(true, {
            fact: REPOSITORY,
            subject: "the control plane's Helm values",
            seen: 'there',
          }),
        ),
      ],
      'The Helm values are in Git',
    ),
};

const asRendered: Rule = {
  id: 'FLT-RDY-001',
  chapter: 'readiness',
  title: 'Rendered files are as they were rendered',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'An edit by hand is lost with the next change of the specification, or holds it up.',
  remediation:
    'Put the change into coder-deployment.yaml, or ask for a setting that it lacks, and render again.',
  url: LINKS.cvaHelm,
  needs: [REPOSITORY],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      look.of(REPOSITORY, ({ deviation }) =>
        deviation
          ? (['edited', 'missing'] as const).map(kind =>
              expect(
                deviation[kind].length === 0,
                {
                  fact: REPOSITORY,
                  subject: `${kind} files`,
                  seen: deviation[kind].slice(0, 5).join(', ') || 'none',
                  wanted: 'none',
                },
                'warn',
              ),
            )
          : [look.unknown(REPOSITORY, 'the lock file of the repository')],
      ),
      'Rendered files are as they were rendered',
    ),
};

const installedAsDeclared: Rule = {
  id: 'FLT-RDY-002',
  chapter: 'readiness',
  title: 'What is installed and runs is what was declared',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'Where they differ, nobody knows which one an upgrade or a restore begins from.',
  remediation:
    'Install the declared version, or declare the one that is meant to run.',
  url: LINKS.upgrade,
  needs: ['spec.plan', 'kubernetes.helmReleases', 'coderApi.reachability'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const wanted = look.plan.release.version.value;
    const { release, namespace } = look.plan.controlPlane;
    const installed = look.running('kubernetes.helmReleases', all => {
      const ours = all.find(
        ({ name, namespace: where }) => name === release && where === namespace,
      );
      return [
        expect(ours?.chartVersion === wanted && ours.status === 'deployed', {
          fact: 'kubernetes.helmReleases',
          subject: `Helm release ${release}`,
          seen: ours ? `${ours.chartVersion}, ${ours.status}` : 'none',
          wanted: `${wanted}, deployed`,
        }),
      ];
    });
    return conclude(
      [
        ...installed,
        ...look.of('coderApi.reachability', ({ version }) => [
          expect(
            isSame(version, wanted),
            {
              fact: 'coderApi.reachability',
              subject: 'version that runs',
              seen: version,
              wanted,
            },
            'warn',
          ),
        ]),
      ],
      `${wanted} is installed and runs`,
    );
  },
};

function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map(text => parseCoderVersion(text));
  return (
    left !== undefined &&
    right !== undefined &&
    compareCoderVersions(left, right) === 0
  );
}

const pinned: Rule = {
  id: 'DOC-RDY-001',
  chapter: 'readiness',
  title: 'Images are pinned to a version',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'A tag that moves gives replicas of different versions, and an upgrade that nobody decided.',
  remediation: 'Set coder.image.tag to an exact version such as v2.36.5.',
  url: LINKS.kubernetes,
  needs: [REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        ...declared(look, (_, repository) =>
          releases(repository).map(({ name, values: { coder } }) => {
            const tag = coder?.image?.tag;
            return expect(tag === undefined || tag === '' || isExact(tag), {
              fact: REPOSITORY,
              subject: `image of the ${name}`,
              seen: tag || "the chart's version",
              wanted: 'an exact version',
            });
          }),
        ),
        ...look.running('kubernetes.pods', pods => {
          const moving = pods.filter(
            ({ role, image }) =>
              role !== 'workspace' && role !== 'other' && !isPinned(image),
          );
          return [
            expect(moving.length === 0, {
              fact: 'kubernetes.pods',
              subject: 'pods with an image that moves',
              seen:
                moving.map(pod => `${pod.name}: ${pod.image}`).join(', ') ||
                'none',
              wanted: 'none',
            }),
          ];
        }),
      ],
      'Images are pinned to a version',
    ),
};

function isExact(tag: string): boolean {
  return /^v?\d+\.\d+\.\d+/.test(tag);
}

/** By a digest, or by a tag that is an exact version. */
function isPinned(image: string): boolean {
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  return image.includes('@sha256:') || (tag !== undefined && isExact(tag));
}

const documented: Rule = {
  id: 'CVA-RDY-002',
  chapter: 'readiness',
  title: 'Environment variables are those that Coder documents',
  origin: 'cva',
  severity: 'low',
  rationale:
    'A name with a mistake in it is taken without a word, and does nothing.',
  remediation:
    "Compare the name with Coder's list of server options, and correct or remove it.",
  url: LINKS.serverOptions,
  needs: [REPOSITORY],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      declared(look, ({ coder }) => {
        const unknown = (coder?.env ?? [])
          .map(({ name }) => name)
          .filter(name => !isDocumented(name));
        return expect(
          unknown.length === 0,
          {
            fact: REPOSITORY,
            subject: 'variables that are not documented',
            seen: unknown.slice(0, 10).join(', ') || 'none',
            wanted: 'none',
          },
          'warn',
        );
      }),
      'All variables are documented',
    ),
};

const dangerous: Rule = {
  id: 'DOC-RDY-002',
  chapter: 'readiness',
  title: 'No option is set that Coder calls dangerous',
  origin: 'coder-docs',
  severity: 'critical',
  rationale:
    'These options lift protections: of sign-in, or between the workspaces of different people.',
  remediation: 'Remove every variable that begins with CODER_DANGEROUS_.',
  url: LINKS.serverOptions,
  needs: [REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        ...declared(look, ({ coder }) => {
          const set = (coder?.env ?? [])
            .filter(
              variable =>
                isDangerous(variable.name) &&
                !('value' in variable && variable.value === 'false'),
            )
            .map(({ name }) => name);
          return expect(set.length === 0, {
            fact: REPOSITORY,
            subject: 'dangerous variables in the Helm values',
            seen: set.join(', ') || 'none',
            wanted: 'none',
          });
        }),
        ...look.running('coderApi.serverOptions', options => {
          const set = Object.entries(options)
            .filter(
              ([name, { set: isSet, value }]) =>
                isDangerous(name) && isSet && value !== false,
            )
            .map(([name]) => name);
          return [
            expect(set.length === 0, {
              fact: 'coderApi.serverOptions',
              subject: 'dangerous options of the running server',
              seen: set.join(', ') || 'none',
              wanted: 'none',
            }),
          ];
        }),
      ],
      'No dangerous option is set',
    ),
};

const github: Rule = {
  id: 'DOC-RDY-003',
  chapter: 'readiness',
  title: "Coder's own GitHub application is off",
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'It is on by default, and lets anybody with an account at GitHub try to sign in.',
  remediation:
    'Set CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE to "false" and sign people in by your own identity provider.',
  url: LINKS.githubAuth,
  needs: [REPOSITORY, 'coderApi.authMethods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        ...declared(look, values => {
          const name = 'CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE';
          return expect(envValue(values, name) === 'false', {
            fact: REPOSITORY,
            subject: name,
            seen: describeVariable(envVariable(values, name)),
            wanted: 'false',
          });
        }),
        ...look.running('coderApi.authMethods', ({ gitHubDefaultProvider }) => [
          expect(
            gitHubDefaultProvider === false,
            {
              fact: 'coderApi.authMethods',
              subject: "sign-in through Coder's own GitHub application",
              seen: String(gitHubDefaultProvider ?? 'not known'),
              wanted: 'false',
            },
            gitHubDefaultProvider === undefined ? 'unknown' : 'fail',
          ),
        ]),
      ],
      "Coder's own GitHub application is off",
    ),
};

const telemetry: Rule = {
  id: 'FLT-RDY-003',
  chapter: 'readiness',
  title: 'Telemetry is decided on',
  origin: 'fleet',
  severity: 'low',
  rationale:
    "It is on by default: whether data about use leaves the company should be somebody's decision.",
  remediation: 'Set CODER_TELEMETRY_ENABLE to "true" or "false".',
  url: LINKS.telemetry,
  needs: [REPOSITORY],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      declared(look, values => {
        const variable =
          envVariable(values, 'CODER_TELEMETRY_ENABLE') ??
          envVariable(values, 'CODER_TELEMETRY');
        return expect(
          variable !== undefined,
          {
            fact: REPOSITORY,
            subject: 'CODER_TELEMETRY_ENABLE',
            seen: describeVariable(variable),
            wanted: 'set',
          },
          'warn',
        );
      }),
      'Telemetry is decided on',
    ),
};

/** Ends a rule about licences where none is needed. */
function unlessPremium(look: Look): Judgement | undefined {
  return look.spec.edition === 'premium'
    ? undefined
    : {
        verdict: 'skip',
        message: 'The community edition has no licence',
        evidence: [
          {
            fact: 'spec.deployment',
            subject: 'edition',
            verdict: 'pass',
            seen: look.spec.edition,
          },
        ],
      };
}

const licence: Rule = {
  id: 'FLT-RDY-004',
  chapter: 'readiness',
  title: `The licence is valid for more than ${LICENCE_DAYS} days`,
  origin: 'fleet',
  severity: 'critical',
  rationale:
    'When it ends, replicas, provisioners and proxies that need it stop working.',
  remediation:
    'Ask Coder for a new licence and upload it before this one ends.',
  url: LINKS.licensing,
  needs: ['spec.deployment', 'coderApi.licenses', 'coderApi.entitlements'],
  verdicts: ['pass', 'warn', 'fail', 'unknown', 'skip'],
  judge(look) {
    return (
      unlessPremium(look) ??
      conclude(
        [
          ...look.running('coderApi.entitlements', ({ hasLicense }) => [
            expect(hasLicense, {
              fact: 'coderApi.entitlements',
              subject: 'licence of the running server',
              seen: hasLicense ? 'there' : 'none',
              wanted: 'one',
            }),
          ]),
          ...look.of('coderApi.licenses', licences => {
            const ends = licences.flatMap(({ expiresAt }) =>
              expiresAt === undefined ? [] : [Date.parse(expiresAt)],
            );
            return [lasting(look, ends)];
          }),
        ],
        `The licence is valid for more than ${LICENCE_DAYS} days`,
      )
    );
  },
};

/** Of several licences the one that lasts longest counts. */
function lasting(look: Look, ends: readonly number[]): Check {
  const fact = 'coderApi.licenses';
  const subject = 'end of the licence';
  if (ends.length === 0) {
    return {
      fact,
      subject,
      verdict: 'fail',
      seen: 'no licence',
      wanted: 'one',
    };
  }
  const end = Math.max(...ends);
  const check = {
    fact,
    subject,
    seen: new Date(end).toISOString(),
    wanted: `more than ${LICENCE_DAYS} days away`,
  } as const;
  return look.isPast(end)
    ? { ...check, verdict: 'fail' }
    : expect(!look.isPast(end - LICENCE_DAYS * DAY_MS), check, 'warn');
}

const seats: Rule = {
  id: 'FLT-RDY-005',
  chapter: 'readiness',
  title: 'Fewer than 90 % of the seats are taken',
  origin: 'fleet',
  severity: 'medium',
  rationale: 'When all are taken, new people are turned away.',
  remediation:
    'Ask for more seats, or suspend the accounts of people who left.',
  url: LINKS.licensing,
  needs: ['spec.deployment', 'coderApi.entitlements'],
  verdicts: ['pass', 'warn', 'fail', 'unknown', 'skip'],
  judge(look) {
    return (
      unlessPremium(look) ??
      conclude(
        look.of('coderApi.entitlements', ({ seats: taken }) => {
          const fact = 'coderApi.entitlements';
          const { actual, limit } = taken ?? {};
          if (actual === undefined || limit === undefined || limit === 0) {
            return [
              { ...look.unknown(fact, 'seats'), seen: 'it has no count' },
            ];
          }
          return [
            expect(
              actual < SEATS * limit,
              {
                fact,
                subject: 'seats',
                seen: `${actual} of ${limit}`,
                wanted: `fewer than ${Math.round(SEATS * 100)} %`,
              },
              actual < limit ? 'warn' : 'fail',
            ),
          ];
        }),
        'There are seats for more people',
      )
    );
  },
};

/** What each status of the calendar says of a version. */
const SUPPORT_VERDICTS: Readonly<
  Record<ReleaseSupport['status'], Check['verdict']>
> = { supported: 'pass', unknown: 'unknown', ended: 'warn', gap: 'warn' };

const supported: Rule = {
  id: 'DOC-REL-001',
  chapter: 'readiness',
  title: 'The release is supported by Coder',
  origin: 'coder-docs',
  severity: 'high',
  rationale: 'A release that has ended gets no security fixes.',
  remediation: 'Plan an upgrade to a version in a channel that is supported.',
  url: LINKS.releases,
  needs: ['spec.plan', 'coderApi.reachability'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const { support, version } = look.plan.release;
    return conclude(
      [
        {
          fact: 'spec.plan',
          subject: `version ${version.value}, by the calendar of ${support.calendarAsOf}`,
          verdict: SUPPORT_VERDICTS[support.status],
          seen: support.message,
          wanted: 'a version in a channel',
        },
        ...look.running('coderApi.reachability', reached => {
          const parsed = parseCoderVersion(reached.version);
          const status = parsed && releaseSupport(parsed);
          return [
            {
              fact: 'coderApi.reachability' as const,
              subject: `version ${reached.version}, which runs`,
              verdict: status ? SUPPORT_VERDICTS[status.status] : 'unknown',
              seen: status?.message ?? 'it cannot be read',
              wanted: 'a version in a channel',
            },
          ];
        }),
      ],
      support.message,
    );
  },
};

/**
 * Chapter "Readiness".
 *
 * @internal
 */
export const READINESS_RULES: readonly Rule[] = [
  valuesInGit,
  documented,
  pinned,
  dangerous,
  github,
  supported,
  asRendered,
  installedAsDeclared,
  telemetry,
  licence,
  seats,
];
