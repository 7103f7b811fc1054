import type { Source } from '../source';
import type { DatabaseInstances } from './databaseInstances';
import type { CloudName } from './types';

/**
 * The families that the CVA names for general use, in all sizes that a cloud has of them, smallest first: the pages of
 * the tiers ask for more than the table of cloud instances has.
 * Source: Amazon RDS, DB instance class types; Cloud SQL, Enterprise Plus machine types; Azure Database for PostgreSQL,
 * flexible server, compute.
 *
 * @internal
 */
export const DATABASE_FAMILIES: Readonly<
  Record<CloudName, { source: Source; machines: DatabaseInstances }>
> = {
  aws: {
    source: {
      title: 'Amazon RDS, DB instance classes',
      url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html',
    },
    machines: [
      { name: 'db.m6i.large', vcpu: 2, memoryGB: 8 },
      { name: 'db.m6i.xlarge', vcpu: 4, memoryGB: 16 },
      { name: 'db.m6i.2xlarge', vcpu: 8, memoryGB: 32 },
      { name: 'db.m6i.4xlarge', vcpu: 16, memoryGB: 64 },
      { name: 'db.m6i.8xlarge', vcpu: 32, memoryGB: 128 },
      { name: 'db.m6i.12xlarge', vcpu: 48, memoryGB: 192 },
      { name: 'db.m6i.16xlarge', vcpu: 64, memoryGB: 256 },
      { name: 'db.m6i.24xlarge', vcpu: 96, memoryGB: 384 },
    ],
  },
  azure: {
    source: {
      title: 'Azure Database for PostgreSQL, compute',
      url: 'https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute',
    },
    machines: [
      { name: 'Standard_D2s_v5', vcpu: 2, memoryGB: 8 },
      { name: 'Standard_D4s_v5', vcpu: 4, memoryGB: 16 },
      { name: 'Standard_D8s_v5', vcpu: 8, memoryGB: 32 },
      { name: 'Standard_D16s_v5', vcpu: 16, memoryGB: 64 },
      { name: 'Standard_D32s_v5', vcpu: 32, memoryGB: 128 },
      { name: 'Standard_D48s_v5', vcpu: 48, memoryGB: 192 },
      { name: 'Standard_D64s_v5', vcpu: 64, memoryGB: 256 },
      { name: 'Standard_D96s_v5', vcpu: 96, memoryGB: 384 },
    ],
  },
  gcp: {
    source: {
      title: 'Cloud SQL, machine types of Enterprise Plus',
      url: 'https://cloud.google.com/sql/docs/postgres/machine-series-overview',
    },
    machines: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128].map(vcpu => ({
      name: `db-perf-optimized-N-${vcpu}`,
      vcpu,
      memoryGB: vcpu === 128 ? 864 : vcpu * 8,
    })),
  },
};
