import { tierByName } from '../../architecture/sizing';
import { parseCoderVersion } from '../../release/version';
import { conclude, expect } from '../conclude';
import { declared, envVariable, envValue, REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Look } from '../Look';
import type { Judgement, Rule } from '../rule';

/**
 * Up to this load builds may run inside the control plane.
 * Source: Coder docs, provisioners ("small deployments": about 100 users and 10 builds).
 */
const SMALL = { users: 100, concurrentBuilds: 10 };

/** Time that a build gets to end. Source: chart coder-provisioner, default. */
const GRACE_SECONDS = 600;

const ENTITLEMENT = 'external_provisioner_daemons';

function isSmall({ plan: { load } }: Look): boolean {
  return (
    load.users.value <= SMALL.users &&
    load.concurrentBuilds.value <= SMALL.concurrentBuilds
  );
}

const noneBuiltIn: Rule = {
  id: 'CVA-PRV-001',
  chapter: 'provisioners',
  title: 'No builds run inside the control plane',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Builds inside the control plane take CPU from API and dashboard, and share its credentials.',
  remediation:
    'Set CODER_PROVISIONER_DAEMONS to 0 and run external provisioners; they need a Premium licence.',
  url: LINKS.scaleCoder,
  needs: [
    'spec.plan',
    REPOSITORY,
    'coderApi.provisionerDaemons',
    'coderApi.entitlements',
  ],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled(ENTITLEMENT);
    if (notEntitled) {
      return notEntitled;
    }
    const small = isSmall(look);
    const wanted = small
      ? `any number, up to ${SMALL.users} users and ${SMALL.concurrentBuilds} builds`
      : '0';
    return conclude(
      [
        ...declared(look, values => {
          const count = envValue(values, 'CODER_PROVISIONER_DAEMONS');
          return expect(small || count === '0', {
            fact: REPOSITORY,
            subject: 'CODER_PROVISIONER_DAEMONS',
            seen: count ?? 'not set, which is 3 a replica',
            wanted,
          });
        }),
        ...look.running('coderApi.provisionerDaemons', daemons => {
          const builtIn = daemons.filter(({ key }) => key === 'built-in');
          return [
            expect(small || builtIn.length === 0, {
              fact: 'coderApi.provisionerDaemons',
              subject: 'provisioners inside the control plane',
              seen: String(builtIn.length),
              wanted,
            }),
          ];
        }),
      ],
      small
        ? 'It is small: builds inside the control plane are fine'
        : 'No provisioner runs inside the control plane',
    );
  },
};

const enough: Rule = {
  id: 'CVA-PRV-002',
  chapter: 'provisioners',
  title: 'There are as many external provisioners as concurrent builds',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Each provisioner runs one build: with fewer, people wait for their workspaces in a queue.',
  remediation:
    'Raise coder.replicaCount of the provisioner releases to the figures of the plan.',
  url: LINKS.scaleCoder,
  needs: [
    'spec.plan',
    REPOSITORY,
    'coderApi.provisionerDaemons',
    'coderApi.entitlements',
  ],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled =
      look.unlessEntitled(ENTITLEMENT) ?? unlessExternal(look);
    if (notEntitled) {
      return notEntitled;
    }
    const wanted = tierByName(look.plan.tier.value, look.plan.cvaGeneration)
      .provisioners.replicas;
    return conclude(
      [
        ...declared(look, (_, { provisioners }) => {
          const count = Object.values(provisioners).reduce(
            (sum, { coder }) => sum + (coder?.replicaCount ?? 1),
            0,
          );
          return expect(count >= wanted, {
            fact: REPOSITORY,
            subject: 'external provisioners in the Helm values',
            seen: String(count),
            wanted: `at least ${wanted}`,
          });
        }),
        ...look.running('coderApi.provisionerDaemons', daemons => {
          const count = daemons.filter(({ key }) => key !== 'built-in').length;
          return [
            expect(count >= wanted, {
              fact: 'coderApi.provisionerDaemons',
              subject: 'external provisioners that are connected',
              seen: String(count),
              wanted: `at least ${wanted}`,
            }),
          ];
        }),
      ],
      `At least ${wanted} external provisioners`,
    );
  },
};

