/** What a check is about: a column of the table. */
export type Kind = 'answers' | 'requests' | 'parser' | 'known';

/** What is wrong, and on which occasion it was seen. */
export type Problem = { message: string; occasion: string };

type Row = Record<Kind, number> & { failed: number };

/** Counts checks by operation, and keeps what failed. */
export class Report {
  readonly #rows = new Map<string, Row>();
  /** Occasions by operation and message. */
  readonly #failures = new Map<string, string[]>();

  /** Notes one check; without a problem it has passed. */
  add(check: { operation: string; kind: Kind; problem?: Problem }): void {
    const { operation, kind, problem } = check;
    const row = this.#rows.get(operation) ?? {
      ...{ answers: 0, requests: 0, parser: 0, known: 0 },
      failed: 0,
    };
    row[kind] += 1;
    this.#rows.set(operation, row);
    if (problem) {
      row.failed += 1;
      const key = `${operation}: ${problem.message}`;
      const occasions = this.#failures.get(key) ?? [];
      this.#failures.set(key, [...occasions, problem.occasion]);
    }
  }

  get failed(): number {
    return this.#sum(({ failed }) => failed);
  }

  get passed(): number {
    return this.#sum(
      ({ answers, requests, parser, known, failed }) =>
        answers + requests + parser + known - failed,
    );
  }

  /** A line an operation, the failures, and the sums as the last line. */
  toString(): string {
    const names = [...this.#rows.keys()].sort((a, b) =>
      pathOf(a) < pathOf(b) ? -1 : 1,
    );
    const width = Math.max(...names.map(name => name.length));
    const line = (name: string, ...cells: unknown[]) =>
      [name.padEnd(width), ...cells.map(cell => String(cell).padStart(8))].join(
        ' ',
      );
    return [
      line('', 'answers', 'requests', 'parser', 'known', 'failed'),
      ...[...this.#rows]
        .sort(([a], [b]) => (pathOf(a) < pathOf(b) ? -1 : 1))
        .map(([name, { answers, requests, parser, known, failed }]) =>
          line(name, answers, requests, parser, known, failed),
        ),
      ...[...this.#failures].map(
        ([message, [first, ...others]]) =>
          `FAILED ${message} (${first}${others.length > 0 ? ` and ${others.length} more` : ''})`,
      ),
      `contract: ${this.passed} checks passed, ${this.failed} failed`,
    ].join('\n');
  }

  #sum(count: (row: Row) => number): number {
    return [...this.#rows.values()].reduce((sum, row) => sum + count(row), 0);
  }
}

function pathOf(operation: string): string {
  return operation.split(' ').reverse().join(' ');
}
