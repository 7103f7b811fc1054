const MAX_LENGTH = 200;

/**
 * A text that comes from a repository, such as a path, as one line of a log: control characters could drive the
 * terminal that shows it.
 *
 * @public
 */
export function printable(text: string): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}