/** A small deployment that has none does without. */
function unlessExternal(look: Look): Judgement | undefined {
  return isSmall(look) ? withoutReleases(look) : undefined;
}

/** Ends a rule about external provisioners where none are declared. */
function withoutReleases(look: Look): Judgement | undefined {
  const provisioners = look.value(REPOSITORY)?.provisioners;
  return provisioners && Object.keys(provisioners).length === 0
    ? {
        verdict: 'skip',
        message: 'It has no external provisioners',
        evidence: [
          {
            fact: REPOSITORY,
            subject: 'releases of external provisioners',
            verdict: 'pass',
            seen: 'none',
          },
        ],
      }
    : undefined;
}

const keys: Rule = {
  id: 'DOC-PRV-001',
  chapter: 'provisioners',
  title: 'Provisioners are let in by keys of their own',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'The pre-shared key opens every organisation to whoever has it, and cannot be taken back for one provisioner.',
  remediation:
    'Create a provisioner key, name its Secret in provisionerDaemon.keySecretName, and set provisionerDaemon.pskSecretName to an empty text.',
  url: LINKS.provisioners,
  needs: [REPOSITORY, 'coderApi.provisionerDaemons', 'coderApi.entitlements'],
  verdicts: ['pass', 'warn', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled(ENTITLEMENT);
    if (notEntitled) {
      return notEntitled;
    }
    return conclude(
      [
        ...declared(look, (values, { provisioners }) => [
          expect(!envVariable(values, 'CODER_PROVISIONER_DAEMON_PSK'), {
            fact: REPOSITORY,
            subject: 'CODER_PROVISIONER_DAEMON_PSK of the control plane',
            seen: envVariable(values, 'CODER_PROVISIONER_DAEMON_PSK')
              ? 'set'
              : 'not set',
            wanted: 'not set',
          }),
          ...Object.entries(provisioners).map(
            ([region, { provisionerDaemon: daemon }]) =>
              expect(
                Boolean(daemon?.keySecretName) && daemon?.pskSecretName === '',
                {
                  fact: REPOSITORY,
                  subject: `how provisioners in ${region} are let in`,
                  seen: daemon?.keySecretName
                    ? `key in ${daemon.keySecretName}, pre-shared key in ${
                        daemon.pskSecretName ?? 'the default of the chart'
                      }`
                    : 'pre-shared key',
                  wanted: 'a key, and no pre-shared key',
                },
              ),
          ),
        ]),
        ...look.running('coderApi.provisionerDaemons', daemons =>
          (
            [
              ['psk', 'fail'],
              ['user-auth', 'warn'],
            ] as const
          ).map(([key, verdict]) => {
            const count = daemons.filter(daemon => daemon.key === key).length;
            return expect(
              count === 0,
              {
                fact: 'coderApi.provisionerDaemons',
                subject: `provisioners let in by ${
                  key === 'psk' ? 'the pre-shared key' : "a user's token"
                }`,
                seen: String(count),
                wanted: '0',
              },
              verdict,
            );
          }),
        ),
      ],
      'Provisioners are let in by keys of their own',
    );
  },
};

const versions: Rule = {
  id: 'DOC-PRV-002',
  chapter: 'provisioners',
  title: 'Provisioners are of the same minor version as the server',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'A provisioner that is more than a minor version apart may fail builds in ways that are hard to see.',
  remediation: 'Upgrade the provisioner releases together with the server.',
  url: LINKS.healthCheck,
  needs: [REPOSITORY, 'coderApi.provisionerDaemons', 'coderApi.reachability'],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const none = withoutReleases(look);
    if (none) {
      return none;
    }
    const server = minor(look.value('coderApi.reachability')?.version);
    return conclude(
      [
        ...declared(look, ({ coder }, { provisioners }) => {
          const wanted = coder?.image?.tag;
          return Object.entries(provisioners).map(([region, values]) => {
            const tag = values.coder?.image?.tag;
            return expect(minor(tag) === minor(wanted), {
              fact: REPOSITORY,
              subject: `version of the provisioners in ${region}`,
              seen: tag ?? "the chart's",
              wanted: wanted ?? "the chart's",
            });
          });
        }),
        ...look.running('coderApi.provisionerDaemons', daemons => {
          const fact = 'coderApi.provisionerDaemons';
          if (server === undefined) {
            return [look.unknown('coderApi.reachability', 'server version')];
          }
          const apart = new Set(
            daemons
              .map(({ version }) => version ?? 'unknown')
              .filter(version => minor(version) !== server),
          );
          return [
            expect(apart.size === 0, {
              fact,
              subject: 'other versions among the provisioners',
              seen: [...apart].slice(0, 5).join(', ') || 'none',
              wanted: `none but ${server}`,
            }),
          ];
        }),
      ],
      'Provisioners are of the same minor version as the server',
    );
  },
};

