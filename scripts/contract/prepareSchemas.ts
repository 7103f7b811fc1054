import type { Schema } from './operations';

/**
 * Makes schemas as strict as a contract must be, and corrects what the document says of itself:
 *
 * - `x-actual-json-keys` names the keys on the wire, where the properties have other spellings
 * - objects with properties have no others
 * - `any` is no type of JSON schema, `nullable` is one of OpenAPI only
 */
export function prepareSchemas(
  schemas: Readonly<Record<string, Schema>>,
): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      prepare(schema) as Schema,
    ]),
  );
}

function prepare(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(prepare);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return prepareOne(value as Schema);
}

function prepareOne(schema: Schema): Schema {
  const { type, nullable, properties, ...rest } = schema;
  const prepared: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest)
      .filter(([keyword]) => keyword !== 'example' && keyword !== 'default')
      .map(([keyword, value]) => [keyword, prepare(value)]),
  );
  if (type !== undefined && type !== 'any') {
    prepared.type = nullable === true ? [type, 'null'] : type;
  }
  if (typeof properties === 'object' && properties !== null) {
    prepared.properties = renamed(
      properties as Record<string, unknown>,
      schema['x-actual-json-keys'],
    );
    prepared['x-documented-keys'] = Object.keys(properties);
    if (Object.keys(properties).length > 0) {
      prepared.additionalProperties ??= false;
    }
  }
  return prepared;
}

/** `RegionID`, `regionID` and `region_id` are one key. */
export function foldKey(key: string): string {
  return key.toLowerCase().replaceAll('_', '');
}

function renamed(
  properties: Record<string, unknown>,
  actual: unknown,
): Record<string, unknown> {
  const keys: unknown[] = Array.isArray(actual) ? actual : [];
  const byFold = new Map(keys.map(key => [foldKey(String(key)), String(key)]));
  const known = Object.entries(properties).map(
    ([key, schema]) =>
      [byFold.get(foldKey(key)) ?? key, prepare(schema)] as const,
  );
  const documented = new Set(Object.keys(properties).map(foldKey));
  const unknown = keys
    .map(String)
    .filter(key => !documented.has(foldKey(key)))
    .map(key => [key, {}] as const);
  return Object.fromEntries([...known, ...unknown]);
}
