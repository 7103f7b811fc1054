import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import { Faults, parseFaults } from '../faults/faults';
import type { DeploymentStatus } from '../status';

const MAX_BODY_BYTES = 64 * 1024;

const STATUS_OF_ERROR: Record<string, number> = {
  InputError: 400,
  NotFoundError: 404,
};

/**
 * What can be controlled.
 *
 * @internal
 */
export interface Controllable {
  deployments(): DeploymentStatus[];
  setFaults(name: string, faults: Faults): Promise<void>;
}

/**
 * Control over plain HTTP on the loopback interface, for demo and tests: lists deployments, sets
 * and clears faults.
 *
 * @internal
 */
export class ControlServer {
  readonly #server: Server;
  readonly #target: Controllable;

  private constructor(target: Controllable) {
    this.#target = target;
    this.#server = createServer((request, response) => {
      void this.#onRequest(request, response);
    });
  }

  /** Listens on 127.0.0.1. Port 0 takes any free one. */
  static async listen(options: {
    port: number;
    target: Controllable;
  }): Promise<ControlServer> {
    const control = new ControlServer(options.target);
    await new Promise<void>((resolve, reject) => {
      control.#server.once('error', reject);
      control.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return control;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #onRequest(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      send(response, 200, await this.#handle(request));
    } catch (error) {
      const name = isError(error) ? error.name : '';
      const message = isError(error) ? error.message : String(error);
      send(response, STATUS_OF_ERROR[name] ?? 500, { error: message });
    }
  }

  async #handle(request: IncomingMessage): Promise<unknown> {
    // A web page can make a name of its own point here, but then its name is in the header.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      throw new InputError('Call this as 127.0.0.1 or localhost');
    }
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'GET' && pathname === '/deployments') {
      return this.#target.deployments();
    }
    const [, name] = /^\/deployments\/([^/]+)\/faults$/.exec(pathname) ?? [];
    if (name && request.method === 'PUT') {
      return this.#setFaults(name, parseFaults(await readJson(request)));
    }
    if (name && request.method === 'DELETE') {
      return this.#setFaults(name, {});
    }
    throw new NotFoundError(`No such operation: ${request.method} ${pathname}`);
  }

  async #setFaults(name: string, faults: Faults): Promise<DeploymentStatus> {
    const find = () =>
      this.#target.deployments().find(status => status.name === name);
    if (!find()) {
      throw new NotFoundError(`No deployment is named "${name}"`);
    }
    await this.#target.setFaults(name, faults);
    const status = find();
    if (!status) {
      throw new NotFoundError(`Deployment "${name}" is gone`);
    }
    return status;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new InputError(`The body is larger than ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new InputError('The body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}
