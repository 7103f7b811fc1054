import { InputError } from '@backstage/errors';
import { MAX_ACCEPTANCE_MS } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/** What hides or turns text: control characters but line break and tab, halves of pairs, marks of direction. */
const NOT_PLAIN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/**
 * What somebody wrote, for others to read. Throws an `InputError`.
 *
 * @internal
 */
export function requireText(text: string, what: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new InputError(`${what} must not be empty: say why, for later`);
  }
  if (NOT_PLAIN.test(trimmed)) {
    throw new InputError(
      `${what} has characters that cannot be seen: use plain text`,
    );
  }
  return trimmed;
}

/**
 * The end of what is accepted: ahead, and within a year. Throws an `InputError`.
 *
 * @internal
 */
export function requireWithinYear(
  instant: string,
  what: string,
  now: Date,
): Date {
  const date = new Date(instant);
  const ahead = date.getTime() - now.getTime();
  if (!(ahead > 0)) {
    throw new InputError(`${what} must end in the future`);
  }
  if (ahead > MAX_ACCEPTANCE_MS) {
    throw new InputError(`${what} must end within a year: renew it then`);
  }
  return date;
}
