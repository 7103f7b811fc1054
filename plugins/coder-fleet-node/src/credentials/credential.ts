import { normalizeOrigin } from './origin';

/**
 * What a token is for: `tracker` reads the state of a deployment, `publisher` (Template Admin)
 * writes templates.
 *
 * @public
 */
export type CredentialSlot = 'tracker' | 'publisher';

/** Every slot. */
const SLOTS: readonly CredentialSlot[] = ['tracker', 'publisher'];

/** The tokens of one origin. */
export type Credential = {
  origin: string;
  tokens: ReadonlyMap<CredentialSlot, string>;
};

/** What a header can carry: visible ASCII. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

/**
 * Reads `origin`, `tracker` and `publisher` of a file or a configuration entry. Throws an `Error` whose
 * message never quotes the input.
 */
export function parseCredential(input: unknown): Credential {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new Error('must be a mapping with the key origin');
  }
  const record = input as Record<string, unknown>;
  if (typeof record.origin !== 'string') {
    throw new Error('has no origin');
  }
  const tokens = new Map<CredentialSlot, string>();
  for (const slot of SLOTS) {
    const value = record[slot];
    if (value !== undefined && value !== null) {
      const token = typeof value === 'string' ? value.trim() : '';
      if (!TOKEN.test(token)) {
        throw new Error(
          `has a ${slot} that is not a token: one line of visible characters, in quotes if it is all digits`,
        );
      }
      tokens.set(slot, token);
    }
  }
  return { origin: normalizeOrigin(record.origin), tokens };
}
