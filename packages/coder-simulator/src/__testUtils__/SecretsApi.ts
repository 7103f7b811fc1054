import { createServer, type IncomingMessage, type Server } from 'node:http';

type Secret = {
  metadata: { name: string };
  data: Record<string, string>;
};

/**
 * A fake of the part of the Kubernetes API that Secrets are kept with: get, create and merge-patch, by a token.
 * Source: Kubernetes, API conventions and `Secret v1`.
 */
export class SecretsApi {
  readonly #server: Server;
  readonly #secrets = new Map<string, Secret>();
  readonly token = 'service-account-token';
  /** Answers every call with this status, when it is set. */
  refusal: number | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<SecretsApi> {
    const api = new SecretsApi();
    await new Promise<void>(resolve =>
      api.#server.listen(0, '127.0.0.1', resolve),
    );
    return api;
  }

  get url(): string {
    const { port } = this.#server.address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  /** Values of a Secret, decoded; undefined when there is none. */
  values(namespace: string, name: string): Record<string, string> | undefined {
    const secret = this.#secrets.get(`${namespace}/${name}`);
    return (
      secret &&
      Object.fromEntries(
        Object.entries(secret.data).map(([key, value]) => [
          key,
          Buffer.from(value, 'base64').toString('utf8'),
        ]),
      )
    );
  }

  /** Names of all Secrets, with their namespaces. */
  get names(): string[] {
    return [...this.#secrets.keys()].sort();
  }

  /** Puts a Secret there, as a person or a backup would. */
  put(namespace: string, name: string, values: Record<string, string>): void {
    this.#secrets.set(`${namespace}/${name}`, {
      metadata: { name },
      data: Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          Buffer.from(value).toString('base64'),
        ]),
      ),
    });
  }

  remove(namespace: string, name: string): void {
    this.#secrets.delete(`${namespace}/${name}`);
  }

  async stop(): Promise<void> {
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(
    request: IncomingMessage,
  ): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const refuse = (status: number, message: string) => ({
      status,
      body: { kind: 'Status', status: 'Failure', message, code: status },
    });
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      return refuse(401, 'Unauthorized');
    }
    if (this.refusal) {
      return refuse(this.refusal, 'secrets is forbidden');
    }
    const path = /^\/api\/v1\/namespaces\/([^/]+)\/secrets(?:\/([^/]+))?$/.exec(
      request.url ?? '',
    );
    if (!path) {
      return refuse(404, 'the server could not find the requested resource');
    }
    const [, namespace, named] = path;
    const sent =
      chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const name = named ?? sent.metadata?.name;
    const key = `${namespace}/${name}`;
    const found = this.#secrets.get(key);
    switch (request.method) {
      case 'GET':
        return found
          ? { status: 200, body: found }
          : refuse(404, `secrets "${name}" not found`);
      case 'POST':
        if (found) {
          return refuse(409, `secrets "${name}" already exists`);
        }
        this.#secrets.set(key, sent);
        return { status: 201, body: sent };
      case 'PATCH': {
        if (
          !found ||
          request.headers['content-type'] !== 'application/merge-patch+json'
        ) {
          return refuse(found ? 415 : 404, 'cannot be patched');
        }
        const merged = { ...found, data: { ...found.data, ...sent.data } };
        this.#secrets.set(key, merged);
        return { status: 200, body: merged };
      }
      default:
        return refuse(405, 'method not allowed');
    }
  }
}
