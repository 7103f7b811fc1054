/** Lines of each side that are shown at most, and characters of a line. */
const MAX_LINES = 6;
const MAX_LENGTH = 160;

/**
 * What differs between two texts, for a log: the lines from the first difference to the last, `-` those
 * of `before`, `+` those of `after`, each side cut to a few lines.
 *
 * @internal
 */
export function shortDiff(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const start = commonLength(old, now);
  const end = Math.min(
    commonLength([...old].reverse(), [...now].reverse()),
    Math.min(old.length, now.length) - start,
  );
  return [
    `line ${start + 1}:`,
    ...side('-', old.slice(start, old.length - end)),
    ...side('+', now.slice(start, now.length - end)),
  ];
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a[index] === b[index]) {
    index += 1;
  }
  return index;
}

function side(sign: '-' | '+', lines: readonly string[]): string[] {
  const shown = lines
    .slice(0, MAX_LINES)
    .map(line => `${sign} ${printable(line)}`);
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `${sign} … ${rest} more`] : shown;
}

/** The text comes from a repository: control characters could drive the terminal that shows it. */
function printable(line: string): string {
  const text = line.replace(/\p{Cc}/gu, '\ufffd');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
