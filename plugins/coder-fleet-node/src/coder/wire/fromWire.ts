import { z } from 'zod/v3';

const MAX_STRING_LENGTH = 10_000;
const ZERO_TIME = '0001-01-01T00:00:00Z';

function cleanString(text: string): string | undefined {
  if (text === ZERO_TIME) {
    return undefined;
  }
  return text.length > MAX_STRING_LENGTH
    ? `${text.slice(0, MAX_STRING_LENGTH - 1)}…`
    : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Takes Go's habits out of an answer: `null` and the zero time mean "not there"; and no string is longer
 * than 10,000 characters. Recursion is safe, because the HTTP client limits the depth of JSON.
 *
 * @internal
 */
export function fromWire(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanString(value);
  }
  if (Array.isArray(value)) {
    return value.map(fromWire).filter(item => item !== undefined);
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, fromWire(item)] as const)
        .filter(([, item]) => item !== undefined),
    );
  }
  return value ?? undefined;
}

/** `RegionID`, `regionID` and `region_id` are one key: Coder's docs and its wire differ. */
function fold(key: string): string {
  return key.toLocaleLowerCase('en').replaceAll('_', '');
}

/**
 * An object on the wire: its keys in either spelling, unknown ones passed through.
 *
 * @internal
 */
export function wireObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = new Map(Object.keys(shape).map(key => [fold(key), key]));
  return z.preprocess(input => {
    if (!isRecord(input)) {
      return input;
    }
    return Object.fromEntries(
      Object.entries(input).map(([key, value]) => {
        const name = known.get(fold(key));
        return [name && !Object.hasOwn(input, name) ? name : key, value];
      }),
    );
  }, z.object(shape).passthrough());
}

/**
 * A field that may be missing, and counts as missing when it is not what it should be.
 *
 * @internal
 */
export function maybe<Schema extends z.ZodTypeAny>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/**
 * A list that may be missing; entries that are not what they should be are left out.
 *
 * @internal
 */
export function listOf<Schema extends z.ZodTypeAny>(schema: Schema) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items): Array<z.output<Schema>> =>
      items.flatMap(item => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/**
 * A map that may be missing; entries that are not what they should be are left out.
 *
 * @internal
 */
export function mapOf<Schema extends z.ZodTypeAny>(schema: Schema) {
  return z
    .record(z.unknown())
    .catch({})
    .transform((entries): Record<string, z.output<Schema>> =>
      Object.fromEntries(
        Object.entries(entries).flatMap(([key, value]) => {
          const parsed = schema.safeParse(value);
          return parsed.success ? [[key, parsed.data] as const] : [];
        }),
      ),
    );
}

/**
 * The address, when it is one of the web; links to anything else are dropped.
 *
 * @internal
 */
export function httpUrl(text: string | undefined): string | undefined {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  return url && ['http:', 'https:'].includes(url.protocol) ? text : undefined;
}

/**
 * Seconds since 1970 as RFC 3339; undefined for what is no time.
 *
 * @internal
 */
export function unixTime(seconds: number | undefined): string | undefined {
  const date = new Date((seconds ?? NaN) * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/**
 * A number that counts or measures something. Coder writes -1 for "not known yet".
 *
 * @internal
 */
export const measured = z.number().nonnegative().optional().catch(undefined);

/**
 * Percentiles: `P50` and `P95` on the wire, or in lower case.
 *
 * @internal
 */
export const percentilesSchema = wireObject({ p50: measured, p95: measured });
