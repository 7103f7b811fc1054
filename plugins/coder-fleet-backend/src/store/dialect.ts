import type { Knex } from 'knex';

/**
 * Whether a client talks to PostgreSQL; otherwise it is SQLite.
 *
 * @internal
 */
export function isPostgres(client: Knex): boolean {
  return client.client.dialect === 'postgresql';
}

/**
 * The rows of a raw statement, which the engines' drivers wrap differently.
 *
 * @internal
 */
export function rowsOf<T>(result: unknown): T[] {
  return Array.isArray(result) ? result : (result as { rows: T[] }).rows;
}
