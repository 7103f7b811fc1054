import { join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { Router } from './api/Router';
import { apiRoutes } from './api/routes';
import { ControlServer } from './control/ControlServer';
import { bootConfig, BootOptions } from './deployment/bootConfig';
import type { DeploymentConfig } from './deployment/DeploymentConfig';
import { DeploymentRegistry } from './deployment/DeploymentRegistry';
import type { TokenSet } from './deployment/identity';
import { Faults, parseFaults } from './faults/faults';
import { RepositoryWatcher } from './git/RepositoryWatcher';
import { answer } from './server/answer';
import { HttpsListener } from './server/HttpsListener';
import { CredentialFiles } from './state/CredentialFiles';
import { StateStore } from './state/StateStore';
import { DeploymentStatus, statusOf } from './status';
import { CertificateAuthority } from './tls/CertificateAuthority';
import { LeafCertificates } from './tls/LeafCertificates';

/**
 * How a simulator is started. All folders default to places below `dataDirectory`.
 *
 * @public
 */
export type CoderSimulatorOptions = {
  /** Holds `ca/`, `simulator/state.json` and, by default, `git/` and `credentials/`. */
  dataDirectory: string;
  /** Bare repositories `<name>.git` that are watched; `<dataDirectory>/git`. */
  gitDirectory?: string;
  /** Where the tracker's tokens are written; `<dataDirectory>/credentials`. */
  credentialsDirectory?: string;
  /** HTTPS port on 127.0.0.1, 0 for any free one; 7443. */
  port?: number;
  /** Port of the control API on 127.0.0.1, 0 for any free one; 7444. */
  controlPort?: number;
  /** How long a boot takes, ms; 0. */
  bootDelayMs?: number;
  /** How often the repositories are looked at, ms; 1000. */
  pollIntervalMs?: number;
  /** How long a health report is kept, ms; 600000, Coder's `CODER_HEALTH_CHECK_REFRESH`. */
  healthRefreshMs?: number;
  /** Faults of deployments for which nobody ever set or cleared any. */
  initialFaults?: Readonly<Record<string, Faults>>;
  /** Tells the time that answers carry; the machine's clock. */
  clock?: Clock;
  /** Takes one line an event; nothing is said by default. */
  log?: (line: string) => void;
};

/**
 * A faithful simulator of Coder's API: many deployments behind one HTTPS port on 127.0.0.1, told
 * apart by host. Runs what is committed to Git repositories, or what {@link CoderSimulator.boot}
 * is given.
 *
 * @public
 */
export class CoderSimulator {
  /** Certificate of the CA that signs the deployments' certificates, PEM. */
  readonly caPem: string;

  readonly #state: StateStore;
  readonly #registry: DeploymentRegistry;
  readonly #listener: HttpsListener;
  readonly #log: (line: string) => void;
  /** Why the last commit of a deployment was not booted. */
  readonly #problems = new Map<string, string>();
  #control: ControlServer | undefined;
  #watcher: RepositoryWatcher | undefined;

  private constructor(parts: {
    caPem: string;
    state: StateStore;
    registry: DeploymentRegistry;
    listener: HttpsListener;
    log: (line: string) => void;
  }) {
    this.caPem = parts.caPem;
    this.#state = parts.state;
    this.#registry = parts.registry;
    this.#listener = parts.listener;
    this.#log = parts.log;
  }

  /**
   * Starts listening and resolves when the repositories were looked at once. Rejects when a port is
   * taken or the state file is not ours.
   */
  static async start(options: CoderSimulatorOptions): Promise<CoderSimulator> {
    const { dataDirectory, log = () => undefined } = options;
    const clock = options.clock ?? (() => new Date());
    const state = await StateStore.open(
      join(dataDirectory, 'simulator', 'state.json'),
    );
    const authority = await CertificateAuthority.open(
      join(dataDirectory, 'ca'),
    );
    const registry = new DeploymentRegistry({
      state,
      credentials: new CredentialFiles(
        options.credentialsDirectory ?? join(dataDirectory, 'credentials'),
      ),
      clock,
      bootDelayMs: options.bootDelayMs ?? 0,
      log,
    });
    const router = new Router({
      routes: apiRoutes,
      healthRefreshMs: options.healthRefreshMs ?? 600_000,
    });
    const listener = await HttpsListener.listen({
      port: options.port ?? 7443,
      certificates: await LeafCertificates.create(authority),
      find: host => registry.byHost(host),
      handle: incoming => {
        answer(incoming, router).catch(() => incoming.response.destroy());
      },
    });
    const simulator = new CoderSimulator({
      caPem: authority.pem,
      state,
      registry,
      listener,
      log,
    });
    try {
      await simulator.#begin(options);
    } catch (error) {
      await simulator.close();
      throw error;
    }
    return simulator;
  }

  /** HTTPS port that all deployments share. */
  get port(): number {
    return this.#listener.port;
  }

  /** Port of the control API. */
  get controlPort(): number {
    if (!this.#control) {
      throw new Error('The control API is not listening');
    }
    return this.#control.port;
  }

  /**
   * Boots a deployment without Git, or changes one, and resolves when it runs. Throws an
   * `InputError` for a malformed name or URL and a `ConflictError` for a host that is taken.
   */
  async boot(options: BootOptions): Promise<DeploymentStatus> {
    await this.#registry.apply(bootConfig(options, this.port));
    return this.#status(options.name);
  }

  /** Forgets a deployment: its host is unknown from now on, its token file is removed. */
  async remove(name: string): Promise<void> {
    await this.#registry.remove(name);
  }

  /** All deployments by name. */
  deployments(): DeploymentStatus[] {
    const names = new Set([
      ...this.#registry.all().map(deployment => deployment.name),
      ...this.#problems.keys(),
    ]);
    return [...names].sort().map(name => this.#status(name));
  }

  /**
   * Replaces the faults of a deployment, which may not be booted yet; `{}` clears them. They are
   * kept over restarts. Throws an `InputError` that names the wrong field.
   */
  async setFaults(name: string, faults: Faults): Promise<void> {
    const before = this.#state.faults(name);
    const after = parseFaults(faults);
    await this.#registry.setFaults(name, after);
    if (before?.tlsError !== after.tlsError) {
      this.#listener.forgetSessions();
    }
  }

  /**
   * Tokens that a deployment accepts now. Throws a `NotFoundError` for one that was never seen.
   */
  tokens(name: string): TokenSet {
    const deployment = this.#registry.get(name);
    if (deployment) {
      return { ...deployment.tokens };
    }
    if (!this.#state.has(name)) {
      throw new NotFoundError(`No deployment is named "${name}"`);
    }
    return { ...this.#state.identity(name).tokens };
  }

  /** Stops everything. What must outlive it is on disk when this resolves. */
  async close(): Promise<void> {
    await this.#watcher?.close();
    this.#registry.close();
    await this.#control?.close();
    await this.#listener.close();
    await this.#state.save();
  }

  async #begin(options: CoderSimulatorOptions): Promise<void> {
    for (const [name, faults] of Object.entries(options.initialFaults ?? {})) {
      if (this.#state.faults(name) === undefined) {
        this.#state.setFaults(name, parseFaults(faults));
      }
    }
    await this.#state.save();
    this.#control = await ControlServer.listen({
      port: options.controlPort ?? 7444,
      target: this,
    });
    this.#watcher = new RepositoryWatcher({
      directory: options.gitDirectory ?? join(options.dataDirectory, 'git'),
      intervalMs: options.pollIntervalMs ?? 1000,
      listener: {
        onCommit: config => void this.#follow(config),
        onProblem: (name, problem) => this.#noteProblem(name, problem),
        onRemoved: name => {
          this.#problems.delete(name);
          void this.#registry.remove(name);
        },
      },
    });
    await this.#watcher.start();
  }

  async #follow(config: DeploymentConfig): Promise<void> {
    this.#problems.delete(config.name);
    try {
      await this.#registry.apply(config);
    } catch (error) {
      const problem = isError(error) ? error.message : String(error);
      this.#noteProblem(config.name, problem);
    }
  }

  /** What runs already goes on as it was, as with a Helm upgrade that fails. */
  #noteProblem(name: string, problem: string): void {
    this.#problems.set(name, problem);
    this.#log(`${name}: not booted: ${problem}`);
  }

  #status(name: string): DeploymentStatus {
    const deployment = this.#registry.get(name);
    const problem = this.#problems.get(name);
    if (deployment) {
      return statusOf(deployment, problem);
    }
    const faults = this.#state.faults(name) ?? {};
    return { name, state: 'failed', faults, problem };
  }
}
