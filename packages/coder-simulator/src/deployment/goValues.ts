const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
};

/**
 * A duration as Go writes it, `1h30m` or `15ms`, in nanoseconds; undefined for anything else.
 *
 * @internal
 */
export function goDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) {
    return text === '0' ? 0 : undefined;
  }
  return [...text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * NANOSECONDS[unit],
    0,
  );
}

/**
 * A boolean as Go reads it; undefined for anything else.
 *
 * @internal
 */
export function goBoolean(text: string): boolean | undefined {
  if (/^(1|t|true)$/i.test(text)) {
    return true;
  }
  return /^(0|f|false)$/i.test(text) ? false : undefined;
}
