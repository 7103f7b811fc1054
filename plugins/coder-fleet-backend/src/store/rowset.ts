import type { Knex } from 'knex';
import { isPostgres } from './dialect';

type ColumnType = 'text' | 'bigint';

/** What PostgreSQL's JSON cannot turn into text: NUL, and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex
const UNSTORABLE = /\u0000|\p{Surrogate}/gu;

/**
 * Rows as a table `v` inside a statement. They travel as one JSON parameter: the text of the statement
 * is the same for any number of rows, and no limit of parameters is met.
 *
 * @internal
 */
export function rowset<C extends string>(
  client: Knex,
  columns: Readonly<Record<C, ColumnType>>,
  rows: ReadonlyArray<Record<C, string | number | null>>,
): Knex.Raw {
  const json = JSON.stringify(rows, (_, value) =>
    typeof value === 'string' ? value.replace(UNSTORABLE, '\uFFFD') : value,
  );
  const entries = Object.entries<ColumnType>(columns);
  if (isPostgres(client)) {
    const types = entries.map(([name, type]) => `${name} ${type}`).join(', ');
    return client.raw(`json_to_recordset(?::json) as v(${types})`, [json]);
  }
  const fields = entries
    .map(([name]) => `json_extract(value, '$.${name}') as ${name}`)
    .join(', ');
  return client.raw(`(select ${fields} from json_each(?)) as v`, [json]);
}
