/** What a benchmark found. Ratios judge; figures tell. */
export type Report = {
  name: string;
  figures: Record<string, number>;
  /** Taken in the same run. */
  baseline: Record<string, number>;
  ratios: Record<string, number>;
};

/** Prints a report for people, and as one line of JSON when that was asked for. */
export function print(report: Report): void {
  for (const group of ['figures', 'baseline', 'ratios'] as const) {
    for (const [key, value] of Object.entries(report[group])) {
      console.log(`${group.padEnd(9)} ${key.padEnd(32)} ${round(value)}`);
    }
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(report));
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
