import type { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import {
  type BackupRecord,
  type BackupsReport,
  type Clock,
  type RestoreDrill,
  backupDueBy,
  backupStanding,
  drillDueBy,
  drillStanding,
  newestGoodBackup,
  newestRun,
  reportTokenCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { BackupStore } from '../store/BackupStore';
import type { ReportTokenStore } from '../store/ReportTokenStore';
import type { ApiRouter } from './apiRouter';
import { callerOf } from './caller';
import type { DeploymentDetails } from './DeploymentDetails';
import { requirePassed } from './reportGate';
import type { RequestGuard } from './RequestGuard';

/** How far the clock of a job may be ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;

/**
 * `/deployments/{name}/backups`, `…/backup-reports`, `…/drill-reports` and `…/report-tokens`.
 *
 * @internal
 */
export function addBackupRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    auditor: AuditorService;
    details: DeploymentDetails;
    backups: BackupStore;
    reportTokens: ReportTokenStore;
    /** Somebody reported: rules may say something else now. */
    onReported: (name: string) => void;
    clock: Clock;
  },
): void {
  const { guard, access, details, backups, reportTokens, clock } = options;

  router.get('/deployments/:name/backups', async (req, res) => {
    const { name } = req.params;
    const report = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'backups', name } },
      async credentials => {
        const record = await details.record(
          name,
          await access.readScope(credentials),
        );
        const { schedule, retentionDays } = record.deployment.spec.backup;
        return toBackupsReport({
          schedule,
          retentionDays,
          records: await backups.backups(name),
          drills: await backups.drills(name),
          now: clock(),
        });
      },
    );
    res.json(report as never);
  });

  /** What both kinds of reports have around them. The gate has let only a valid token through. */
  const receive = async (
    req: { params: { name: string }; body: unknown },
    work: () => Promise<boolean>,
    meta: { kind: string; runId: string },
  ) => {
    const tokenId = requirePassed(req);
    const { name } = req.params;
    // Without the request: the auditor would ask Backstage whose token that is, which it does not know
    const event = await options.auditor.createEvent({
      eventId: 'report-receive',
      severityLevel: 'low',
      meta: { name, tokenId, ...meta },
    });
    try {
      const recorded = await work();
      await reportTokens.used(tokenId);
      await event.success();
      if (recorded) {
        options.onReported(name);
      }
      return { runId: meta.runId, recorded };
    } catch (error) {
      await event.fail({ error: toError(error) as Error });
      throw error;
    }
  };

  router.post('/deployments/:name/backup-reports', async (req, res) => {
    const record = toBackupRecord(req.body as Reported<BackupRecord>);
    const receipt = await receive(
      req,
      async () => {
        requireSaneTimes(record, clock());
        return backups.recordBackup(req.params.name, record);
      },
      { kind: 'backup', runId: record.runId },
    );
    res.status(receipt.recorded ? 201 : 200).json(receipt);
  });

  router.post('/deployments/:name/drill-reports', async (req, res) => {
    const drill = toRestoreDrill(req.body as Reported<RestoreDrill>);
    const receipt = await receive(
      req,
      async () => {
        requireSaneTimes(drill, clock());
        return backups.recordDrill(req.params.name, drill);
      },
      { kind: 'drill', runId: drill.runId },
    );
    res.status(receipt.recorded ? 201 : 200).json(receipt);
  });

  router.get('/deployments/:name/report-tokens', async (req, res) => {
    const { name } = req.params;
    const items = await guard.handle(
      req,
      {
        eventId: 'deployment-fetch',
        meta: { queryType: 'report-tokens', name },
      },
      async credentials => {
        await access.require(reportTokenCreatePermission, name, credentials);
        return reportTokens.list(name);
      },
    );
    res.json({ items });
  });

  router.post('/deployments/:name/report-tokens', async (req, res) => {
    const { name } = req.params;
    const issued = await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'issue-report-token', name },
      },
      async credentials => {
        await access.require(reportTokenCreatePermission, name, credentials);
        return reportTokens.issue(name, callerOf(credentials));
      },
    );
    // Told once: nothing on the way may keep it
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(issued);
  });

  router.delete('/deployments/:name/report-tokens/:id', async (req, res) => {
    const { name, id } = req.params;
    await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'revoke-report-token', name, id },
      },
      async credentials => {
        await access.require(reportTokenCreatePermission, name, credentials);
        if (!(await reportTokens.revoke(name, id))) {
          throw new NotFoundError(`"${name}" has no report token ${id}`);
        }
      },
    );
    res.status(204).end();
  });
}

/** As scripts write it: `null` for what they do not know. */
type Reported<T> = { [K in keyof T]: T[K] | null };

/** A run of the future would be the newest for as long as its clock is wrong, and look recent. */
function requireSaneTimes(
  { startedAt, finishedAt }: { startedAt: string; finishedAt: string },
  now: Date,
): void {
  if (Date.parse(finishedAt) > now.getTime() + MAX_AHEAD_MS) {
    throw new InputError(
      `finishedAt: ${finishedAt} has not come yet: the clock of the job is wrong`,
    );
  }
  if (Date.parse(startedAt) > Date.parse(finishedAt)) {
    throw new InputError(`startedAt: ${startedAt} is after ${finishedAt}`);
  }
}

function toBackupRecord(reported: Reported<BackupRecord>): BackupRecord {
  return {
    ...known(reported, [
      'runId',
      'engine',
      'startedAt',
      'finishedAt',
      'outcome',
      'error',
      'location',
      'sizeBytes',
      'sha256',
      'verified',
      'coderVersion',
      'schemaVersion',
      'serverVersion',
      'counts',
      'schedule',
      'retentionDays',
    ]),
    secrets: reported.secrets ?? [],
  } as BackupRecord;
}

function toRestoreDrill(reported: Reported<RestoreDrill>): RestoreDrill {
  return known(reported, [
    'runId',
    'backupRunId',
    'startedAt',
    'finishedAt',
    'outcome',
    'error',
    'restoreMillis',
    'totalSeconds',
    'sizeBytes',
    'schemaVersion',
    'counts',
  ]) as RestoreDrill;
}

/** The fields that are kept, without those that the job did not know. */
function known<T extends object>(
  reported: Reported<T>,
  fields: ReadonlyArray<keyof T>,
): Partial<T> {
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = reported[field];
      return value === null || value === undefined ? [] : [[field, value]];
    }),
  ) as Partial<T>;
}

function toBackupsReport(options: {
  schedule: string;
  retentionDays: number;
  records: BackupRecord[];
  drills: RestoreDrill[];
  now: Date;
}): BackupsReport {
  const { schedule, retentionDays, records, drills, now } = options;
  const good = newestGoodBackup(records);
  const lastDrill = newestRun(drills);
  return {
    schedule,
    retentionDays,
    backup: {
      standing: backupStanding(records, { schedule, now }),
      ...(good && {
        lastGoodAt: good.finishedAt,
        dueBy: backupDueBy(good.finishedAt, schedule).toISOString(),
      }),
    },
    drill: {
      standing: drillStanding(drills, { now }),
      ...(lastDrill && {
        lastAt: lastDrill.finishedAt,
        dueBy: drillDueBy(lastDrill.finishedAt).toISOString(),
      }),
    },
    records,
    drills,
  };
}
