import { conclude, expect } from '../conclude';
import {
  declared,
  describeVariable,
  envVariable,
  envValue,
  REPOSITORY,
} from '../declared';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import { isBurstable, isSlowDisk } from '../machines';
import { cpuMillis } from '../quantity';
import type { Rule } from '../rule';
import {
  connectionsInWords,
  connectionsNeeded,
} from '../../architecture/connections';
import { tierByName } from '../../architecture/sizing';

const SERVER = 'postgres.server';

/** Source: Coder docs, setup. */
const MIN_MAJOR = 13;

/** Source: CVA, PostgreSQL database. */
const MAX_LATENCY_MS = 10;

/** Default of CODER_HEALTH_CHECK_THRESHOLD_DATABASE: what Coder itself calls slow. */
const CODER_LATENCY_MS = 15;

/** Source: CVA, PostgreSQL database: the baseline, and what each 1,000 active users add. */
const BASELINE = { vcpu: 2, memoryGB: 8, storageGB: 512 };
const VCPU_PER_THOUSAND = 2;

/** From here on a deployment is large. Source: CVA, PostgreSQL database, instances ("large, 2,000+"). */
const LARGE_USERS = 2000;

/** Default of CODER_PG_CONN_MAX_OPEN. Source: Coder docs, scale Coder. */
const DEFAULT_POOL = 10;

/** Source: CVA, PostgreSQL database, disks (gp3). */
const MIN_IOPS = 3000;

/** What counts as high and as low where the CVA gives no figure: as for nodes, and half of it. */
const HIGH = 0.8;
const LOW = 0.4;

const ENCRYPTION_KEYS = 'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS';

const HIDDEN = `which Coder's health calls ok up to ${CODER_LATENCY_MS} ms`;

const external: Rule = {
  id: 'CVA-DB-001',
  chapter: 'database',
  title: 'The database is external, and its URL stays in a Secret',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Without a connection URL Coder starts a PostgreSQL of its own inside the pod: it cannot be shared by replicas and is lost with the pod. A URL in plain text puts a password into Git.',
  remediation:
    'Set CODER_PG_CONNECTION_URL from a Secret with valueFrom.secretKeyRef.',
  url: LINKS.cvaDatabase,
  needs: [REPOSITORY, SERVER],
  verdicts: ['pass', 'fail', 'unknown'],
  unwaivable: true,
  judge: look =>
    conclude(
      [
        ...declared(look, values => {
          const subject = 'CODER_PG_CONNECTION_URL';
          const variable = envVariable(values, subject);
          const secret = variable && 'valueFrom' in variable;
          return expect(Boolean(secret), {
            fact: REPOSITORY,
            subject,
            seen:
              variable && !secret
                ? 'a value in plain text'
                : describeVariable(variable),
            wanted:
              'from a Secret: not set, Coder starts its built-in database',
          });
        }),
        ...look.running(SERVER, ({ location }) => [
          expect(location !== 'built-in', {
            fact: SERVER,
            subject: 'the database in use',
            seen: location,
            wanted: 'external',
          }),
        ]),
      ],
      'The database is external, its URL comes from a Secret',
    ),
};

const region: Rule = {
  id: 'CVA-DB-002',
  chapter: 'database',
  title: 'Database and control plane are in one region, better in one zone',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Each page and each build asks the database many times: distance adds up.',
  remediation:
    'Move the database into the region of the control plane, and its primary into a zone that has replicas.',
  url: LINKS.cvaPerformance,
  needs: ['spec.plan', SERVER, 'kubernetes.pods'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const wanted = look.plan.controlPlane.region;
    return conclude(
      look.of(SERVER, server => {
        const zones = new Set(
          look
            .value('kubernetes.pods')
            ?.filter(({ role }) => role === 'control-plane')
            .flatMap(({ zone }) => zone ?? []),
        );
        return [
          expect(
            server.region === wanted,
            {
              fact: SERVER,
              subject: 'region of the database',
              seen: server.region ?? 'not known',
              wanted,
            },
            server.region === undefined ? 'unknown' : 'fail',
          ),
          ...(server.zone !== undefined && zones.size > 0
            ? [
                expect(
                  zones.has(server.zone),
                  {
                    fact: SERVER,
                    subject: 'zone of the database',
                    seen: server.zone,
                    wanted: [...zones].join(' or '),
                  },
                  'warn' as const,
                ),
              ]
            : []),
        ];
      }),
      `The database is in ${wanted}`,
    );
  },
};