/** `2.36` of `v2.36.5`; what cannot be read stays as it is. */
function minor(version: string | undefined): string | undefined {
  const parsed = version && parseCoderVersion(version);
  return parsed ? `${parsed.major}.${parsed.minor}` : version;
}

const untagged: Rule = {
  id: 'DOC-PRV-003',
  chapter: 'provisioners',
  title: 'Jobs without tags find a provisioner',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'A job without tags runs on provisioners without tags only: where all have tags, it waits for ever.',
  remediation:
    'Keep at least one release of provisioners without provisionerDaemon.tags.',
  url: LINKS.provisioners,
  needs: [REPOSITORY, 'coderApi.provisionerDaemons', 'coderApi.entitlements'],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled(ENTITLEMENT);
    if (notEntitled) {
      return notEntitled;
    }
    const open = ({ tags = {} }: { tags?: Readonly<Record<string, string>> }) =>
      Object.keys(tags).length === 0;
    return conclude(
      [
        ...declared(look, (values, { provisioners }) => {
          const builtIn = envValue(values, 'CODER_PROVISIONER_DAEMONS') !== '0';
          const free = Object.entries(provisioners)
            .filter(([, { provisionerDaemon = {} }]) => open(provisionerDaemon))
            .map(([region]) => region);
          return expect(builtIn || free.length > 0, {
            fact: REPOSITORY,
            subject: 'provisioners without tags',
            seen:
              [...(builtIn ? ['built in'] : []), ...free].join(', ') || 'none',
            wanted: 'at least one',
          });
        }),
        ...look.running('coderApi.provisionerDaemons', daemons => [
          expect(daemons.some(open), {
            fact: 'coderApi.provisionerDaemons',
            subject: 'connected provisioners without tags',
            seen: String(daemons.filter(open).length),
            wanted: 'at least one',
          }),
        ]),
      ],
      'Jobs without tags find a provisioner',
    );
  },
};

const grace: Rule = {
  id: 'DOC-PRV-004',
  chapter: 'provisioners',
  title: 'A provisioner that stops lets its build end',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'A build that is cut off leaves resources behind that Terraform does not know of.',
  remediation: `Set provisionerDaemon.terminationGracePeriodSeconds to ${GRACE_SECONDS} or more.`,
  url: LINKS.provisioners,
  needs: [REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const none = withoutReleases(look);
    if (none) {
      return none;
    }
    return conclude(
      [
        ...declared(look, (_, { provisioners }) =>
          Object.entries(provisioners).map(([region, values]) => {
            const seconds =
              values.provisionerDaemon?.terminationGracePeriodSeconds;
            return expect((seconds ?? GRACE_SECONDS) >= GRACE_SECONDS, {
              fact: REPOSITORY,
              subject: `seconds that provisioners in ${region} get to stop`,
              seen: String(seconds ?? `${GRACE_SECONDS}, by the chart`),
              wanted: `at least ${GRACE_SECONDS}`,
            });
          }),
        ),
        ...look.running('kubernetes.pods', pods => {
          const short = pods.filter(
            ({ role, terminationGracePeriodSeconds: seconds }) =>
              role === 'provisioner' &&
              seconds !== undefined &&
              seconds < GRACE_SECONDS,
          );
          return [
            expect(short.length === 0, {
              fact: 'kubernetes.pods',
              subject: 'provisioner pods with less time',
              seen: short.map(({ name }) => name).join(', ') || 'none',
              wanted: 'none',
            }),
          ];
        }),
      ],
      'Provisioners that stop let their builds end',
    );
  },
};

/**
 * Chapter "Provisioners".
 *
 * @internal
 */
export const PROVISIONER_RULES: readonly Rule[] = [
  noneBuiltIn,
  enough,
  keys,
  versions,
  untagged,
  grace,
];
