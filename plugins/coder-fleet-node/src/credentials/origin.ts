import { InputError } from '@backstage/errors';

/**
 * Scheme, host and port of a server in the one form that credentials are looked up by: lower case,
 * without the scheme's own port, without a final slash. Throws an `InputError` for anything that is
 * not just an origin of `http` or `https`.
 *
 * @public
 */
export function normalizeOrigin(text: string): string {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  const bare =
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.pathname === '/' &&
    !/[?#@]/.test(trimmed);
  if (!bare) {
    throw new InputError(
      'An origin is a scheme, a host and a port, for example https://coder.example.com',
    );
  }
  return url.origin;
}
