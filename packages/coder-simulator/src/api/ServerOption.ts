/**
 * An option of `coder server`. `kind` says how its value is written in JSON: a duration is a number of
 * nanoseconds, a list an array of texts.
 *
 * @internal
 */
export type ServerOption = {
  name: string;
  env: string;
  kind: 'text' | 'boolean' | 'number' | 'duration' | 'list' | 'json';
  default?: string;
  group?: string;
  yaml?: string;
  /** Its value is never shown. */
  secret?: boolean;
};