const latency: Rule = {
  id: 'CVA-DB-003',
  chapter: 'database',
  title: 'The database answers within 10 ms',
  origin: 'cva',
  severity: 'high',
  rationale:
    "Above 10 ms every page and build slows down. Coder's own health turns yellow at 15 ms only, so that a green page can hide it.",
  remediation:
    'Bring the database nearer to the control plane, or give it more CPU or faster disks.',
  url: LINKS.cvaPerformance,
  needs: ['coderApi.replicas', 'coderApi.health', 'postgres.latency'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const measured = measuredLatencies(look);
    return conclude(
      measured.length > 0
        ? measured.map(({ fact, subject, ms }) =>
            expect(ms < MAX_LATENCY_MS, {
              fact,
              subject,
              seen: hidden(look, ms) ? `${ms} ms, ${HIDDEN}` : `${ms} ms`,
              wanted: `below ${MAX_LATENCY_MS} ms`,
            }),
          )
        : [look.unknown('coderApi.replicas', 'latency of the database')],
      `The database answers within ${MAX_LATENCY_MS} ms`,
    );
  },
};

/** Coder says that the database is well although the CVA does not. */
function hidden(look: Look, ms: number): boolean {
  const section = look
    .value('coderApi.health')
    ?.sections.find(({ key }) => key === 'database');
  return ms >= MAX_LATENCY_MS && section?.severity === 'ok';
}

function measuredLatencies(look: Look) {
  const replicas = (look.value('coderApi.replicas')?.items ?? [])
    .filter(({ databaseLatencyMs }) => databaseLatencyMs !== undefined)
    .map(({ hostname, databaseLatencyMs }) => ({
      fact: 'coderApi.replicas' as const,
      subject: `latency of the database from ${hostname}`,
      ms: databaseLatencyMs!,
    }));
  const median = look.value('postgres.latency')?.medianMs;
  return median === undefined
    ? replicas
    : [
        ...replicas,
        {
          fact: 'postgres.latency' as const,
          subject: 'median latency of the database',
          ms: median,
        },
      ];
}

const size: Rule = {
  id: 'CVA-DB-004',
  chapter: 'database',
  title: 'The database is as large as its active users ask for',
  origin: 'cva',
  severity: 'high',
  rationale:
    'The database is what all replicas share: too small a one slows down everything, and more replicas only make it worse.',
  remediation:
    "Give the database the plan's vCPU and memory, and at least the baseline's storage.",
  url: LINKS.cvaPerformance,
  needs: ['spec.plan', SERVER],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const { load, database } = look.plan;
    const least = {
      vcpu:
        BASELINE.vcpu +
        VCPU_PER_THOUSAND * Math.floor(load.runningWorkspaces.value / 1000),
      memoryGB: BASELINE.memoryGB,
      storageGB: BASELINE.storageGB,
    };
    return conclude(
      look.of(SERVER, server =>
        (
          [
            ['vCPU', server.vcpu, least.vcpu, database.vcpu.value],
            [
              'GB of memory',
              server.memoryGB,
              least.memoryGB,
              database.memoryGB.value,
            ],
            [
              'GB of storage',
              server.storageGB,
              least.storageGB,
              database.storageGB.value,
            ],
          ] as const
        ).map(([subject, seen, baseline, planned]) =>
          sized(subject, seen, baseline, planned),
        ),
      ),
      'The database is as large as planned',
    );
  },
};

/** Below the baseline and its growth is a failure; below the table of the tier a warning. */
function sized(
  subject: string,
  seen: number | undefined,
  baseline: number,
  planned: number,
): Check {
  const check = {
    fact: SERVER,
    subject,
    seen: seen === undefined ? 'not known' : String(seen),
    wanted: `${planned} by the plan, at least ${baseline} by the baseline`,
  } as const;
  if (seen === undefined) {
    return { ...check, verdict: 'unknown' };
  }
  return seen >= baseline
    ? expect(seen >= planned, check, 'warn')
    : { ...check, verdict: 'fail' };
}

