import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const PACKAGE = '@coder-fleet/backstage-plugin-coder-fleet-backend';

/**
 * Where the migrations are.
 *
 * @internal
 */
export function migrationsDirectory(): string {
  return resolvePackagePath(PACKAGE, 'migrations');
}

/**
 * The database client, with the schema as this version of the package needs it.
 *
 * @internal
 */
export async function migratedClient(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({ directory: migrationsDirectory() });
  }
  return client;
}
