import { createHash, randomBytes, randomInt } from 'node:crypto';

/**
 * The tokens of one deployment, shaped like Coder's: ten characters, `-`, twenty-two characters.
 *
 * @public
 */
export type TokenSet = {
  /** Of a site Owner. */
  owner: string;
  /** Of a user who is Auditor and Template Admin. */
  auditor: string;
  /** Of a user who is Auditor only. */
  siteAuditor: string;
  /** Of a user who is Template Admin only. */
  templateAdmin: string;
  /** Of a User Admin. */
  userAdmin: string;
  /** Of a user without a role. */
  member: string;
};

const TOKEN_ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Lengths of the two parts of a token. Source: Coder, coderd/httpmw `SplitAPIToken`. */
const TOKEN_ID_LENGTH = 10;
const TOKEN_SECRET_LENGTH = 22;

function randomText(length: number): string {
  return Array.from(
    { length },
    () => TOKEN_ALPHABET[randomInt(TOKEN_ALPHABET.length)],
  ).join('');
}

/**
 * A new token.
 *
 * @internal
 */
export function createToken(): string {
  return `${randomText(TOKEN_ID_LENGTH)}-${randomText(TOKEN_SECRET_LENGTH)}`;
}

/**
 * Tokens for a new database.
 *
 * @internal
 */
export function createTokenSet(): TokenSet {
  return {
    owner: createToken(),
    auditor: createToken(),
    siteAuditor: createToken(),
    templateAdmin: createToken(),
    userAdmin: createToken(),
    member: createToken(),
  };
}

/**
 * The tokens of the database that a seed stands for, always the same ones. The seed is a secret.
 *
 * @internal
 */
export function tokenSetFrom(databaseSeed: string): TokenSet {
  const token = (name: string) => {
    // 32 bytes, and as many characters are needed.
    const digest = createHash('sha256')
      .update(`${databaseSeed}\0${name}`)
      .digest();
    const text = [...digest]
      .map(byte => TOKEN_ALPHABET[byte % TOKEN_ALPHABET.length])
      .join('');
    return [text.slice(0, TOKEN_ID_LENGTH), text.slice(TOKEN_ID_LENGTH)].join(
      '-',
    );
  };
  return {
    owner: token('owner'),
    auditor: token('auditor'),
    siteAuditor: token('siteAuditor'),
    templateAdmin: token('templateAdmin'),
    userAdmin: token('userAdmin'),
    member: token('member'),
  };
}

/**
 * A seed that stands for one database: a new one gives a new `deployment_id`.
 *
 * @internal
 */
export function createDatabaseSeed(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Why Coder would refuse the shape of a token; undefined for a well-formed one.
 *
 * @internal
 */
export function tokenFormatProblem(token: string): string | undefined {
  const parts = token.split('-');
  if (parts.length !== 2) {
    return `incorrect amount of API key parts, expected 2 got ${parts.length}`;
  }
  const [id, secret] = parts;
  if (id.length !== TOKEN_ID_LENGTH) {
    return `invalid API key ID length, expected ${TOKEN_ID_LENGTH} got ${id.length}`;
  }
  if (secret.length !== TOKEN_SECRET_LENGTH) {
    return `invalid API key secret length, expected ${TOKEN_SECRET_LENGTH} got ${secret.length}`;
  }
  return undefined;
}

/**
 * A UUID (version 4 in shape) that the same parts always give.
 *
 * @internal
 */
export function uuidFrom(...parts: string[]): string {
  const bytes = createHash('sha256').update(parts.join('\0')).digest();
  bytes[6] = (bytes[6] % 16) + 0x40;
  bytes[8] = (bytes[8] % 64) + 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}

/**
 * The version that a build reports: `v2.36.5` becomes `v2.36.5+<commit>`, with the same seven
 * characters on every deployment of that release. One that names its commit is kept.
 *
 * @internal
 */
export function buildVersion(release: string): string {
  if (release.includes('+')) {
    return release;
  }
  const commit = createHash('sha1').update(release).digest('hex').slice(0, 7);
  return `${release}+${commit}`;
}

/**
 * Whether two versions belong together: patch, pre-release and commit do not matter.
 *
 * @internal
 */
export function sameMinor(a: string, b: string): boolean {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  return minor(a) === minor(b);
}
