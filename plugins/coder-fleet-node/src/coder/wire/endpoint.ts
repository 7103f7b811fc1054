import type { HttpResponse } from '../../http/HttpClient';
import { fromWire } from './fromWire';

/**
 * One operation of Coder's API, and how its answer is read.
 *
 * @internal
 */
export type Endpoint<T> = {
  /** `GET` when absent. */
  method?: 'POST';
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Whether a token goes along: not at all, if there is one, or necessarily. */
  token: 'never' | 'optional' | 'required';
  /** Routes that exist with a licence only. */
  enterprise?: boolean;
  timeoutMs?: number;
  /** Throws a `ZodError` for an answer in an unknown shape. */
  read(response: HttpResponse): T;
};

/**
 * Reads an answer in JSON with a parser of what `fromWire` makes of it.
 *
 * @internal
 */
export function readJson<T>(
  parse: (wire: unknown) => T,
): (response: HttpResponse) => T {
  return response => parse(fromWire(response.json()));
}

/**
 * A segment of a path, whatever is in it.
 *
 * @internal
 */
export function segment(text: string): string {
  // URLs resolve dots as folders, encoded or not.
  return encodeURIComponent(text).replace(/^\.{1,2}$/, 'invalid');
}
