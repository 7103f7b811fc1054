import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { entitlementsWarning } from '../api/entitlements';
import type { Router } from '../api/Router';
import { failure, Reply } from '../api/reply';
import type { Deployment } from '../deployment/Deployment';
import type { Incoming } from './HttpsListener';

const HUGE_CHUNK = Buffer.alloc(64 * 1024, 'a');
const HUGE_CHUNKS = 4096;
const DRIP_INTERVAL_MS = 200;

/** Larger bodies than any that is simulated. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Answers one request, as wrongly as the deployment's faults say.
 *
 * @internal
 */
export async function answer(
  incoming: Incoming,
  router: Router,
): Promise<void> {
  const { deployment, host, request, response } = incoming;
  const { faults } = deployment;
  const body = await readBody(request);
  if (faults.latencyMs) {
    await delay(faults.latencyMs, undefined, { ref: false });
  }
  if (faults.hang || response.destroyed) {
    return;
  }
  if (!body) {
    send(incoming, failure(413, 'Request body too large.'));
    return;
  }
  if (faults.hugeBody) {
    await stream(incoming, hugeBody());
    return;
  }
  const reply =
    faultyReply(deployment) ??
    router.handle({ deployment, host, request, body });
  if (faults.drip) {
    await stream(incoming, drip(reply.body));
    return;
  }
  send(incoming, reply);
}

/** The whole body; undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    request.resume();
    return Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function send({ deployment, response }: Incoming, reply: Reply): void {
  response.writeHead(reply.status, {
    ...headers(deployment, reply.contentType),
    ...reply.headers,
    'content-length': reply.body.length,
  });
  if (deployment.faults.reset) {
    const half = reply.body.subarray(0, Math.floor(reply.body.length / 2));
    response.write(half, () => response.destroy());
    return;
  }
  response.end(reply.body);
}

function faultyReply({ faults }: Deployment): Reply | undefined {
  if (faults.status500) {
    return failure(
      500,
      'An internal server error occurred.',
      'pq: the database system is in recovery mode',
    );
  }
  if (faults.garbage) {
    return {
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: Buffer.from('{"version": "v2.\u0000\u001b[31m\ufffd <b>'),
    };
  }
  return undefined;
}

function headers(deployment: Deployment, contentType: string) {
  const warning = entitlementsWarning(deployment);
  return {
    'content-type': contentType,
    date: deployment.now.toUTCString(),
    'x-coder-build-version': deployment.version,
    ...(warning && { 'x-coder-entitlements-warning': warning }),
  };
}

async function stream(
  { deployment, response }: Incoming,
  source: AsyncGenerator<Buffer>,
): Promise<void> {
  response.writeHead(200, headers(deployment, 'application/json'));
  // A client that has had enough breaks off; that is what these faults are for.
  await pipeline(source, response).catch(() => undefined);
}

async function* hugeBody(): AsyncGenerator<Buffer> {
  yield Buffer.from('{"version":"');
  for (let sent = 0; sent < HUGE_CHUNKS; sent += 1) {
    yield HUGE_CHUNK;
  }
  yield Buffer.from('"}');
}

async function* drip(body: Buffer): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < body.length; offset += 1) {
    yield body.subarray(offset, offset + 1);
    await delay(DRIP_INTERVAL_MS, undefined, { ref: false });
  }
}
