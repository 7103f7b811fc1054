import type { Plan } from '../../architecture/plan';
import { markdownTable } from '../markdown';

/** Source: CVA, database, table of instances. */
const DATABASE_CLASSES = {
  rds: {
    small: '`db.m6i.large`',
    medium: '`db.m6i.xlarge`',
    large: '`db.m6i.2xlarge`',
  },
  'cloud-sql': {
    small: '`db-perf-optimized-N-2`',
    medium: '`db-perf-optimized-N-4`',
    large: '`db-perf-optimized-N-8`',
  },
  azure: {
    small: '`Standard_D2s_v5`',
    medium: '`Standard_D4s_v5`',
    large: '`Standard_D8s_v5`',
  },
} as const;

/**
 * What a cloud calls the figures of a plan, as a table. Source: CVA, database; the clouds' own names of
 * parameters.
 *
 * @internal
 */
export const DATABASE_PARAMETERS: Readonly<
  Record<string, ((plan: Plan) => string) | undefined>
> = {
  rds: ({ database: { sizeClass, storageGB, highlyAvailable } }) =>
    markdownTable(
      ['Amazon RDS', 'value'],
      [
        ['DB instance class', DATABASE_CLASSES.rds[sizeClass.value]],
        ['Storage type', '`gp3`, 3,000 IOPS or more'],
        ['Allocated storage', `${storageGB.value} GiB`],
        ['Multi-AZ', highlyAvailable.value ? 'yes' : 'no'],
        ['Storage encryption', 'yes'],
        ['Backup retention', 'on; the dumps of the backup job come beside it'],
      ],
    ),
  'cloud-sql': ({ database: { sizeClass, storageGB, highlyAvailable } }) =>
    markdownTable(
      ['Google Cloud SQL', 'value'],
      [
        ['Machine type', DATABASE_CLASSES['cloud-sql'][sizeClass.value]],
        ['Storage', `SSD, ${storageGB.value} GB`],
        ['Availability', highlyAvailable.value ? '`REGIONAL`' : '`ZONAL`'],
        ['Automated backups', 'on; the dumps of the backup job come beside it'],
      ],
    ),
  azure: ({ database: { sizeClass, storageGB, highlyAvailable } }) =>
    markdownTable(
      ['Azure Database for PostgreSQL, flexible server', 'value'],
      [
        ['Compute', DATABASE_CLASSES.azure[sizeClass.value]],
        ['Storage', `Premium SSD, ${storageGB.value} GiB`],
        [
          'High availability',
          highlyAvailable.value ? '`ZoneRedundant`' : 'off',
        ],
        ['Backups', 'on; the dumps of the backup job come beside them'],
      ],
    ),
};
