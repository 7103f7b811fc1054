import { databaseMachine } from '../../architecture/databaseMachine';
import type { Plan } from '../../architecture/plan';
import type { CloudName } from '../../architecture/reference/types';
import { markdownTable } from '../markdown';

/**
 * What a cloud calls the figures of a plan, as a table. Source: CVA, database; the clouds' own names of
 * parameters.
 *
 * @internal
 */
export const DATABASE_PARAMETERS: Readonly<
  Record<string, ((plan: Plan) => string) | undefined>
> = {
  rds: plan =>
    table('Amazon RDS', [
      ['DB instance class', machine(plan, 'aws')],
      ['Storage type', '`gp3`, 3,000 IOPS or more'],
      ['Allocated storage', `${plan.database.storageGB.value} GiB`],
      ['Multi-AZ', plan.database.highlyAvailable.value ? 'yes' : 'no'],
      ['Storage encryption', 'yes'],
      ['Backup retention', 'on; the dumps of the backup job come beside it'],
    ]),
  'cloud-sql': plan =>
    table('Google Cloud SQL', [
      ['Machine type', machine(plan, 'gcp')],
      ['Storage', `SSD, ${plan.database.storageGB.value} GB`],
      [
        'Availability',
        plan.database.highlyAvailable.value ? '`REGIONAL`' : '`ZONAL`',
      ],
      ['Automated backups', 'on; the dumps of the backup job come beside it'],
    ]),
  azure: plan =>
    table('Azure Database for PostgreSQL, flexible server', [
      ['Compute', machine(plan, 'azure')],
      ['Storage', `Premium SSD, ${plan.database.storageGB.value} GiB`],
      [
        'High availability',
        plan.database.highlyAvailable.value ? '`ZoneRedundant`' : 'off',
      ],
      ['Backups', 'on; the dumps of the backup job come beside them'],
    ]),
};

/** The plan decides; a reader of the CVA finds its smaller table too, and is told which of the two this is. */
function machine({ database }: Plan, cloud: CloudName): string {
  const { value, alternatives = [] } = databaseMachine(database, cloud);
  const size = ({ name, vcpu, memoryGB }: typeof value) =>
    `\`${name}\` (${vcpu} vCPU, ${memoryGB} GB)`;
  return [
    size(value),
    ...alternatives.map(
      other =>
        `the plan's figures decide; ${other.source.title}, ${other.source.section} names ${size(other.value)}`,
    ),
  ].join('; ');
}

function table(title: string, rows: ReadonlyArray<readonly string[]>): string {
  return markdownTable([title, 'value'], rows);
}
