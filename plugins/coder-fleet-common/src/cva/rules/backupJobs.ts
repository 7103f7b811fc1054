import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Check } from '../Look';
import { at, declaredObjects, inWords, listAt, objectsOf } from '../manifests';
import type { Rule } from '../rule';

const jobs: Rule = {
  id: 'FLT-REC-004',
  chapter: 'recovery',
  title: 'The declared jobs back up, keep and drill as was asked for',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'A job that is suspended, or runs on another schedule, is not missed until somebody needs its backup.',
  remediation:
    'Set schedule, retention and suspend of the CronJobs coder-backup and coder-restore-drill to what the deployment file says.',
  url: LINKS.cvaRecovery,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { backup } = look.spec;
    const { namespace } = look.plan.controlPlane;
    return conclude(
      declaredObjects(look, repository => {
        const found = (name: string) =>
          objectsOf(repository, 'CronJob', namespace).find(
            job => job.name === name,
          )?.object;
        const backupJob = found('coder-backup');
        const kept = environmentOf(backupJob, 'BACKUP_RETENTION_DAYS');
        return [
          ...scheduleChecks('coder-backup', backupJob, backup.schedule),
          expect(Number(kept) >= backup.retentionDays, {
            fact: REPOSITORY,
            subject: 'days that coder-backup keeps a backup',
            seen: inWords(kept),
            wanted: `at least ${backup.retentionDays}`,
          }),
          ...scheduleChecks(
            'coder-restore-drill',
            found('coder-restore-drill'),
            backup.drillSchedule,
          ),
        ];
      }),
      'The declared jobs do what was asked for',
    );
  },
};

function scheduleChecks(name: string, job: unknown, wanted: string): Check[] {
  const schedule = at(job, 'spec', 'schedule');
  return [
    expect(schedule === wanted, {
      fact: REPOSITORY,
      subject: `schedule of ${name}`,
      seen: inWords(schedule),
      wanted,
    }),
    expect(at(job, 'spec', 'suspend') !== true, {
      fact: REPOSITORY,
      subject: name,
      seen: at(job, 'spec', 'suspend') === true ? 'suspended' : 'not suspended',
      wanted: 'not suspended',
    }),
  ];
}

function environmentOf(job: unknown, name: string): unknown {
  const [container] = listAt(
    job,
    ...['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
  );
  return at(
    listAt(container, 'env').find(variable => at(variable, 'name') === name),
    'value',
  );
}

/** @internal */
export const BACKUP_JOB_RULES: readonly Rule[] = [jobs];
