import { createToken, uuidFrom } from './identity';

/**
 * The first administrator, as somebody created it.
 *
 * @internal
 */
export type FirstUser = {
  email: string;
  username: string;
  name: string;
  password: string;
};

/**
 * A licence that was uploaded. Its signature is not looked at: only Coder can make one.
 *
 * @internal
 */
export type UploadedLicense = {
  id: number;
  uuid: string;
  uploadedAt: Date;
  claims: Record<string, unknown>;
};

/**
 * An organization that somebody created beside the default one.
 *
 * @internal
 */
export type CreatedOrganization = {
  id: string;
  name: string;
  displayName: string;
  createdAt: Date;
};

/**
 * A provisioner key that somebody created.
 *
 * @internal
 */
export type CreatedKey = {
  id: string;
  name: string;
  /** Id of the organization whose jobs it opens. */
  organization: string;
  tags: Readonly<Record<string, string>>;
  /** What provisioners present. */
  secret: string;
  createdAt: Date;
};

/**
 * What people have set up through the API since the database was made. It lives as long as the process.
 *
 * @internal
 */
export class Setup {
  firstUser: FirstUser | undefined;
  readonly licenses: UploadedLicense[] = [];
  readonly organizations: CreatedOrganization[] = [];
  provisionerKeys: readonly CreatedKey[] = [];
  /** Names of the provisioner keys that were deleted, of those that the configuration brings. */
  readonly deletedKeys = new Set<string>();
  /** Ids of the workspace proxies that were created, by name. */
  readonly proxies = new Map<string, string>();
  /** Tokens of workspace proxies, by the proxy's id; of one that the configuration brings, once it was renewed. */
  readonly proxyTokens = new Map<string, string>();
  readonly #sessions = new Set<string>();

  /** A new session token of the first administrator. */
  signIn(): string {
    const token = createToken();
    this.#sessions.add(token);
    return token;
  }

  /** Ends a session. */
  signOut(token: string): void {
    this.#sessions.delete(token);
  }

  hasSession(token: string): boolean {
    return this.#sessions.has(token);
  }

  addLicense(claims: Record<string, unknown>, now: Date): UploadedLicense {
    const id = this.licenses.length + 1;
    const { jti } = claims;
    const license = {
      id,
      uuid: typeof jti === 'string' ? jti : uuidFrom('license', String(id)),
      uploadedAt: now,
      claims,
    };
    this.licenses.push(license);
    return license;
  }
}
