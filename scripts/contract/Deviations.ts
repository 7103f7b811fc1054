import type { Mismatch } from './OpenApi';

/** What may stand at a place of the document besides what the document says. */
export type FieldDeviation = {
  /** `<schema>.<property>` */
  at: string;
  allows: 'null' | 'a boolean' | 'a text' | 'other values' | 'the field';
  reason: string;
};

/** An operation whose answers or requests are not as the document says. */
export type OperationDeviation = {
  /** `GET /api/v2/users/{user}` */
  operation: string;
  reason: string;
} & (
  | { is: 'undocumented' }
  | { is: 'answered with'; schema: string }
  | { is: 'answered with null' }
  | { is: 'called with'; parameter: string }
);

/** A field without which an answer says nothing: the client must then report an error. */
export type EssentialField = { at: string; reason: string };

/** A field that the client reads although the simulator never sends it. */
export type UnsentField = { at: string; reason: string };

/** All lists. */
export type KnownDeviations = {
  fields: readonly FieldDeviation[];
  operations: readonly OperationDeviation[];
  essentials: readonly EssentialField[];
  unsent: readonly UnsentField[];
};

type Entry = { reason: string };

/** The known deviations, and which of them were needed. */
export class Deviations {
  readonly #known: KnownDeviations;
  readonly #used = new Set<Entry>();

  constructor(known: KnownDeviations) {
    this.#known = known;
  }

  /** Whether a mismatch is known. */
  explains(mismatch: Mismatch): boolean {
    return this.#use(
      this.#known.fields.find(
        ({ at, allows }) => at === mismatch.at && isAllowed(allows, mismatch),
      ),
    );
  }

  isUndocumented(operation: string): boolean {
    return this.#use(
      this.#known.operations.find(
        entry => entry.operation === operation && entry.is === 'undocumented',
      ),
    );
  }

  isAnsweredWithNull(operation: string): boolean {
    return this.#use(
      this.#known.operations.find(
        entry =>
          entry.operation === operation && entry.is === 'answered with null',
      ),
    );
  }

  isCalledWith(operation: string, parameter: string): boolean {
    return this.#use(
      this.#known.operations.find(
        entry =>
          entry.operation === operation &&
          entry.is === 'called with' &&
          entry.parameter === parameter,
      ),
    );
  }

  /** The name of the schema that an operation is really answered with. */
  realSchema(operation: string): string | undefined {
    const found = this.#known.operations.find(
      entry => entry.operation === operation && entry.is === 'answered with',
    );
    return found?.is === 'answered with' ? found.schema : undefined;
  }

  /** Notes that the real schema was needed. */
  noteRealSchema(operation: string): void {
    this.#use(
      this.#known.operations.find(
        entry => entry.operation === operation && entry.is === 'answered with',
      ),
    );
  }

  isEssential(at: string): boolean {
    return this.#use(this.#known.essentials.find(entry => entry.at === at));
  }

  isUnsent(at: string): boolean {
    return this.#use(this.#known.unsent.find(entry => entry.at === at));
  }

  /** Every entry in words, and whether it explained anything. */
  entries(): { name: string; used: boolean }[] {
    const { fields, operations, essentials, unsent } = this.#known;
    const used = (entry: Entry) => this.#used.has(entry);
    return [
      ...fields.map(entry => ({
        name: `${entry.at} allows ${entry.allows}`,
        used: used(entry),
      })),
      ...operations.map(entry => ({
        name: `${entry.operation} is ${entry.is}`,
        used: used(entry),
      })),
      ...essentials.map(entry => ({
        name: `${entry.at} is essential`,
        used: used(entry),
      })),
      ...unsent.map(entry => ({
        name: `${entry.at} is never sent`,
        used: used(entry),
      })),
    ];
  }

  #use(entry: Entry | undefined): boolean {
    if (entry) {
      this.#used.add(entry);
    }
    return entry !== undefined;
  }
}

function isAllowed(
  allows: FieldDeviation['allows'],
  { keyword, data }: Mismatch,
): boolean {
  switch (allows) {
    case 'null':
      return data === null;
    case 'a boolean':
      return keyword === 'type' && typeof data === 'boolean';
    case 'a text':
      return keyword === 'type' && typeof data === 'string';
    case 'other values':
      return keyword === 'enum' && typeof data === 'string';
    default:
      return keyword === 'additionalProperties';
  }
}
