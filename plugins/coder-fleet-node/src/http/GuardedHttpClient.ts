import type { Config } from '@backstage/config';
import { systemClock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { Agent } from 'undici';
import { AddressPolicy } from './AddressPolicy';
import { readOutboundConfig } from './config';
import { guardedConnector } from './connector';
import { HostResolver } from './HostResolver';
import type { NameLookup } from './HostResolver';
import type { HttpClient, HttpRequest, HttpResponse } from './HttpClient';
import { OriginBreakers } from './OriginBreakers';
import { OutboundError } from './OutboundError';
import { parseJson } from './parseJson';
import { ResponseCollector } from './ResponseCollector';
import type { CollectedResponse } from './ResponseCollector';
import { toOutboundError } from './toOutboundError';
import { TrustStore } from './TrustStore';

/**
 * Limits of {@link GuardedHttpClient}. Times in milliseconds, sizes in bytes.
 *
 * @public
 */
export type GuardedHttpClientOptions = {
  /** See {@link OutboundConfig}. */
  allow?: readonly string[];
  /** See {@link OutboundConfig}. */
  hosts?: Readonly<Record<string, string>>;
  /** See {@link OutboundConfig}. */
  ca?: readonly string[];
  /** Until the whole answer must be there: 10,000. */
  timeoutMs?: number;
  /** For the name and the connection: 5,000. */
  connectTimeoutMs?: number;
  /** From the request to the headers of the answer: as `timeoutMs`. */
  headersTimeoutMs?: number;
  /** Between two parts of the body: 5,000. */
  bodyTimeoutMs?: number;
  /** Of a body: 2 MiB. */
  maxBytes?: number;
  /** Levels of JSON: 64. */
  maxJsonDepth?: number;
  /** How long an idle connection is kept: 15,000, longer than the shortest cycle. */
  keepAliveMs?: number;
  /** Connections to one origin at a time: 8. */
  connectionsPerOrigin?: number;
  /** Outages in a row after which an origin is left alone: 3. */
  breakerFailures?: number;
  /** How long it is left alone: 3,000; at most 5,000, so that no cycle misses a recovery. */
  breakerHalfOpenMs?: number;
  /** Replaces DNS, for tests. */
  lookup?: NameLookup;
  clock?: Clock;
};

const DEFAULTS = {
  timeoutMs: 10_000,
  connectTimeoutMs: 5_000,
  bodyTimeoutMs: 5_000,
  maxBytes: 2 * 1024 * 1024,
  maxJsonDepth: 64,
  keepAliveMs: 15_000,
  connectionsPerOrigin: 8,
  breakerFailures: 3,
  breakerHalfOpenMs: 3_000,
};

const MAX_HALF_OPEN_MS = 5_000;
const USER_AGENT = 'coder-fleet';

function parseTarget(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (!target || !['http:', 'https:'].includes(target.protocol)) {
    throw new OutboundError('refused', 'Only http and https URLs are called');
  }
  if (target.username || target.password) {
    throw new OutboundError(
      'refused',
      `${target.origin} is not called with a user or password in its URL`,
    );
  }
  return target;
}

/**
 * The way out for every call of Coder Fleet. It connects only to addresses that it may, never follows
 * redirects, limits size, depth and time, and leaves dead targets alone for a moment.
 *
 * @public
 */
export class GuardedHttpClient implements HttpClient {
  readonly #options: GuardedHttpClientOptions & typeof DEFAULTS;
  readonly #agent: Agent;
  readonly #trust: TrustStore;
  readonly #breakers: OriginBreakers;

  private constructor(given: GuardedHttpClientOptions) {
    const options = { ...DEFAULTS, ...given };
    this.#options = options;
    this.#trust = new TrustStore({
      files: options.ca ?? [],
      clock: options.clock ?? systemClock,
    });
    this.#agent = new Agent({
      connect: guardedConnector({
        resolver: new HostResolver({
          policy: AddressPolicy.create({ allow: options.allow ?? [] }),
          hosts: options.hosts ?? {},
          lookup: options.lookup,
        }),
        trust: this.#trust,
        connectTimeoutMs: options.connectTimeoutMs,
      }),
      connections: options.connectionsPerOrigin,
      keepAliveTimeout: options.keepAliveMs,
      pipelining: 1,
    });
    this.#breakers = new OriginBreakers({
      failures: options.breakerFailures,
      halfOpenAfterMs: Math.min(options.breakerHalfOpenMs, MAX_HALF_OPEN_MS),
    });
  }

  /** Throws an `InputError` that names a range or host which cannot be used. */
  static create(options: GuardedHttpClientOptions = {}): GuardedHttpClient {
    return new GuardedHttpClient(options);
  }

  /** Reads `coderFleet.outbound`; `options` go before it. */
  static fromConfig(
    config: Config,
    options: GuardedHttpClientOptions = {},
  ): GuardedHttpClient {
    return new GuardedHttpClient({ ...readOutboundConfig(config), ...options });
  }

  /** {@inheritdoc HttpClient.request} */
  async request(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const target = parseTarget(request.url);
    const { status, headers, body } = await this.#breakers.run(
      target.origin,
      () => this.#send(target, request),
    );
    const text = () => body.toString('utf8');
    const maxDepth = this.#options.maxJsonDepth;
    return {
      status,
      headers,
      text,
      json: () => parseJson(text(), { maxDepth, origin: target.origin }),
    };
  }

  /** Closes idle connections and waits for running requests. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #send(target: URL, request: HttpRequest): Promise<CollectedResponse> {
    const timeoutMs = request.timeoutMs ?? this.#options.timeoutMs;
    let collector: ResponseCollector | undefined;
    const end = (why: string) =>
      collector?.abort(new OutboundError('timeout', `${target.origin} ${why}`));
    const timer = setTimeout(
      () => end(`did not answer completely within ${timeoutMs} ms`),
      timeoutMs,
    );
    const onAbort = () => end('was not waited for');
    request.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      for (let attempt = 1; ; attempt++) {
        collector = this.#dispatch(target, request, timeoutMs);
        try {
          return await collector.response;
        } catch (error) {
          if (request.signal?.aborted) {
            throw request.signal.reason;
          }
          const known = toOutboundError(error, {
            origin: target.origin,
            hints: this.#trust.problems(),
          });
          // A server may close a kept connection just when it is used again.
          const worthRepeating =
            known.kind === 'reset' &&
            !collector.started &&
            (request.method ?? 'GET') === 'GET';
          if (attempt > 1 || !worthRepeating) {
            throw known;
          }
        }
      }
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    }
  }

  #dispatch(
    target: URL,
    request: HttpRequest,
    timeoutMs: number,
  ): ResponseCollector {
    const collector = new ResponseCollector({
      origin: target.origin,
      maxBytes: request.maxBytes ?? this.#options.maxBytes,
    });
    this.#agent.dispatch(
      {
        origin: target.origin,
        path: `${target.pathname}${target.search}`,
        method: request.method ?? 'GET',
        headers: {
          'user-agent': USER_AGENT,
          'accept-encoding': 'identity',
          ...request.headers,
        },
        body: request.body,
        headersTimeout: this.#options.headersTimeoutMs ?? timeoutMs,
        bodyTimeout: this.#options.bodyTimeoutMs,
      },
      collector,
    );
    return collector;
  }
}
