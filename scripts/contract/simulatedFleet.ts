import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoderSimulator } from '@coder-fleet/coder-simulator';
import type { Faults, TokenSet } from '@coder-fleet/coder-simulator';

const START = new Date('2026-09-15T08:00:00.000Z');

/** Longer than anything that a server does first. */
const SETTLED_MS = 60_000;

/** Whose token goes along; nobody's, or one that was never given out. */
export type Caller = keyof TokenSet | 'nobody' | 'stranger';

/** A request to a simulated deployment. */
export type SimulatorCall = {
  deployment: string;
  caller: Caller;
  method: string;
  path: string;
  body?: unknown;
};

/** What it was answered with. */
export type SimulatorAnswer = {
  status: number;
  headers: Record<string, string>;
  text: string;
};

const newAgent = () => new Agent({ keepAlive: true, maxSockets: 4 });

/** A simulator with the kinds of deployments that answer differently. */
export class SimulatedFleet {
  readonly simulator: CoderSimulator;
  readonly #folder: string;
  #agent = newAgent();
  readonly #time: { now: Date };

  private constructor(parts: {
    simulator: CoderSimulator;
    folder: string;
    time: { now: Date };
  }) {
    this.simulator = parts.simulator;
    this.#folder = parts.folder;
    this.#time = parts.time;
  }

  static async start(): Promise<SimulatedFleet> {
    const folder = await mkdtemp(join(tmpdir(), 'coder-contract-'));
    const time = { now: START };
    const simulator = await CoderSimulator.start({
      dataDirectory: folder,
      port: 0,
      controlPort: 0,
      clock: () => time.now,
    });
    const fleet = new SimulatedFleet({ simulator, folder, time });
    await fleet.#boot();
    return fleet;
  }

  /** The time at the simulated servers. */
  get now(): Date {
    return this.#time.now;
  }

  /** Lets the servers finish what they do first, and the limits of the rate start anew. */
  settle(): void {
    this.#time.now = new Date(this.now.getTime() + SETTLED_MS);
  }

  token({ deployment, caller }: SimulatorCall): string | undefined {
    switch (caller) {
      case 'nobody':
        return undefined;
      case 'stranger':
        return 'aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb';
      default:
        return this.simulator.tokens(deployment)[caller];
    }
  }

  /** Replaces the faults of a deployment, which drops its connections. */
  async setFaults(deployment: string, faults: Faults): Promise<void> {
    await this.simulator.setFaults(deployment, faults);
    this.#agent.destroy();
    this.#agent = newAgent();
  }

  /** Sends a request. */
  send(call: SimulatorCall): Promise<SimulatorAnswer> {
    const { deployment, method, path } = call;
    const host = `${deployment}.coder.localhost`;
    const token = this.token(call);
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.simulator.port,
          servername: host,
          ca: this.simulator.caPem,
          agent: this.#agent,
          ...{ method, path },
          headers: {
            host: `${host}:${this.simulator.port}`,
            ...(token && { 'coder-session-token': token }),
            ...(body && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers as Record<string, string>,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.simulator.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #boot(): Promise<void> {
    const { port } = this.simulator;
    const proxy = (region: string) =>
      `https://${region}.full.coder.localhost:${port}`;
    await this.simulator.boot({
      name: 'full',
      wildcardAccessUrl: '*.full.coder.localhost',
      provisioners: [
        { region: 'eu', replicas: 12 },
        { region: 'us', replicas: 2, version: 'v2.34.1' },
      ],
      proxies: [
        {
          ...{ region: 'us', replicas: 2, version: 'v2.34.1' },
          accessUrl: proxy('us'),
        },
        { region: 'ap', replicas: 0, accessUrl: proxy('ap') },
      ],
      supportLinks: [
        {
          name: 'Help',
          target: 'https://help.example.com',
          icon: '/icon/slack.svg',
          location: 'navbar',
        },
      ],
      env: {
        CODER_UPDATE_CHECK: 'true',
        CODER_EXPERIMENTS: 'notifications',
        CODER_MAX_ADMIN_TOKEN_LIFETIME: '2160h',
      },
      secretEnv: ['CODER_PG_CONNECTION_URL'],
    });
    await this.setFaults('full', {
      offlineProvisioners: 1,
      licenseExpiresInDays: 12,
      health: {
        access_url: {
          severity: 'error',
          code: 'EACS03',
          message: 'unreachable',
        },
        derp: {
          severity: 'warning',
          code: 'EDERP01',
          message: 'uses websocket',
          dismissed: true,
        },
      },
    });
    await this.simulator.boot({ name: 'plain' });
    await this.simulator.boot({ name: 'unlicensed' });
    await this.setFaults('unlicensed', { unlicensed: true });
    await this.simulator.boot({ name: 'oss', edition: 'community' });
  }
}
