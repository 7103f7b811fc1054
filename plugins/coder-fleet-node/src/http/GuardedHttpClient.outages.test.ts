import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { TEST_CA } from '../__testUtils__/certificates';
import { startHttp, startHttps, startTcp } from '../__testUtils__/servers';
import type { TestServer } from '../__testUtils__/servers';
import { GuardedHttpClient } from './GuardedHttpClient';
import type { GuardedHttpClientOptions } from './GuardedHttpClient';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const TOKEN = 'a-token-nobody-may-see';

describe('GuardedHttpClient: outages', () => {
  const open: Array<{ close(): Promise<void> }> = [];
  let directory: string;

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

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coder-fleet-'));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(
      open
        .splice(0)
        .reverse()
        .map(thing => thing.close()),
    );
    await rm(directory, { recursive: true });
  });

  describe('retry', () => {
    /** Answers the first request of a connection and cuts it at the second one. */
    function cutAtSecond() {
      const seen: string[] = [];
      const server = startTcp((socket: Socket) => {
        let first = true;
        socket.on('data', data => {
          seen.push(data.toString().split(' ')[0]);
          if (first) {
            socket.write(ANSWER);
            first = false;
          } else {
            socket.destroy();
          }
        });
      });
      return { seen, server };
    }

    it('repeats a GET once when a kept connection is dead', async () => {
      const { seen, server } = cutAtSecond();
      const { url } = await opened(server);
      const guarded = client();
      await guarded.request({ url });
      const response = await guarded.request({ url });
      expect(response.text()).toBe('ok');
      expect(seen).toEqual(['GET', 'GET', 'GET']);
    });

    it('never repeats a POST', async () => {
      const { seen, server } = cutAtSecond();
      const { url } = await opened(server);
      const guarded = client();
      await guarded.request({ url, method: 'POST', body: '{}' });
      await expect(
        guarded.request({ url, method: 'POST', body: '{}' }),
      ).rejects.toMatchObject({ kind: 'reset' });
      expect(seen).toEqual(['POST', 'POST']);
    });

    it('tries a GET at most twice', async () => {
      let connections = 0;
      const { url } = await opened(
        startTcp(socket => {
          connections++;
          socket.on('data', () => socket.destroy());
        }),
      );
      await expect(client().request({ url })).rejects.toMatchObject({
        kind: 'reset',
      });
      expect(connections).toBe(2);
    });

    it('does not repeat once the answer has begun', async () => {
      let connections = 0;
      const { url } = await opened(
        startTcp(socket => {
          connections++;
          socket.on('data', () => {
            socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nha');
            setImmediate(() => socket.destroy());
          });
        }),
      );
      await expect(client().request({ url })).rejects.toMatchObject({
        kind: 'reset',
      });
      expect(connections).toBe(1);
    });
  });

  describe('breaker', () => {
    it('leaves an origin alone after failures in a row, says why, and tries again at the latest after 5 s', async () => {
      const server = await startHttp((_req, res) => res.end('ok'));
      await server.close();
      const { url } = server;
      const other = await opened(startHttp((_req, res) => res.end('ok')));
      const now = jest.spyOn(Date, 'now');
      const start = Date.now();
      now.mockReturnValue(start);
      const guarded = client({ breakerFailures: 2, breakerHalfOpenMs: 60_000 });

      const kinds: string[] = [];
      for (let i = 0; i < 3; i++) {
        const error = await guarded.request({ url }).catch(e => e);
        kinds.push(error.kind);
      }
      expect(kinds).toEqual(['connect', 'connect', 'breaker']);
      await expect(guarded.request({ url })).rejects.toThrow(
        `${url} does not accept connections (ECONNREFUSED); not tried again for up to 5 s`,
      );
      await expect(guarded.request({ url: other.url })).resolves.toMatchObject({
        status: 200,
      });

      now.mockReturnValue(start + 5_000);
      await expect(guarded.request({ url })).rejects.toMatchObject({
        kind: 'connect',
      });
    });

    it('closes again with the first answer', async () => {
      let broken = true;
      const { url } = await opened(
        startTcp(socket => {
          socket.on('data', () =>
            broken ? socket.destroy() : socket.write(ANSWER),
          );
        }),
      );
      const now = jest.spyOn(Date, 'now');
      const start = Date.now();
      now.mockReturnValue(start);
      const guarded = client({ breakerFailures: 1 });
      await guarded.request({ url }).catch(() => {});
      await expect(guarded.request({ url })).rejects.toMatchObject({
        kind: 'breaker',
      });
      broken = false;
      now.mockReturnValue(start + 3_000);
      await expect(guarded.request({ url })).resolves.toMatchObject({
        status: 200,
      });
      await expect(guarded.request({ url })).resolves.toMatchObject({
        status: 200,
      });
    });

    it('does not open on answers, whatever they say', async () => {
      const server = await opened(
        startHttp((_req, res) => {
          res.statusCode = 503;
          res.end('x'.repeat(100));
        }),
      );
      const guarded = client({ breakerFailures: 1 });
      await guarded.request({ url: server.url });
      await guarded.request({ url: server.url, maxBytes: 1 }).catch(() => {});
      await expect(guarded.request({ url: server.url })).resolves.toMatchObject(
        { status: 503 },
      );
    });
  });

  describe('TLS', () => {
    it('says how to make an own CA known', async () => {
      const server = await opened(startHttps((_req, res) => res.end('ok')));
      await expect(client().request({ url: server.url })).rejects.toMatchObject(
        {
          kind: 'tls',
          message: expect.stringContaining('coderFleet.outbound.ca'),
        },
      );
    });

    it('trusts the CAs in the configured files and checks the name', async () => {
      const ca = join(directory, 'ca.pem');
      await writeFile(ca, TEST_CA);
      const server = await opened(startHttps((_req, res) => res.end('ok')));
      const guarded = client({
        ca: [ca],
        hosts: {
          'one.coder.localhost': '127.0.0.1',
          'one.other.localhost': '127.0.0.1',
        },
      });
      await expect(
        guarded.request({ url: `https://one.coder.localhost:${server.port}/` }),
      ).resolves.toMatchObject({ status: 200 });
      await expect(
        guarded.request({ url: `https://one.other.localhost:${server.port}/` }),
      ).rejects.toMatchObject({
        kind: 'tls',
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    });

    it('names a CA file that is missing, and picks it up once it is there', async () => {
      const ca = join(directory, 'ca.pem');
      const server = await opened(startHttps((_req, res) => res.end('ok')));
      let now = 0;
      const guarded = client({ ca: [ca], clock: () => new Date(now) });
      await expect(guarded.request({ url: server.url })).rejects.toMatchObject({
        kind: 'tls',
        message: expect.stringContaining(`${ca} cannot be read`),
      });
      await writeFile(`${ca}.new`, TEST_CA);
      await rename(`${ca}.new`, ca);
      now += 2_000;
      await expect(guarded.request({ url: server.url })).resolves.toMatchObject(
        { status: 200 },
      );
    });
  });

  it('never shows the headers of a request in its errors', async () => {
    const resetting = await opened(
      startTcp(socket => socket.on('data', () => socket.destroy())),
    );
    const nonsense = await opened(startTcp(socket => socket.end('nonsense')));
    const secure = await opened(startHttps((_req, res) => res.end('ok')));
    const urls = [
      resetting.url,
      nonsense.url,
      secure.url,
      'http://10.0.0.1/',
      'http://169.254.169.254/',
    ];
    for (const url of urls) {
      const error = await client()
        .request({ url, headers: { 'coder-session-token': TOKEN } })
        .catch(e => e);
      expect(error).toHaveProperty('kind');
      expect(
        inspect(error, { depth: 20, showHidden: true }) +
          JSON.stringify(error) +
          String(error),
      ).not.toContain(TOKEN);
    }
    const invalid = await client()
      .request({
        url: secure.url,
        headers: { 'coder-session-token': `${TOKEN}\n` },
      })
      .catch(e => e);
    expect(inspect(invalid, { depth: 20 })).not.toContain(TOKEN);
  });
});
