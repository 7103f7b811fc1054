import { startHttp, startTcp } from '../__testUtils__/servers';
import type { TestServer } from '../__testUtils__/servers';
import { GuardedHttpClient } from './GuardedHttpClient';
import type { GuardedHttpClientOptions } from './GuardedHttpClient';

describe('GuardedHttpClient: limits', () => {
  const open: Array<{ close(): Promise<void> }> = [];

  function client(options: GuardedHttpClientOptions = {}) {
    const created = GuardedHttpClient.create({
      allow: ['127.0.0.0/8'],
      ...options,
    });
    open.push(created);
    return created;
  }

  async function opened(server: Promise<TestServer>) {
    open.push(await server);
    return server;
  }

  afterEach(async () => {
    await Promise.all(
      open
        .splice(0)
        .reverse()
        .map(thing => thing.close()),
    );
  });

  it('refuses a body whose announced length exceeds the limit', async () => {
    const server = await opened(
      startHttp((_req, res) => res.end('x'.repeat(101))),
    );
    const guarded = client({ maxBytes: 100 });
    await expect(guarded.request({ url: server.url })).rejects.toMatchObject({
      kind: 'too-large',
    });
    await expect(
      guarded.request({ url: server.url, maxBytes: 101 }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('stops reading an endless body at 2 MiB', async () => {
    let written = 0;
    const server = await opened(
      startHttp((_req, res) => {
        const chunk = Buffer.alloc(64 * 1024);
        const more = () => {
          if (!res.destroyed) {
            written += chunk.length;
            res.write(chunk, () => setImmediate(more));
          }
        };
        more();
      }),
    );
    await expect(client().request({ url: server.url })).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('2097152'),
    });
    // What was in flight when it stopped, and no more.
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it('reads a body of exactly the limit', async () => {
    const server = await opened(
      startHttp((_req, res) => {
        res.write('x'.repeat(50));
        res.end('x'.repeat(50));
      }),
    );
    const response = await client({ maxBytes: 100 }).request({
      url: server.url,
    });
    expect(response.text()).toHaveLength(100);
  });

  it('gives up on a server that never answers', async () => {
    const server = await opened(startHttp(() => {}));
    await expect(
      client().request({ url: server.url, timeoutMs: 50 }),
    ).rejects.toMatchObject({
      kind: 'timeout',
      message: `${server.url} did not answer completely within 50 ms`,
    });
  });

  it('gives up on a body that drips, although every part comes in time', async () => {
    const server = await opened(
      startHttp((_req, res) => {
        const timer = setInterval(() => res.write('.'), 10);
        res.on('close', () => clearInterval(timer));
      }),
    );
    await expect(
      client().request({ url: server.url, timeoutMs: 100 }),
    ).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('gives up on headers and on bodies that stall', async () => {
    const silent = await opened(startHttp(() => {}));
    const stalling = await opened(
      startHttp((_req, res) => {
        res.write('half');
      }),
    );
    const guarded = client({ headersTimeoutMs: 50, bodyTimeoutMs: 50 });
    await expect(guarded.request({ url: silent.url })).rejects.toMatchObject({
      kind: 'timeout',
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
    await expect(guarded.request({ url: stalling.url })).rejects.toMatchObject({
      kind: 'timeout',
      code: 'UND_ERR_BODY_TIMEOUT',
    });
  });

  it('ends with the reason of the caller', async () => {
    const server = await opened(startHttp(() => {}));
    const controller = new AbortController();
    const failed = client().request({
      url: server.url,
      signal: controller.signal,
    });
    const reason = new Error('shutting down');
    setImmediate(() => controller.abort(reason));
    await expect(failed).rejects.toBe(reason);
    await expect(
      client().request({ url: server.url, signal: controller.signal }),
    ).rejects.toBe(reason);
  });

  it('parses JSON of 64 levels and refuses 65', async () => {
    const nested = (levels: number) =>
      `${'['.repeat(levels - 1)}{"a": "]]\\"[["}${']'.repeat(levels - 1)}`;
    const server = await opened(
      startHttp((req, res) => res.end(nested(Number(req.url?.slice(1))))),
    );
    const guarded = client();
    const fine = await guarded.request({ url: `${server.url}/64` });
    expect(JSON.stringify(fine.json())).toContain(']]\\"[[');
    const deep = await guarded.request({ url: `${server.url}/65` });
    expect(() => deep.json()).toThrow(
      expect.objectContaining({ kind: 'malformed' }),
    );
  });

  it('says that an answer is not JSON without quoting it', async () => {
    const server = await opened(
      startHttp((_req, res) => res.end('<html>secret</html>')),
    );
    const response = await client().request({ url: server.url });
    expect(() => response.json()).toThrow(
      expect.objectContaining({
        kind: 'malformed',
        message: `${server.url} sent something that is not JSON`,
      }),
    );
  });

  it('refuses an encoding that it did not ask for', async () => {
    const server = await opened(
      startHttp((_req, res) => {
        res.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      }),
    );
    await expect(client().request({ url: server.url })).rejects.toMatchObject({
      kind: 'malformed',
    });
  });

  it('calls what is not HTTP malformed, and headers without end too large', async () => {
    const nonsense = await opened(
      startTcp(socket => socket.end('SSH-2.0-OpenSSH\r\n')),
    );
    const endless = await opened(
      startTcp(socket => {
        socket.write('HTTP/1.1 200 OK\r\n');
        socket.write(`a: ${'b'.repeat(64 * 1024)}\r\n`);
      }),
    );
    await expect(client().request({ url: nonsense.url })).rejects.toMatchObject(
      { kind: 'malformed' },
    );
    await expect(client().request({ url: endless.url })).rejects.toMatchObject({
      kind: 'too-large',
    });
  });

  it('keeps connections alive', async () => {
    const server = await opened(startHttp((_req, res) => res.end('ok')));
    const guarded = client();
    const ports = new Set<number | undefined>();
    for (let i = 0; i < 3; i++) {
      await guarded.request({ url: server.url });
      ports.add(server.requests[i].socket.remotePort);
    }
    expect(ports.size).toBe(1);
  });
});
