import type {
  Attempt,
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
  SupportLinksFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderApi } from '../tracker/CoderApi';

const TITLES = { access_url: 'Access URL', database: 'Database' };

/** A health report in which everything has one severity. */
export function healthReport(severity: string): HealthFact {
  return {
    reportedAt: '2026-03-01T11:55:00.000Z',
    severity,
    sections: Object.entries(TITLES).map(([key, title]) => ({
      key,
      title,
      severity,
      dismissed: false,
      warnings: [],
      details: [],
    })),
  };
}

/** A Coder deployment whose answers a test decides, and that remembers what it was asked. */
export class FakeCoder implements CoderApi {
  readonly calls: string[] = [];
  reachability: Attempt<ReachabilityFact> = {
    status: 'ok',
    value: { version: 'v2.33.2+abc1234', deploymentId: 'd-1' },
  };
  healthReport: Attempt<HealthFact> = {
    status: 'ok',
    value: healthReport('ok'),
  };
  replicaList: Attempt<ReplicasFact> = {
    status: 'ok',
    value: {
      total: 3,
      healthy: 3,
      items: ['a', 'b', 'c'].map(hostname => ({ hostname, error: '' })),
    },
  };
  licence: Attempt<EntitlementsFact> = {
    status: 'ok',
    value: {
      hasLicense: true,
      trial: false,
      enabledFeatures: ['high_availability'],
      warnings: [],
      errors: [],
    },
  };
  links: Attempt<SupportLinksFact> = {
    status: 'ok',
    value: [{ name: 'Help', target: 'https://help.example.com', result: 'ok' }],
  };
  /** Waited for before every answer. */
  gate: Promise<void> = Promise.resolve();

  goDown(): void {
    this.reachability = { status: 'unreachable', message: 'It is down' };
  }

  goUp(): void {
    this.reachability = new FakeCoder().reachability;
  }

  async buildInfo(options: { signal?: AbortSignal }) {
    return this.#answer('buildinfo', options.signal, () => this.reachability);
  }

  async health(options: { signal?: AbortSignal; force?: boolean }) {
    const call = options.force ? 'health?force=true' : 'health';
    return this.#answer(call, options.signal, () => this.healthReport);
  }

  async replicas(options: { signal?: AbortSignal }) {
    return this.#answer('replicas', options.signal, () => this.replicaList);
  }

  async entitlements(options: { signal?: AbortSignal }) {
    return this.#answer('entitlements', options.signal, () => this.licence);
  }

  /** What a client of Coder is asked for the links. */
  async appearance(options: { signal?: AbortSignal }) {
    return this.#answer('appearance', options.signal, () => ({
      status: 'ok',
      value: { supportLinks: [] },
    }));
  }

  async supportLinks(options: { signal?: AbortSignal }) {
    return this.#answer('appearance', options.signal, () => this.links);
  }

  async #answer<T>(
    call: string,
    signal: AbortSignal | undefined,
    answer: () => T,
  ): Promise<T> {
    this.calls.push(call);
    await Promise.race([
      this.gate,
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      ),
    ]);
    return answer();
  }
}
