import { scheduleIntervalMs } from '../../backup/schedule';
import {
  MAX_DRILL_AGE_DAYS,
  backupDueBy,
  drillDueBy,
  isGoodBackup,
  newestGoodBackup,
  newestRun,
} from '../../backup/standing';
import { compareCoderVersions, parseCoderVersion } from '../../release/version';
import { conclude, expect } from '../conclude';
import { envVariable, REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Rule } from '../rule';

const DAY_MS = 24 * 60 * 60_000;

/** How old a backup may be when an upgrade begins. This project's own figure. */
const BEFORE_UPGRADE_MS = DAY_MS;

const RECORDS = 'backups.records';
const ENGINE = 'backups.engine';

const schedule: Rule = {
  id: 'CVA-REC-001',
  chapter: 'recovery',
  title: 'Backups of the database are scheduled',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Users, templates, and the state of every workspace are in the database and nowhere else.',
  remediation:
    'Set up the schedule of the deployment file in the engine that makes the backups.',
  url: LINKS.cvaRecovery,
  needs: ['spec.deployment', ENGINE],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const asked = look.spec.backup.schedule;
    return conclude(
      [
        expect(asked !== '', {
          fact: 'spec.deployment',
          subject: 'schedule that was asked for',
          seen: asked,
        }),
        ...look.running(ENGINE, ({ schedule: seen }) => [
          expect(Boolean(seen), {
            fact: ENGINE,
            subject: 'schedule of the engine',
            seen: seen ?? 'none',
            wanted: asked,
          }),
        ]),
      ],
      `Backups are scheduled: ${asked}`,
    );
  },
};

const policy: Rule = {
  id: 'FLT-REC-001',
  chapter: 'recovery',
  title: 'The engine backs up as often, and keeps as long, as was asked for',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'What was asked for is what others rely on; what the engine is set to is what they get.',
  remediation:
    'Set schedule and retention of the engine to those of the deployment file, or change the file.',
  url: LINKS.cvaRecovery,
  needs: ['spec.deployment', ENGINE],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const asked = look.spec.backup;
    return conclude(
      look.of(ENGINE, engine => [
        engine.schedule === undefined
          ? look.unknown(ENGINE, 'schedule of the engine')
          : expect(
              scheduleIntervalMs(engine.schedule) <=
                scheduleIntervalMs(asked.schedule),
              {
                fact: ENGINE,
                subject: 'schedule of the engine',
                seen: engine.schedule,
                wanted: `as often as ${asked.schedule}`,
              },
            ),
        engine.retentionDays === undefined
          ? look.unknown(ENGINE, 'retention of the engine')
          : expect(engine.retentionDays >= asked.retentionDays, {
              fact: ENGINE,
              subject: 'days that the engine keeps a backup',
              seen: String(engine.retentionDays),
              wanted: `at least ${asked.retentionDays}`,
            }),
      ]),
      'The engine does what was asked for',
    );
  },
};

const fresh: Rule = {
  id: 'FLT-REC-002',
  chapter: 'recovery',
  title: 'The last good backup is recent',
  origin: 'fleet',
  severity: 'critical',
  rationale:
    'A backup that stopped being made is noticed on the day it is needed, unless somebody counts.',
  remediation:
    'Look at the log of the backup job, mend what stops it, and run it by hand.',
  url: LINKS.cvaRecovery,
  needs: ['spec.deployment', RECORDS],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const interval = scheduleIntervalMs(look.spec.backup.schedule);
    return conclude(
      look.of(RECORDS, records => {
        const last = newestGoodBackup(records);
        return [
          expect(
            last !== undefined &&
              !look.isPast(
                backupDueBy(
                  last.finishedAt,
                  look.spec.backup.schedule,
                ).getTime(),
              ),
            {
              fact: RECORDS,
              subject: 'last good backup',
              seen: last?.finishedAt ?? 'none',
              wanted: `within ${hours(2 * interval)}, twice its interval`,
            },
          ),
        ];
      }),
      'The last good backup is recent',
    );
  },
};

function hours(ms: number): string {
  const count = Math.round(ms / 3_600_000);
  return count > 72 ? `${Math.round(count / 24)} days` : `${count} hours`;
}

const beforeUpgrade: Rule = {
  id: 'CVA-REC-002',
  chapter: 'recovery',
  title: 'The last upgrade had a backup before it',
  origin: 'cva',
  severity: 'high',
  rationale:
    'An upgrade changes the database, and there is no way back but a backup from before.',
  remediation:
    'Make a backup now, keep the oldest one there is, and let upgrades begin with one from now on.',
  url: LINKS.cvaRecovery,
  needs: ['coderApi.versions', RECORDS],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const versions = look.value('coderApi.versions');
    if (versions && versions.length < 2) {
      return {
        verdict: 'skip',
        message: 'It was not upgraded since it is tracked',
        evidence: [
          {
            fact: 'coderApi.versions',
            subject: 'versions seen',
            verdict: 'pass',
            seen: versions.map(seen => seen.version).join(', ') || 'none',
          },
        ],
      };
    }
    return conclude(
      look.of('coderApi.versions', all => {
        const [from, to] = all.slice(-2);
        const began = Date.parse(to.firstSeenAt);
        return look.of(RECORDS, records => {
          const before = records.find(record => {
            const age = began - Date.parse(record.finishedAt);
            return isGoodBackup(record) && age >= 0 && age <= BEFORE_UPGRADE_MS;
          });
          return [
            expect(before !== undefined, {
              fact: RECORDS,
              subject: `backup before the upgrade from ${from.version} to ${to.version}`,
              seen: before?.finishedAt ?? 'none',
              wanted: `one within ${hours(BEFORE_UPGRADE_MS)} before ${to.firstSeenAt}`,
            }),
          ];
        });
      }),
      'The last upgrade had a backup before it',
    );
  },
};

