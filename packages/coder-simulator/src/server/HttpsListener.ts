import { randomBytes } from 'node:crypto';
import { createServer, Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Deployment } from '../deployment/Deployment';
import type { LeafCertificates } from '../tls/LeafCertificates';

/** As long as load balancers keep a connection, so that a tracker can reuse its own. */
const KEEP_ALIVE_MS = 75_000;

/** Length of the keys of TLS session tickets, bytes. Source: Node, `tls.Server.setTicketKeys`. */
const TICKET_KEYS_LENGTH = 48;

const INGRESS_NOT_FOUND = 'default backend - 404\n';

/**
 * A request, and whom it is for.
 *
 * @internal
 */
export type Incoming = {
  deployment: Deployment;
  /** Host that was asked for, without the port: the deployment's own or that of a proxy. */
  host: string;
  request: IncomingMessage;
  response: ServerResponse;
};

type ListenerOptions = {
  port: number;
  certificates: LeafCertificates;
  find: (host: string) => Deployment | undefined;
  handle: (incoming: Incoming) => void;
};

/**
 * One HTTPS port for all deployments, told apart by host as behind an ingress. A deployment that
 * does not run is unreachable: its connections are dropped before the TLS handshake.
 *
 * @internal
 */
export class HttpsListener {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #options: ListenerOptions;

  private constructor(options: ListenerOptions) {
    this.#options = options;
    const { fallback } = options.certificates;
    this.#server = createServer({
      ...fallback,
      SNICallback: (name, done) => this.#onServerName(name, done),
      keepAliveTimeout: KEEP_ALIVE_MS,
      // As Go does; without it each handshake waits for a delayed acknowledgement.
      noDelay: true,
    });
    this.#server.on('connection', socket => this.#track(socket));
    this.#server.on('secureConnection', socket => this.#onSecure(socket));
    // A client that breaks off the handshake is no news here.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#server.on('request', (request, response) =>
      this.#onRequest(request, response),
    );
  }

  /** Listens on 127.0.0.1. Port 0 takes any free one. */
  static async listen(options: ListenerOptions): Promise<HttpsListener> {
    const listener = new HttpsListener(options);
    await new Promise<void>((resolve, reject) => {
      listener.#server.once('error', reject);
      listener.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Makes every next handshake a full one, in which the client sees the certificate. */
  forgetSessions(): void {
    this.#server.setTicketKeys(randomBytes(TICKET_KEYS_LENGTH));
  }

  /** Stops listening and drops all connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await closed;
  }

  #track(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #onServerName(
    name: string,
    done: (error: Error | null, context?: SecureContext) => void,
  ): void {
    const host = name.toLowerCase();
    const deployment = this.#options.find(host);
    if (isDown(deployment, host)) {
      // Node drops the connection without a TLS alert.
      done(new Error(`${name} is not running`));
      return;
    }
    const { certificates } = this.#options;
    const problem = deployment?.faults.tlsError;
    const context = problem
      ? certificates.wrongContextFor(name, problem)
      : certificates.contextFor(name);
    context.then(
      found => done(null, found),
      () => done(null),
    );
  }

  /** A resumed TLS session comes here without the callback for its server name. */
  #onSecure(socket: TLSSocket): void {
    const host =
      typeof socket.servername === 'string'
        ? socket.servername.toLowerCase()
        : '';
    const deployment = this.#options.find(host);
    if (isDown(deployment, host)) {
      socket.destroy();
    } else {
      deployment?.attach(socket);
    }
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const host = hostName(request.headers.host);
    const deployment = this.#options.find(host);
    if (!deployment) {
      request.resume();
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(INGRESS_NOT_FOUND);
      return;
    }
    if (isDown(deployment, host)) {
      request.socket.destroy();
      return;
    }
    deployment.attach(request.socket);
    this.#options.handle({ deployment, host, request, response });
  }
}

function isDown(deployment: Deployment | undefined, host: string): boolean {
  return (
    deployment !== undefined &&
    (deployment.state !== 'running' || deployment.proxyOn(host)?.replicas === 0)
  );
}

function hostName(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '').toLowerCase();
}
