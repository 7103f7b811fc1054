import { setTimeout as delay } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Faults } from '../faults/faults';
import type { CredentialFiles } from '../state/CredentialFiles';
import type { StateStore } from '../state/StateStore';
import { Deployment } from './Deployment';
import { DeploymentConfig, needsRestart } from './DeploymentConfig';

/**
 * Boots, updates and stops deployments, and finds them by host.
 *
 * @internal
 */
export class DeploymentRegistry {
  readonly #options: {
    state: StateStore;
    credentials: CredentialFiles;
    clock: Clock;
    bootDelayMs: number;
    log: (line: string) => void;
  };
  readonly #byName = new Map<string, Deployment>();
  readonly #byHost = new Map<string, Deployment>();
  readonly #boots = new Map<string, AbortController>();

  constructor(options: {
    state: StateStore;
    credentials: CredentialFiles;
    clock: Clock;
    bootDelayMs: number;
    log: (line: string) => void;
  }) {
    this.#options = options;
  }

  get(name: string): Deployment | undefined {
    return this.#byName.get(name);
  }

  byHost(host: string): Deployment | undefined {
    return this.#byHost.get(host);
  }

  all(): Deployment[] {
    return [...this.#byName.values()];
  }

  /**
   * Makes a deployment run with a configuration and resolves when it does: boots a new one,
   * restarts or scales a known one. A boot that a later call or `close` overtakes resolves early.
   * Throws a `ConflictError` when one of its hosts is another's.
   */
  async apply(config: DeploymentConfig): Promise<void> {
    for (const url of urlsOf(config)) {
      const holder = this.#byHost.get(new URL(url).hostname);
      if (holder && holder.name !== config.name) {
        throw new ConflictError(`${url} is served by ${holder.name} already`);
      }
    }
    const known = this.#byName.get(config.name);
    const deployment = known ?? this.#create(config);
    this.#forgetHosts(deployment);
    this.#byName.set(config.name, deployment);
    for (const url of urlsOf(config)) {
      this.#byHost.set(new URL(url).hostname, deployment);
    }
    if (known && !needsRestart(known.config, config)) {
      known.scale(config);
      return;
    }
    deployment.beginBoot(config);
    await this.#boot(deployment);
  }

  /** Forgets a deployment: its host is unknown from now on. */
  async remove(name: string): Promise<void> {
    const deployment = this.#byName.get(name);
    if (!deployment) {
      return;
    }
    this.#boots.get(name)?.abort();
    this.#byName.delete(name);
    this.#forgetHosts(deployment);
    deployment.disconnect();
    await this.#options.credentials.remove(name);
    this.#options.log(`${name}: removed`);
  }

  /** Replaces the faults of a deployment, known or not yet, and keeps them. */
  async setFaults(name: string, faults: Faults): Promise<void> {
    const { state, log } = this.#options;
    state.setFaults(name, faults);
    await state.save();
    const deployment = this.#byName.get(name);
    if (deployment) {
      const before = deployment.state;
      deployment.setFaults(faults);
      if (deployment.state !== before) {
        log(`${name}: ${deployment.state}`);
      }
    }
  }

  /** Gives up boots that are under way. */
  close(): void {
    for (const boot of this.#boots.values()) {
      boot.abort();
    }
  }

  #forgetHosts(deployment: Deployment): void {
    for (const [host, holder] of this.#byHost) {
      if (holder === deployment) {
        this.#byHost.delete(host);
      }
    }
  }

  #create(config: DeploymentConfig): Deployment {
    const { state, clock } = this.#options;
    return new Deployment({
      config,
      ...state.identity(config.name),
      faults: state.faults(config.name) ?? {},
      clock,
    });
  }

  async #boot(deployment: Deployment): Promise<void> {
    const { state, credentials, bootDelayMs, log } = this.#options;
    const { name } = deployment;
    this.#boots.get(name)?.abort();
    const boot = new AbortController();
    this.#boots.set(name, boot);
    await state.save();
    if (bootDelayMs > 0) {
      await delay(bootDelayMs, undefined, { signal: boot.signal }).catch(
        () => undefined,
      );
    }
    if (!boot.signal.aborted) {
      await credentials.write(name, {
        origin: new URL(deployment.config.accessUrl).origin,
        // What the tracker was given once: nobody tells it of a replaced database.
        tracker: state.identity(name).tokens.owner,
      });
    }
    if (boot.signal.aborted) {
      return;
    }
    this.#boots.delete(name);
    deployment.completeBoot();
    const { accessUrl, replicas } = deployment.config;
    const note = deployment.state === 'running' ? '' : ` (${deployment.state})`;
    log(
      `${name}: booted ${deployment.version}, replicas ${replicas}, ${accessUrl}${note}`,
    );
  }
}

function urlsOf({ accessUrl, proxies }: DeploymentConfig): string[] {
  return [accessUrl, ...proxies.map(proxy => proxy.accessUrl)];
}
