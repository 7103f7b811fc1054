import type { Duplex } from 'node:stream';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Faults } from '../faults/faults';
import { ACCOUNTS, Account, TOKEN_NAMES } from './accounts';
import { Activity, activityOf } from './activity';
import type { DeploymentConfig, ProxyRelease } from './DeploymentConfig';
import { buildVersion, TokenSet, tokenSetFrom, uuidFrom } from './identity';
import { License, licenseOf } from './license';
import type { Role } from './roles';
import { Setup } from './Setup';

/**
 * What a deployment is doing. `failed` was never booted, because what was committed is malformed.
 *
 * @public
 */
export type DeploymentState = 'booting' | 'running' | 'stopped' | 'failed';

/**
 * Who sends a request.
 *
 * @internal
 */
export type Actor = Account & {
  token: keyof TokenSet;
  /** The session, when somebody signed in. */
  session?: string;
};

/**
 * A health report as it was when it was computed.
 *
 * @internal
 */
export type CachedHealth = { time: Date; json: Buffer; text: string };

const FAULTY_ROLES: Readonly<Record<string, readonly Role[]>> = {
  owner: ['owner'],
  auditor: ['auditor', 'template-admin'],
  'template-admin': ['template-admin'],
  'user-admin': ['user-admin'],
  member: [],
};

/**
 * One simulated Coder installation: its configuration, its identity and how it misbehaves.
 *
 * @internal
 */
export class Deployment {
  readonly name: string;
  /** The last computed health report. */
  health: CachedHealth | undefined;

  readonly #clock: Clock;
  readonly #databaseSeed: string;
  readonly #ownTokens: TokenSet;
  readonly #sockets = new Set<Duplex>();
  readonly #answers = new Map<string, Buffer>();
  #config: DeploymentConfig;
  #setup = new Setup();
  #faults: Faults;
  #booted = false;
  #bootedAt: Date;
  #id: string;

  constructor(options: {
    config: DeploymentConfig;
    databaseSeed: string;
    tokens: TokenSet;
    faults: Faults;
    clock: Clock;
  }) {
    this.name = options.config.name;
    this.#databaseSeed = options.databaseSeed;
    this.#ownTokens = options.tokens;
    this.#config = options.config;
    this.#faults = options.faults;
    this.#clock = options.clock;
    this.#bootedAt = options.clock();
    this.#id = this.#currentId();
  }

  /** Stable for one database. */
  get id(): string {
    return this.#id;
  }

  /** The tokens that the present database knows. */
  get tokens(): TokenSet {
    return this.#faults.replacedDatabase
      ? tokenSetFrom(this.#seed)
      : this.#ownTokens;
  }

  get config(): DeploymentConfig {
    return this.#config;
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** What people have set up in the present database. */
  get setup(): Setup {
    return this.#setup;
  }

  /** Whether the first administrator was created. */
  get hasFirstUser(): boolean {
    return !this.#faults.unconfigured || this.#setup.firstUser !== undefined;
  }

  /** Whether it has the provisioner keys and proxies that its configuration names. */
  get configuredBefore(): boolean {
    return !this.#faults.unconfigured;
  }

  get bootedAt(): Date {
    return this.#bootedAt;
  }

  /** What the server's clock says. */
  get now(): Date {
    return new Date(this.#clock().getTime() + (this.#faults.clockSkewMs ?? 0));
  }

  get host(): string {
    return new URL(this.#config.accessUrl).hostname;
  }

  get state(): DeploymentState {
    if (this.#faults.stopped || this.#config.replicas === 0) {
      return 'stopped';
    }
    return this.#booted ? 'running' : 'booting';
  }

  /** Version with its commit, as `buildinfo` and the response headers say it. */
  get version(): string {
    return buildVersion(this.#faults.version ?? this.#config.version);
  }

  get license(): License {
    return licenseOf(this.#config.edition, this.#faults, this.#setup);
  }

  /** Whether licensed features work. */
  get licensed(): boolean {
    return ['valid', 'grace'].includes(this.license.state);
  }

  /** How much it is used. */
  get activity(): Activity {
    return activityOf(this.id, this.#config);
  }

  /** The workspace proxy that answers on a host; undefined for the control plane. */
  proxyOn(host: string): ProxyRelease | undefined {
    return host === this.host
      ? undefined
      : this.#config.proxies.find(
          ({ accessUrl }) => new URL(accessUrl).hostname === host,
        );
  }

  /** Whoever holds the token; undefined for a token that the present database does not know. */
  actorOf(secret: string): Actor | undefined {
    if (this.#setup.hasSession(secret)) {
      const { username, name } = this.#setup.firstUser ?? ACCOUNTS.owner;
      return {
        username,
        name,
        roles: ['owner'],
        token: 'owner',
        session: secret,
      };
    }
    if (this.#faults.unconfigured) {
      return undefined;
    }
    const { tokens } = this;
    const token = TOKEN_NAMES.find(name => tokens[name] === secret);
    if (!token) {
      return undefined;
    }
    const account = { ...ACCOUNTS[token], token };
    const { tokenRole } = this.#faults;
    if (token !== 'owner' || !tokenRole) {
      return account;
    }
    return tokenRole === 'none'
      ? undefined
      : { ...account, roles: FAULTY_ROLES[tokenRole] };
  }

  /** An answer that stays the same until something changes, kept ready to be sent. */
  cached(key: string, build: () => Buffer): Buffer {
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = build();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  /** Something was set up: answers that were kept are old. */
  changed(): void {
    this.#answers.clear();
  }

  /** Takes over counts without a restart, as scaling does. */
  scale(config: DeploymentConfig): void {
    this.#config = config;
    this.#answers.clear();
    if (config.replicas === 0) {
      this.disconnect();
    }
  }

  /** Stops serving until `completeBoot`. Whatever a process keeps in memory is lost. */
  beginBoot(config: DeploymentConfig): void {
    this.#config = config;
    this.#booted = false;
    this.#answers.clear();
    this.health = undefined;
    this.disconnect();
  }

  completeBoot(): void {
    this.#booted = true;
    this.#bootedAt = this.now;
    this.#answers.clear();
  }

  /** Open connections are dropped, so that each fault is seen at once and ends at once. */
  setFaults(faults: Faults): void {
    const replaced =
      Boolean(faults.unconfigured) !== Boolean(this.#faults.unconfigured) ||
      Boolean(faults.replacedDatabase) !==
        Boolean(this.#faults.replacedDatabase) ||
      faults.clockSkewMs !== this.#faults.clockSkewMs;
    if (replaced) {
      // Nobody replaces a database under a running server, or its clock, without restarting it.
      this.health = undefined;
      this.#setup = new Setup();
    }
    this.#faults = faults;
    this.#id = this.#currentId();
    this.#answers.clear();
    this.disconnect();
  }

  /** Notes a connection that serves this deployment. */
  attach(socket: Duplex): void {
    if (!this.#sockets.has(socket)) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    }
  }

  /** Drops every connection. */
  disconnect(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  #currentId(): string {
    return uuidFrom('deployment', this.#seed, this.name);
  }

  get #seed(): string {
    return this.#faults.replacedDatabase
      ? `${this.#databaseSeed}/replaced`
      : this.#databaseSeed;
  }
}