const standby: Rule = {
  id: 'CVA-DB-005',
  chapter: 'database',
  title: 'The database of a large deployment has a standby',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Without one, maintenance or a fault of the database stops everybody.',
  remediation:
    'Turn on high availability of the database engine, and say so in the deployment file.',
  url: LINKS.cvaPerformance,
  needs: ['spec.deployment', 'spec.plan', SERVER],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const users = look.plan.load.users.value;
    if (users < LARGE_USERS) {
      return {
        verdict: 'skip',
        message: `It is for fewer than ${LARGE_USERS} users`,
        evidence: [
          {
            fact: 'spec.plan',
            subject: 'users',
            verdict: 'pass',
            seen: String(users),
          },
        ],
      };
    }
    const asked = look.spec.database.highlyAvailable;
    return conclude(
      [
        expect(asked, {
          fact: 'spec.deployment',
          subject: 'standby that was asked for',
          seen: asked ? 'yes' : 'no',
          wanted: 'yes',
        }),
        ...look.running(SERVER, ({ highlyAvailable: seen }) => [
          expect(
            seen === true,
            {
              fact: SERVER,
              subject: 'standby of the database',
              seen: seen === undefined ? 'not known' : String(seen),
              wanted: 'true',
            },
            seen === undefined ? 'unknown' : 'fail',
          ),
        ]),
      ],
      'The database has a standby',
    );
  },
};

const encryption: Rule = {
  id: 'CVA-DB-006',
  chapter: 'database',
  title: 'Encryption has a core more for each replica',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Each replica encrypts and decrypts by itself, and takes the CPU for it from what serves people.',
  remediation:
    "Raise CPU requests and limits of the control plane by one core over the tier's figure.",
  url: LINKS.cvaPerformance,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const values = look.value(REPOSITORY)?.controlPlane;
    if (values && !envVariable(values, ENCRYPTION_KEYS)) {
      return {
        verdict: 'skip',
        message: 'Encryption is not used',
        evidence: [
          {
            fact: REPOSITORY,
            subject: ENCRYPTION_KEYS,
            verdict: 'pass',
            seen: 'not set',
          },
        ],
      };
    }
    const tier = tierByName(look.plan.tier.value, look.plan.cvaGeneration);
    const wanted = tier.controlPlane.container.cpuMillis + 1000;
    return conclude(
      declared(look, ({ coder }) => {
        const cpu = coder?.resources?.requests?.cpu;
        return expect((cpuMillis(cpu) ?? 0) >= wanted, {
          fact: REPOSITORY,
          subject: 'CPU of a replica with encryption',
          seen: cpu ?? 'not set',
          wanted: `at least ${wanted}m`,
        });
      }),
      'Encryption has a core more for each replica',
    );
  },
};

const disks: Rule = {
  id: 'CVA-DB-007',
  chapter: 'database',
  title: 'The disks of the database are fast',
  origin: 'cva',
  severity: 'medium',
  rationale: 'Slow disks show as a slow database, whatever its CPU.',
  remediation: `Use SSD or NVMe disks, such as gp3 with ${MIN_IOPS} IOPS or more, Premium SSD or SSD persistent disks.`,
  url: LINKS.cvaUtilisation,
  needs: [SERVER],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of(SERVER, ({ storageType, iops }) => [
        expect(
          storageType !== undefined && !isSlowDisk(storageType),
          {
            fact: SERVER,
            subject: 'disks of the database',
            seen: storageType ?? 'not known',
            wanted: 'SSD or NVMe',
          },
          storageType === undefined ? 'unknown' : 'fail',
        ),
        ...(iops === undefined
          ? []
          : [
              expect(
                iops >= MIN_IOPS,
                {
                  fact: SERVER,
                  subject: 'IOPS of the database',
                  seen: String(iops),
                  wanted: `at least ${MIN_IOPS}`,
                },
                'warn' as const,
              ),
            ]),
      ]),
      'The disks of the database are fast',
    ),
};

const burstable: Rule = {
  id: 'CVA-DB-008',
  chapter: 'database',
  title: 'The database is not of a burstable class',
  origin: 'cva',
  severity: 'high',
  rationale:
    'A burstable machine slows down once its credits are used up, which is when many people work.',
  remediation:
    'Use a class such as db.m6i or db.r6i, Standard_D or Standard_E, or db-perf-optimized-N.',
  url: LINKS.cvaPerformance,
  needs: [SERVER],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of(SERVER, ({ instanceClass }) => [
        expect(
          instanceClass !== undefined && !isBurstable(instanceClass),
          {
            fact: SERVER,
            subject: 'class of the database',
            seen: instanceClass ?? 'not known',
            wanted: 'not burstable',
          },
          instanceClass === undefined ? 'unknown' : 'fail',
        ),
      ]),
      'The database is not of a burstable class',
    ),
};

