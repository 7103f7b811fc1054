import type { Part, Sample } from './samples';

/** No field and no value of today's Coder. */
const FUTURE_FIELD = 'x_from_the_future';
export const FUTURE_VALUE = 'from-the-future';

/** A sample that is changed in one place. */
export type Variant = {
  what: 'absent' | 'null' | 'unknown field' | 'unknown value';
  part: Part;
  value: unknown;
};

/** The value with another one at a path; `undefined` removes the field. */
export function withAt(
  value: unknown,
  path: readonly string[],
  replacement: unknown,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return replacement;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      String(index) === key ? withAt(item, rest, replacement) : item,
    );
  }
  const fields = value as Record<string, unknown>;
  const next = withAt(fields[key], rest, replacement);
  const { [key]: _removed, ...others } = fields;
  // Where it was, so that the order of keys does not change.
  return next === undefined
    ? others
    : Object.fromEntries(Object.entries({ ...fields, [key]: next }));
}

/** What is at a path. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<string, unknown> | undefined)?.[key],
    value,
  );
}

/** Every variant of a sample: each field away, each field null, each object and each enum newer. */
export function* variantsOf(sample: Sample): Generator<Variant> {
  const { value } = sample;
  const root: Part = { path: [], place: '', schema: {}, optional: false };
  for (const part of [root, ...sample.parts]) {
    const { path, schema, optional } = part;
    const current = valueAt(value, path);
    if (optional) {
      yield { what: 'absent', part, value: withAt(value, path, undefined) };
      yield { what: 'null', part, value: withAt(value, path, null) };
    }
    if (schema.properties || (path.length === 0 && isObject(current))) {
      const newer = { ...(current as object), [FUTURE_FIELD]: { new: true } };
      yield { what: 'unknown field', part, value: withAt(value, path, newer) };
    }
    if (Array.isArray(schema.enum)) {
      yield {
        what: 'unknown value',
        part,
        value: withAt(value, path, FUTURE_VALUE),
      };
    }
  }
}

/** Other values that the schema allows at a place. */
export function alternativesOf({ schema }: Part, current: unknown): unknown[] {
  if (Array.isArray(schema.enum)) {
    return [...schema.enum.filter(value => value !== current), FUTURE_VALUE];
  }
  switch (typeof current) {
    case 'boolean':
      return [!current];
    case 'number':
      return [current + 1, 0, -1];
    case 'string':
      return [current.replace(/\d(?=\D*$)/, digit => `${digit}9`), ''];
    default:
      return [Array.isArray(current) ? [] : {}];
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
