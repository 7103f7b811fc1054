import { ConfigReader } from '@backstage/config';
import { startHttp } from '../__testUtils__/servers';
import type { TestServer } from '../__testUtils__/servers';
import { GuardedHttpClient } from './GuardedHttpClient';
import type { GuardedHttpClientOptions } from './GuardedHttpClient';
import type { NameLookup } from './HostResolver';

const LOOPBACK = ['127.0.0.0/8'];

function resolvesTo(...addresses: string[]): NameLookup {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map(address => ({
        address,
        family: address.includes(':') ? 6 : 4,
      })),
    );
}

describe('GuardedHttpClient: which targets it calls', () => {
  let server: TestServer;
  let connections = 0;
  const clients: GuardedHttpClient[] = [];

  function client(options: GuardedHttpClientOptions = {}) {
    const created = GuardedHttpClient.create(options);
    clients.push(created);
    return created;
  }

  beforeAll(async () => {
    server = await startHttp((_req, res) => res.end('hello'));
  });

  beforeEach(() => {
    server.requests.length = 0;
    connections = server.sockets.size;
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(created => created.close()));
  });

  afterAll(() => server.close());

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1]',
    '0.0.0.0',
    '10.255.255.1',
    '[64:ff9b::7f00:1]',
    '①②⑦.0.0.1',
  ])('refuses the literal address %s without connecting', async host => {
    await expect(
      client().request({ url: `http://${host}:${server.port}/` }),
    ).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('coderFleet.outbound.allow'),
    });
    expect(server.sockets.size).toBe(connections);
  });

  it.each([['127.0.0.1'], ['::1'], ['8.8.8.8', '10.0.0.1'], ['::ffff:7f00:1']])(
    'refuses a name that resolves to %s',
    async (...addresses) => {
      const guarded = client({ lookup: resolvesTo(...addresses) });
      await expect(
        guarded.request({ url: `http://coder.example.com:${server.port}/` }),
      ).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('coder.example.com leads to'),
      });
      expect(server.sockets.size).toBe(connections);
    },
  );

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://169.254.170.2/',
    'http://100.100.100.200/',
    'http://2852039166/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://metadata.google.internal/',
    'http://METADATA.google.internal./',
  ])('refuses %s although everything is allowed', async url => {
    const guarded = client({
      allow: ['0.0.0.0/0', '::/0'],
      hosts: { 'metadata.google.internal': '127.0.0.1' },
    });
    await expect(guarded.request({ url })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('cloud credentials'),
    });
  });

  it.each([0, 22, 25, 110, 389, 2049, 6667])(
    'refuses port %d although everything is allowed',
    async port => {
      await expect(
        client({ allow: ['0.0.0.0/0'] }).request({
          url: `http://127.0.0.1:${port}/`,
        }),
      ).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(`Port ${port} is not one of HTTP`),
      });
    },
  );

  it('refuses a name that resolves to cloud metadata although everything is allowed', async () => {
    const guarded = client({
      allow: ['0.0.0.0/0'],
      lookup: resolvesTo('169.254.169.254'),
    });
    await expect(
      guarded.request({ url: 'http://coder.example.com/' }),
    ).rejects.toMatchObject({ kind: 'refused' });
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense', ''])(
    'refuses the URL "%s"',
    async url => {
      await expect(client().request({ url })).rejects.toMatchObject({
        kind: 'refused',
      });
    },
  );

  it('refuses a URL with a password and does not repeat it', async () => {
    const failed = client().request({ url: 'https://u:hunter2@example.com/' });
    await expect(failed).rejects.toMatchObject({ kind: 'refused' });
    await expect(failed).rejects.not.toThrow('hunter2');
  });

  it('calls an address that is allowed', async () => {
    const response = await client({ allow: LOOPBACK }).request({
      url: server.url,
    });
    expect(response.status).toBe(200);
    expect(response.text()).toBe('hello');
  });

  it.each([
    ['one.coder.localhost', { 'one.coder.localhost': '127.0.0.1' }],
    ['one.coder.localhost', { '*.coder.localhost': '127.0.0.1' }],
    ['a.b.coder.localhost', { '*.Coder.Localhost': '127.0.0.1' }],
    [
      'one.coder.localhost',
      { '*.localhost': '127.9.9.9', '*.coder.localhost': '127.0.0.1' },
    ],
    [
      'one.coder.localhost',
      { '*.coder.localhost': '127.9.9.9', 'one.coder.localhost': '127.0.0.1' },
    ],
  ])('finds %s in %j before DNS', async (name, hosts) => {
    const guarded = client({
      allow: LOOPBACK,
      hosts: hosts as Record<string, string>,
      lookup: () => {
        throw new Error('DNS was asked');
      },
    });
    const response = await guarded.request({
      url: `http://${name}:${server.port}/`,
    });
    expect(response.text()).toBe('hello');
    expect(server.requests[0].headers.host).toBe(`${name}:${server.port}`);
  });

  it('does not take a suffix for the domain itself or for a lookalike', async () => {
    const asked: string[] = [];
    const guarded = client({
      allow: LOOPBACK,
      hosts: { '*.coder.localhost': '127.0.0.1' },
      lookup: (name, _options, callback) => {
        asked.push(name);
        callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
      },
    });
    for (const name of ['coder.localhost', 'evilcoder.localhost']) {
      await expect(
        guarded.request({ url: `http://${name}:${server.port}/` }),
      ).rejects.toMatchObject({
        kind: 'dns',
        message: expect.stringContaining('coderFleet.outbound.hosts'),
      });
    }
    expect(asked).toEqual(['coder.localhost', 'evilcoder.localhost']);
  });

  it('applies the policy to configured addresses too', async () => {
    const guarded = client({ hosts: { 'one.example.com': '127.0.0.1' } });
    await expect(
      guarded.request({ url: `http://one.example.com:${server.port}/` }),
    ).rejects.toMatchObject({ kind: 'refused' });
  });

  it('reads coderFleet.outbound', async () => {
    const guarded = GuardedHttpClient.fromConfig(
      new ConfigReader({
        coderFleet: {
          outbound: {
            allow: ['127.0.0.0/8'],
            hosts: { '*.coder.localhost': '127.0.0.1' },
          },
        },
      }),
    );
    clients.push(guarded);
    const response = await guarded.request({
      url: `http://x.coder.localhost:${server.port}/`,
    });
    expect(response.status).toBe(200);
  });

  it('calls public addresses only when nothing is configured', async () => {
    const guarded = GuardedHttpClient.fromConfig(new ConfigReader({}));
    clients.push(guarded);
    await expect(guarded.request({ url: server.url })).rejects.toMatchObject({
      kind: 'refused',
    });
  });

  it('names the host whose address is none', () => {
    expect(() => client({ hosts: { 'a.b': 'c.d' } })).toThrow(
      'coderFleet.outbound.hosts["a.b"]: "c.d" is not an IP address',
    );
  });

  it('connects to the very address that it judged, and judges each new one', async () => {
    // A name whose second answer leads elsewhere, as in DNS rebinding
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const lookup: NameLookup = (name, options, callback) =>
      resolvesTo(answers[Math.min(asked++, 1)])(name, options, callback);
    const guarded = client({ allow: LOOPBACK, lookup });
    const url = `http://coder.example.com:${server.port}/`;
    expect((await guarded.request({ url })).status).toBe(200);
    expect(asked).toBe(1);

    server.sockets.forEach(socket => socket.destroy());
    await expect(guarded.request({ url })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('169.254.169.254'),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('returns a redirect instead of following it, so that a token goes nowhere else', async () => {
    const other = await startHttp((_req, res) => res.end('stolen'));
    const redirecting = await startHttp((_req, res) => {
      res.writeHead(302, { location: other.url }).end();
    });
    const response = await client({ allow: LOOPBACK }).request({
      url: redirecting.url,
      headers: { 'coder-session-token': 'secret' },
    });
    expect(response.status).toBe(302);
    expect(response.headers.location).toBe(other.url);
    expect(other.requests).toHaveLength(0);
    await Promise.all([other.close(), redirecting.close()]);
  });
});
