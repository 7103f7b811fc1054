import type { Plan } from './plan';
import { PlanFigure, planFigures } from './planFigures';

/**
 * A figure that differs between two plans. On the side where it does not exist (a region that is not
 * there) it is missing.
 *
 * @public
 */
export type PlanChange = {
  /** Stable, for example `provisioners.eu-west.replicas`. */
  path: string;
  /** For people. */
  label: string;
  from?: PlanFigure['value'];
  to?: PlanFigure['value'];
  /** Empty where the values need none. */
  unit: string;
};

/**
 * As much of a finding as a comparison looks at.
 *
 * @public
 */
export type ComparableFinding = {
  rule: string;
  verdict: 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';
};

/**
 * How one plan differs from another.
 *
 * @public
 */
export type PlanComparison<F extends ComparableFinding = ComparableFinding> = {
  /** In the order in which people read a plan. */
  figures: PlanChange[];
  /** Findings other than `pass` and `skip` that only the second has; with it a worse or other verdict. */
  gained: F[];
  /** The same that only the first has. */
  lost: F[];
};

/**
 * Compares two plans and what the rules say of them. Pure: neither is changed.
 *
 * @public
 */
export function comparePlans<F extends ComparableFinding>(
  a: { plan: Plan; findings: readonly F[] },
  b: { plan: Plan; findings: readonly F[] },
): PlanComparison<F> {
  return {
    figures: changedFigures(planFigures(a.plan), planFigures(b.plan)),
    gained: openOnlyIn(b.findings, a.findings),
    lost: openOnlyIn(a.findings, b.findings),
  };
}

function changedFigures(
  before: readonly PlanFigure[],
  after: readonly PlanFigure[],
): PlanChange[] {
  const was = new Map(before.map(figure => [figure.path, figure]));
  const is = new Map(after.map(figure => [figure.path, figure]));
  return merged(before, after).flatMap(({ path, label, unit }) => {
    const from = was.get(path)?.value;
    const to = is.get(path)?.value;
    return from === to
      ? []
      : [
          {
            path,
            label,
            ...(from !== undefined && { from }),
            ...(to !== undefined && { to }),
            unit,
          },
        ];
  });
}

/** The figures of both: one that is gone stays behind the one that it followed. */
function merged(
  before: readonly PlanFigure[],
  after: readonly PlanFigure[],
): PlanFigure[] {
  const all = [...after];
  before.forEach((figure, index) => {
    const place = (path: string | undefined) =>
      all.findIndex(known => known.path === path);
    if (place(figure.path) < 0) {
      all.splice(place(before[index - 1]?.path) + 1, 0, figure);
    }
  });
  return all;
}

function openOnlyIn<F extends ComparableFinding>(
  findings: readonly F[],
  others: readonly F[],
): F[] {
  const key = ({ rule, verdict }: ComparableFinding) => `${rule} ${verdict}`;
  const known = new Set(others.map(key));
  return findings.filter(
    finding =>
      finding.verdict !== 'pass' &&
      finding.verdict !== 'skip' &&
      !known.has(key(finding)),
  );
}
