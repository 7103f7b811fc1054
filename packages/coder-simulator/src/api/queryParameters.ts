import { invalid, Reply } from './reply';

type Validation = { field: string; detail: string };

/**
 * Reads query parameters as strictly as Coder does: one that it cannot use is a 400, and so is one
 * that the route does not know.
 *
 * @internal
 */
export class QueryParameters {
  readonly #query: URLSearchParams;
  readonly #known = new Set<string>(['coder_session_token']);
  readonly #problems: Validation[] = [];

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  /** A whole number that is not negative. */
  count(name: string, otherwise: number): number {
    const value = this.text(name);
    if (value === undefined) {
      return otherwise;
    }
    if (/^\d{1,9}$/.test(value)) {
      return Number(value);
    }
    this.#refuse(name, 'must be a valid 32-bit positive integer');
    return otherwise;
  }

  flag(name: string): boolean {
    const value = this.text(name);
    if (value === undefined || /^(true|false|1|0)$/.test(value)) {
      return value === 'true' || value === '1';
    }
    this.#refuse(name, 'must be a valid boolean');
    return false;
  }

  /** Values between commas; undefined when there is no such parameter. */
  list(name: string): string[] | undefined {
    return this.text(name)?.split(',');
  }

  /** A JSON object of texts. */
  textMap(name: string): Record<string, string> {
    const value = this.text(name);
    try {
      return value ? { ...JSON.parse(value) } : {};
    } catch {
      this.#refuse(name, 'must be a JSON object');
      return {};
    }
  }

  text(name: string): string | undefined {
    this.#known.add(name);
    return this.#query.get(name) || undefined;
  }

  /** The refusal, when something was wrong or something is left. Call it last. */
  refusal(): Reply | undefined {
    for (const name of new Set(this.#query.keys())) {
      if (!this.#known.has(name)) {
        this.#problems.push({
          field: name,
          detail: `Query param "${name}" is not a valid query param`,
        });
      }
    }
    return this.#problems.length > 0
      ? invalid('Invalid query parameters.', this.#problems)
      : undefined;
  }

  #refuse(field: string, problem: string): void {
    this.#problems.push({ field, detail: `Query param "${field}" ${problem}` });
  }
}
