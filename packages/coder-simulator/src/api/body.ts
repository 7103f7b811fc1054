import { failure, invalid, type Reply } from './reply';

/**
 * The body of a request as JSON with the texts that are asked for, or Coder's refusal.
 *
 * @internal
 */
export function textsOf<K extends string>(
  body: Buffer,
  fields: readonly K[],
): { texts: Record<K, string>; refusal?: Reply } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return {
      texts: {} as Record<K, string>,
      refusal: failure(400, 'Request body must be valid JSON.', String(error)),
    };
  }
  const values = (parsed ?? {}) as Record<string, unknown>;
  const missing = fields.filter(
    field => typeof values[field] !== 'string' || values[field] === '',
  );
  if (missing.length > 0) {
    return {
      texts: values as Record<K, string>,
      refusal: invalid(
        'Validation failed.',
        missing.map(field => ({
          field,
          detail: `Validation failed for tag "required" with value: ""`,
        })),
      ),
    };
  }
  return { texts: values as Record<K, string> };
}