const utilisation: Rule = {
  id: 'CVA-DB-009',
  chapter: 'database',
  title: 'No resource of the database runs short',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'What is short decides what to buy: CPU, memory and disks each show in a different way.',
  remediation:
    'Raise the resource that the finding names: vCPU, memory, or the speed of the disks.',
  url: LINKS.cvaUtilisation,
  needs: ['postgres.utilisation', 'postgres.latency'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const slow =
      (look.value('postgres.latency')?.medianMs ?? 0) >= MAX_LATENCY_MS;
    return conclude(
      look.of('postgres.utilisation', ({ cpu, memory, io }) => [
        short('CPU', cpu, 'more vCPU', cpu > HIGH || (slow && cpu >= LOW)),
        short('memory', memory, 'more memory', memory > HIGH && cpu < LOW),
        short('input and output', io, 'faster disks', io > HIGH),
      ]),
      'No resource of the database runs short',
    );
  },
};

function short(
  what: string,
  used: number,
  remedy: string,
  isShort: boolean,
): Check {
  return expect(
    !isShort,
    {
      fact: 'postgres.utilisation',
      subject: `${what} of the database`,
      seen: `${Math.round(used * 100)} % in use`,
      wanted: remedy,
    },
    'warn',
  );
}

const version: Rule = {
  id: 'DOC-DB-001',
  chapter: 'database',
  title: `PostgreSQL ${MIN_MAJOR} or newer`,
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Coder is not tested with older ones, and its migrations may fail.',
  remediation: 'Upgrade the database server, with a backup before.',
  url: LINKS.externalDatabase,
  needs: [SERVER],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of(SERVER, ({ version: seen }) => {
        const major = /^(\d{1,3})(?:\D|$)/.exec(seen)?.[1];
        return [
          expect(
            major !== undefined && Number(major) >= MIN_MAJOR,
            {
              fact: SERVER,
              subject: 'version of PostgreSQL',
              seen,
              wanted: `at least ${MIN_MAJOR}`,
            },
            major === undefined ? 'unknown' : 'fail',
          ),
        ];
      }),
      'PostgreSQL is new enough',
    ),
};

const connections: Rule = {
  id: 'DOC-DB-002',
  chapter: 'database',
  title: 'The database has connections for every replica',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Once they are used up, requests wait or fail, and a replica that starts cannot get in. What an update, a backup and superusers take is added to the figure of the documentation.',
  remediation:
    'Raise max_connections of PostgreSQL, or lower CODER_PG_CONN_MAX_OPEN.',
  url: LINKS.scaleCoder,
  needs: [
    'spec.plan',
    REPOSITORY,
    'postgres.connections',
    'coderApi.serverOptions',
  ],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const pools = {
      replicas: look.plan.controlPlane.replicas.value,
      perReplica: poolSize(look),
    };
    const wanted = connectionsNeeded(pools);
    return conclude(
      look.of('postgres.connections', ({ max, used }) => [
        expect(max >= wanted, {
          fact: 'postgres.connections',
          subject: 'max_connections',
          seen: String(max),
          wanted: `at least ${wanted}: ${connectionsInWords(pools)}`,
        }),
        expect(
          used <= HIGH * max,
          {
            fact: 'postgres.connections',
            subject: 'connections in use',
            seen: `${used} of ${max}`,
            wanted: 'at most 80 %',
          },
          'warn',
        ),
      ]),
      'The database has connections for every replica',
    );
  },
};

function poolSize(look: Look): number {
  const name = 'CODER_PG_CONN_MAX_OPEN';
  const values = look.value(REPOSITORY)?.controlPlane;
  const set = [
    look.value('coderApi.serverOptions')?.[name]?.value,
    values && envValue(values, name),
  ].map(Number);
  return (
    set.find(value => Number.isInteger(value) && value > 0) ?? DEFAULT_POOL
  );
}

const pooler: Rule = {
  id: 'DOC-DB-003',
  chapter: 'database',
  title: 'No pooler in transaction mode stands before the database',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Replicas tell each other of changes by LISTEN and NOTIFY, which a pooler in transaction mode breaks.',
  remediation:
    'Connect to the database directly, or set the pooler to session mode.',
  url: LINKS.scaleCoder,
  needs: [SERVER],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of(SERVER, ({ pooler: seen }) => [
        expect(
          seen === 'none' || seen === 'session',
          {
            fact: SERVER,
            subject: 'pooler before the database',
            seen: seen ?? 'not known',
            wanted: 'none, or session mode',
          },
          seen === undefined ? 'unknown' : 'fail',
        ),
      ]),
      'No pooler in transaction mode stands before the database',
    ),
};

/**
 * Chapter "Database".
 *
 * @internal
 */
export const DATABASE_RULES: readonly Rule[] = [
  external,
  region,
  latency,
  size,
  standby,
  encryption,
  disks,
  burstable,
  utilisation,
  version,
  connections,
  pooler,
];
