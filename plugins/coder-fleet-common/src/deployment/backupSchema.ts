import { z } from 'zod/v3';
import { deploymentFields as fields } from './fields';

/** Where the tools of a backup find a volume. */
const volumeSchema = z
  .object({
    type: z.literal('volume').describe('A volume of the cluster'),
    size: fields.quantity
      .default('100Gi')
      .describe('Size of the volume that is claimed'),
    storageClass: fields.storageClass.optional(),
  })
  .passthrough();

const rcloneSchema = z
  .object({
    type: z.literal('rclone').describe('Whatever rclone writes to'),
    remote: fields.rcloneRemote.describe(
      'A remote of rclone and a path there: s3:bucket/prefix',
    ),
    configSecret: fields.secretKeyRef
      .default({ name: 'coder-backup-rclone', key: 'rclone.conf' })
      .describe("The Secret that holds rclone's configuration"),
  })
  .passthrough();

const reportSchema = z
  .object({
    url: fields.reportUrl.describe(
      "The deployment's address in the portal's API, which takes the reports",
    ),
    tokenSecret: fields.secretKeyRef
      .default({ name: 'coder-fleet-report-token', key: 'token' })
      .describe('The Secret that holds the report token'),
  })
  .passthrough();

/**
 * How the database is backed up, and how that is proved.
 *
 * @internal
 */
export const backupSchema = z
  .object({
    schedule: fields.cron.describe(
      'When the database is backed up: five cron fields, UTC',
    ),
    retentionDays: z
      .number({ invalid_type_error: 'The retention must be a number of days' })
      .int('The retention must be whole days')
      .min(1, 'Backups must be kept for at least 1 day')
      .max(3650, 'Backups are kept for at most 3,650 days')
      .default(30)
      .describe('How long a backup is kept, in days'),
    drillSchedule: fields.cron
      .default('0 5 * * 0')
      .describe(
        'When the newest backup is restored into a scratch database: five cron fields, UTC',
      ),
    destination: z
      .discriminatedUnion('type', [volumeSchema, rcloneSchema], {
        errorMap: (issue, ctx) => ({
          message:
            issue.code === 'invalid_union_discriminator'
              ? 'Backups go to a volume or to a remote of rclone'
              : ctx.defaultError,
        }),
      })
      .default({ type: 'volume' })
      .describe('Where backups lie'),
    image: fields.image
      .optional()
      .describe(
        'Image of the backup jobs, as kubernetes/backup/Containerfile describes it',
      ),
    report: reportSchema
      .optional()
      .describe('Where runs are reported; without it nobody hears of them'),
  })
  .passthrough();
