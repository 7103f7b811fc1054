import { QueryParameters } from './queryParameters';
import type { Reply } from './reply';

/**
 * The part of a list that `limit` and `offset` ask for; all of it without a limit.
 *
 * @internal
 */
export function page(query: URLSearchParams): {
  refusal?: Reply;
  slice<T>(items: readonly T[]): T[];
} {
  const parameters = new QueryParameters(query);
  const limit = parameters.count('limit', 0);
  const offset = parameters.count('offset', 0);
  parameters.text('q');
  parameters.text('after_id');
  return {
    refusal: parameters.refusal(),
    slice: items => items.slice(offset, limit > 0 ? offset + limit : undefined),
  };
}

/**
 * Whether something has the values that `q` asks for, as `status:running`. Keys that it does not have
 * are no condition.
 *
 * @internal
 */
export function matches(
  query: URLSearchParams,
  values: Readonly<Record<string, string>>,
): boolean {
  const terms = (query.get('q') ?? '').split(/\s+/).filter(Boolean);
  return terms.every(term => {
    const [key, wanted] = term.split(':', 2);
    return (
      wanted === undefined ||
      !Object.hasOwn(values, key) ||
      wanted.split(',').includes(values[key])
    );
  });
}
