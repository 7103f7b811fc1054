import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { TEST_CERTIFICATE, TEST_KEY } from './certificates';

/** A server on a free port of 127.0.0.1 that remembers what it got. */
export type TestServer = {
  port: number;
  /** By address; `https` ones are valid for `localhost` and `*.coder.localhost` too. */
  url: string;
  requests: IncomingMessage[];
  sockets: Set<Socket>;
  close(): Promise<void>;
};

async function listen(
  server: Server,
  options: { protocol: string; requests: IncomingMessage[] },
): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>(resolve =>
    server.listen({ port: 0, host: '127.0.0.1' }, resolve),
  );
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${options.protocol}://127.0.0.1:${port}`,
    requests: options.requests,
    sockets,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        sockets.forEach(socket => socket.destroy());
      }),
  };
}

/** Plain HTTP. */
export async function startHttp(answer: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createHttpServer((req, res) => {
    requests.push(req);
    answer(req, res);
  });
  return listen(server, { protocol: 'http', requests });
}

/** With the test certificate. */
export async function startHttps(answer: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createHttpsServer(
    { key: TEST_KEY, cert: TEST_CERTIFICATE },
    (req, res) => {
      requests.push(req);
      answer(req, res);
    },
  );
  return listen(server, { protocol: 'https', requests });
}

/** Raw TCP, for what no HTTP server would send. */
export async function startTcp(
  answer: (socket: Socket) => void,
): Promise<TestServer> {
  return listen(createTcpServer(answer), { protocol: 'http', requests: [] });
}
