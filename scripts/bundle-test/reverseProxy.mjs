import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, typescriptArgs } from '../lib/paths.mjs';

/** What a client may not say about itself: that is the proxy's word. */
const IDENTITY = /^x-(forwarded|auth-request|oauth2-proxy)-/;

async function certificate() {
  const file = join(root, 'scripts/bundle-test/certificate.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', ...typescriptArgs, file],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

/**
 * What stands in front of a portal in production: ends TLS, knows who asks, and
 * tells the backend so in headers.
 *
 * @param options - `port`: where it listens; `backendPort`; `identity`: headers
 *   that name the user
 */
export async function startReverseProxy({ port, backendPort, identity }) {
  const server = createServer(await certificate(), (request, response) => {
    const own = Object.entries(request.headers).filter(
      ([name]) => !IDENTITY.test(name),
    );
    const forwarded = httpRequest({
      host: '127.0.0.1',
      port: backendPort,
      method: request.method,
      path: request.url,
      headers: {
        ...Object.fromEntries(own),
        'x-forwarded-proto': 'https',
        ...identity,
      },
    });
    forwarded.on('response', answer => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.writeHead(502).end());
    request.pipe(forwarded);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
