/**
 * Where a command writes, and what time it is.
 *
 * @internal
 */
export type Terminal = {
  out(text: string): unknown;
  err(text: string): unknown;
  now: Date;
};

/**
 * A command: its arguments in, its exit code out.
 *
 * @internal
 */
export type Command = {
  usage: string;
  run(args: string[], terminal: Terminal): Promise<number> | number;
};
