import type { OpenApi } from './OpenApi';
import type { Schema } from './operations';
import { record } from './operations';
import { SAMPLE_HINTS } from './sampleHints';

/** How the keys of structs are spelled whose spelling in the document is wrong. */
export type Spelling = 'on the wire' | 'documented';

/** Deeper than any answer; what refers to itself ends there. */
const MAX_DEPTH = 20;

/** A part of a sample: its path, its place in the document and its schema. */
export type Part = {
  path: readonly string[];
  place: string;
  schema: Schema;
  /** A field that an answer may leave out. */
  optional: boolean;
};

/** A value with every field that a schema knows, and all its parts. */
export type Sample = { value: unknown; parts: readonly Part[] };

type Position = { path: readonly string[]; place: string; name: string };

class SampleMaker {
  readonly parts: Part[] = [];
  readonly #api: OpenApi;
  readonly #spelling: Spelling;
  #count = 0;

  constructor(api: OpenApi, spelling: Spelling) {
    this.#api = api;
    this.#spelling = spelling;
  }

  /** `within` are the names of the schemas around it. */
  make(given: Schema, at: Position, within: readonly string[]): unknown {
    const { schema, name } = this.#api.resolve(given, at.name);
    const values = given.enum ?? schema.enum;
    if (Array.isArray(values)) {
      return values[0];
    }
    const inside = { ...at, name };
    switch (schema.type) {
      case 'object':
        return (
          SAMPLE_HINTS.values[at.place] ??
          this.#object(schema, inside, [...within, name])
        );
      case 'array':
        return this.#array(schema, inside, within);
      case 'boolean':
        return true;
      case 'integer':
        return 1_000 + this.#next();
      case 'number':
        return 1_000.5 + this.#next();
      default:
        return plausibleText(fieldOf(at.place), this.#next());
    }
  }

  #array(schema: Schema, at: Position, within: readonly string[]): unknown[] {
    const items = record(schema.items);
    const position = {
      path: [...at.path, '0'],
      place: `${at.place}[]`,
      name: at.name,
    };
    this.#note(position, items, false);
    return this.#isEndless(items, within)
      ? []
      : [this.make(items, position, within)];
  }

  #object(
    schema: Schema,
    at: Position,
    within: readonly string[],
  ): Record<string, unknown> {
    const required = Array.isArray(schema.required) ? schema.required : [];
    const documented = Array.isArray(schema['x-documented-keys'])
      ? schema['x-documented-keys'].map(String)
      : [];
    const properties = Object.entries(record(schema.properties)).map(
      ([wireKey, property], index) => ({
        key:
          this.#spelling === 'documented'
            ? (documented[index] ?? wireKey)
            : wireKey,
        property: record(property),
        place: `${at.name || at.place}.${wireKey}`,
        optional: !required.includes(wireKey),
      }),
    );
    const extra = record(schema.additionalProperties);
    const entries =
      Object.keys(extra).length > 0
        ? (SAMPLE_HINTS.keys[at.place] ?? ['sample']).map(key => ({
            key,
            property: extra,
            place: `${at.place}{}`,
            optional: false,
          }))
        : [];
    return Object.fromEntries(
      [...properties, ...entries]
        .filter(({ property }) => !this.#isEndless(property, within))
        .map(({ key, property, place, optional }) => {
          const position = { path: [...at.path, key], place, name: place };
          this.#note(position, property, optional);
          return [key, this.make(property, position, within)];
        }),
    );
  }

  #note({ path, place }: Position, schema: Schema, optional: boolean): void {
    const resolved = this.#api.resolve(schema).schema;
    this.parts.push({
      ...{ path, place, optional },
      schema: { ...resolved, ...(schema.enum ? { enum: schema.enum } : {}) },
    });
  }

  /** Whether it is inside of itself: a group of groups has no end. */
  #isEndless(schema: Schema, within: readonly string[]): boolean {
    const items = record(schema.items);
    const { name } = this.#api.resolve(
      schema.type === 'array' ? items : schema,
    );
    return within.length > MAX_DEPTH || (name !== '' && within.includes(name));
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

/** Makes a sample in which no two texts and no two numbers are the same. */
export function sampleOf(
  api: OpenApi,
  schema: Schema,
  spelling: Spelling,
): Sample {
  const maker = new SampleMaker(api, spelling);
  const value = maker.make(schema, { path: [], place: '', name: '' }, []);
  return { value, parts: maker.parts };
}

/** The name of the field, as it is on the wire. */
function fieldOf(place: string): string {
  return place.replace(/^.*\./, '').replace(/\W/g, '');
}

/** A text as the field would have it: documents do not say which texts are times or addresses. */
function plausibleText(key: string, count: number): string {
  if (/(_at|_from|^time|^last_used|deadline)$/.test(key)) {
    return new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString();
  }
  if (/(url|^target)$/i.test(key)) {
    return `https://sample-${count}.example.com/`;
  }
  if (/version$/.test(key)) {
    return `v2.30.${count}`;
  }
  return `${key || 'text'}-${count}`;
}
