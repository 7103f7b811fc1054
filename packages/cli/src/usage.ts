import { isError } from '@backstage/errors';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * The command line is wrong: the usage helps.
 *
 * @internal
 */
export class UsageError extends Error {}

/**
 * Reads options and the one path that a command takes. Throws a {@link UsageError}.
 *
 * @internal
 */
export function readArguments<
  T extends NonNullable<ParseArgsConfig['options']>,
>(args: string[], options: T) {
  const { values, positionals } = parsed(args, options);
  if (positionals.length !== 1) {
    throw new UsageError(
      positionals.length === 0
        ? 'Give a path'
        : `Give one path, not ${positionals.length}`,
    );
  }
  return { values, path: positionals[0] };
}

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(isError(error) ? error.message : String(error));
  }
}

/**
 * The value of an option that takes one of a few words. Throws a {@link UsageError}.
 *
 * @internal
 */
export function oneOf<T extends string>(
  option: string,
  words: readonly T[],
  value: string,
): T {
  const found = words.find(word => word === value);
  if (found === undefined) {
    throw new UsageError(
      `--${option} is one of ${words.join(', ')}, not "${value}"`,
    );
  }
  return found;
}