const noDowngrade: Rule = {
  id: 'CVA-REC-003',
  chapter: 'recovery',
  title: 'The version never goes down without a restore',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'An older version does not know the tables of a newer one: only a database from before fits it.',
  remediation:
    'Ask for the version that runs or a newer one; to go back, restore the backup from before the upgrade first.',
  url: LINKS.cvaRecovery,
  needs: ['spec.plan', 'coderApi.reachability', 'coderApi.versions'],
  verdicts: ['pass', 'fail', 'unknown'],
  unwaivable: true,
  judge(look) {
    const asked = look.plan.release.version.value;
    return conclude(
      [
        expect(true, {
          fact: 'spec.plan',
          subject: 'version that was asked for',
          seen: asked,
        }),
        ...look.running('coderApi.reachability', ({ version }) => [
          notBelow(asked, version, {
            fact: 'coderApi.reachability',
            subject: `version that was asked for (${asked}) over the one that runs`,
          }),
        ]),
        ...look.running('coderApi.versions', versions => {
          const [before, last] = versions.slice(-2);
          return last === undefined
            ? []
            : [
                notBelow(last.version, before.version, {
                  fact: 'coderApi.versions',
                  subject: `last change of the version (to ${last.version})`,
                }),
              ];
        }),
      ],
      'The version does not go down',
    );
  },
};

/** A version that is not older than another one. */
function notBelow(
  version: string,
  other: string,
  check: Pick<Check, 'fact' | 'subject'>,
): Check {
  const [a, b] = [version, other].map(text => parseCoderVersion(text));
  return expect(
    a !== undefined && b !== undefined && compareCoderVersions(a, b) >= 0,
    { ...check, seen: `${other} before`, wanted: `at most ${version}` },
    a && b ? 'fail' : 'unknown',
  );
}

const scripts: Rule = {
  id: 'CVA-REC-004',
  chapter: 'recovery',
  title: 'Scripts for dump and restore are prepared',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Whoever has to restore has neither the time nor the calm to find out how.',
  remediation:
    'Put a script for the dump and one for the restore into the repository, or attest where they are and that they were tried.',
  url: LINKS.cvaRecovery,
  needs: [REPOSITORY, 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const paths = look.value(REPOSITORY)?.paths ?? [];
    const found = [/(?:^|\/)(?:backup|dump)\.sh$/, /(?:^|\/)restore\.sh$/].map(
      pattern => paths.find(path => pattern.test(path)),
    );
    return conclude(
      found.every(path => path !== undefined)
        ? found.map(path => ({
            fact: REPOSITORY,
            subject: 'script in the repository',
            verdict: 'pass' as const,
            seen: path!,
          }))
        : [look.attested('restore-documented')],
      'Scripts for dump and restore are prepared',
    );
  },
};

const drill: Rule = {
  id: 'FLT-REC-003',
  chapter: 'recovery',
  title: `A restore was proved within ${MAX_DRILL_AGE_DAYS} days`,
  origin: 'fleet',
  severity: 'high',
  rationale:
    'A backup that was never restored is a hope: only a drill shows that it is whole and how long it takes.',
  remediation: 'Run a restore drill into a scratch database and report it.',
  url: LINKS.cvaRecovery,
  needs: ['backups.drills'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('backups.drills', drills => {
        const last = newestRun(drills);
        const check = {
          fact: 'backups.drills',
          subject: 'last restore drill',
          seen: last ? `${last.outcome} at ${last.finishedAt}` : 'none',
          wanted: `succeeded within ${MAX_DRILL_AGE_DAYS} days`,
        } as const;
        return [
          expect(
            last?.outcome === 'succeeded' &&
              !look.isPast(drillDueBy(last.finishedAt).getTime()),
            check,
          ),
        ];
      }),
      'A restore was proved',
    ),
};

const secrets: Rule = {
  id: 'DOC-REC-001',
  chapter: 'recovery',
  title: 'The keys that a backup needs are part of it',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Coder does not start on a database that was encrypted with a key that it lacks.',
  remediation:
    'Back up the Secrets of encryption keys and connections with the dump, in a place apart from the cluster.',
  url: LINKS.databaseEncryption,
  needs: [REPOSITORY, RECORDS, 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const last = newestGoodBackup(look.value(RECORDS) ?? []);
    return conclude(
      last
        ? secretsOf(look).map(name =>
            expect(last.secrets.includes(name), {
              fact: RECORDS,
              subject: `Secret ${name} in the last good backup`,
              seen: last.secrets.includes(name) ? 'there' : 'missing',
              wanted: 'there',
            }),
          )
        : [look.attested('backup-secrets-kept')],
      'The keys that a backup needs are part of it',
    );
  },
};

/** Secrets without which the database is of no use. */
function secretsOf(look: Look): string[] {
  const values = look.value(REPOSITORY)?.controlPlane;
  return [
    'CODER_PG_CONNECTION_URL',
    'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS',
  ].flatMap(name => {
    const variable = values && envVariable(values, name);
    return variable && 'valueFrom' in variable
      ? [variable.valueFrom.secretKeyRef.name]
      : [];
  });
}

/**
 * Chapter "Recovery".
 *
 * @internal
 */
export const RECOVERY_RULES: readonly Rule[] = [
  schedule,
  beforeUpgrade,
  noDowngrade,
  scripts,
  secrets,
  policy,
  fresh,
  drill,
];
