/**
 * Rows as text with aligned columns, one string a row, for a log in a fixed-width font. The last
 * column is not padded.
 *
 * @public
 */
export function textTable(
  head: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...all.map(row => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  const rule = widths.map(width => '-'.repeat(width));
  return [line(head), line(rule), ...rows.map(line)];
}
