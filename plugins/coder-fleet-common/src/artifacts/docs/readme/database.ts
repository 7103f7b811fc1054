import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { DATABASE_PARAMETERS } from '../databaseParameters';
import { numbered, shell } from '../shell';

/**
 * Which database is needed; for one that is not made here, how Coder gets a role there, and how it is looked at.
 *
 * @internal
 */
export function databaseSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const { type, version, connectionSecret } = spec.database;
  const { vcpu, memoryGB, storageGB, maxConnections } = plan.database;
  const size = `${vcpu.value} vCPU, ${memoryGB.value} GB of memory, ${storageGB.value} GB of storage, \`max_connections\` of at least ${maxConnections.value}`;
  const head = ['## Database'];
  if (type === 'cloudnative-pg') {
    return [
      ...head,
      `[kubernetes/database](./kubernetes/database) is a CloudNativePG cluster of PostgreSQL ${version} (${size}). It needs the operator${
        spec.database.objectStore
          ? ' and its barman-cloud plugin, which archives to the object store'
          : '; without an object store (`spec.database.objectStore`) nothing is archived, and only the dumps of the backup job remain'
      }. The operator writes the connection URL into \`${connectionSecret.name}\`.`,
    ];
  }
  const parameters = DATABASE_PARAMETERS[type];
  const { key } = connectionSecret;
  return [
    ...head,
    `Needs a PostgreSQL ${version} in the same region, best in the same zone, less than 10 ms away, and of no burstable class: ${size}.`,
    ...(parameters ? [parameters(plan)] : []),
    ...numbered([
      [
        `As an administrator of the server, give Coder a role and a database of its own. \`DATABASE_HOST\` and \`ADMINISTRATOR\` are yours:`,
        shell(
          "openssl rand -hex 24 | tr -d '\\n' > ./database-password",
          `psql --host DATABASE_HOST --username ADMINISTRATOR --dbname postgres --variable password="$(cat ./database-password)" --file database/grants.sql`,
        ),
      ],
      [
        `Put the connection URL into the file \`${key}\`, without a line break at its end. With \`sslmode=verify-full\` instead, pods have to know the CA of the server:`,
        shell(
          `printf %s "postgres://coder:$(cat ./database-password)@DATABASE_HOST:5432/coder?sslmode=require" > ./${key}`,
        ),
      ],
      [
        'Let the script look at it, best from where the control plane will run:',
        shell(`CODER_PG_CONNECTION_URL="$(cat ./${key})" sh database/check.sh`),
      ],
    ]),
  ];
}
