import { structuredPatch } from 'diff';

/** Places that are shown at most, lines of each side of a place, and characters of a line. */
const MAX_PLACES = 20;
const MAX_LINES = 20;
const MAX_LENGTH = 160;

/** Texts that differ in more lines than this are compared from their ends only. */
const MAX_EDITS = 1_000;

type Place = { line: number; before: string[]; after: string[] };

/**
 * What differs between two texts, for a log: every place with the number of its line, `-` what `before`
 * says there, `+` what `after` says, all of it cut to a bearable length.
 *
 * @internal
 */
export function shortDiff(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const places = placesOf(old, now) ?? [outermost(old, now)];
  const rest = places.length - MAX_PLACES;
  return [
    ...places
      .slice(0, MAX_PLACES)
      .flatMap(place => [
        `line ${place.line}:`,
        ...side('-', place.before),
        ...side('+', place.after),
      ]),
    ...(rest > 0 ? [`… ${rest} more places`] : []),
  ];
}

function placesOf(old: string[], now: string[]): Place[] | undefined {
  // Each line gets its end, so that the last one is a line like the others.
  const text = (lines: string[]) => lines.map(line => `${line}\n`).join('');
  const patch = structuredPatch('', '', text(old), text(now), '', '', {
    context: 0,
    maxEditLength: MAX_EDITS,
  });
  return patch?.hunks.map(({ oldStart, lines }) => ({
    line: oldStart,
    before: linesOf('-', lines),
    after: linesOf('+', lines),
  }));
}

function linesOf(sign: '-' | '+', lines: readonly string[]): string[] {
  return lines.filter(line => line[0] === sign).map(line => line.slice(1));
}

/** The lines from the first difference to the last. */
function outermost(old: string[], now: string[]): Place {
  const start = commonLength(old, now);
  const end = Math.min(
    commonLength([...old].reverse(), [...now].reverse()),
    Math.min(old.length, now.length) - start,
  );
  return {
    line: start + 1,
    before: old.slice(start, old.length - end),
    after: now.slice(start, now.length - end),
  };
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
