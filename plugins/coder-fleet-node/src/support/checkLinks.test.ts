/* eslint-disable no-script-url -- what must be refused has to be written down */
import { startHttp } from '../__testUtils__/servers';
import { GuardedHttpClient } from '../http/GuardedHttpClient';
import { checkLinks } from './checkLinks';

describe('checkLinks', () => {
  const http = GuardedHttpClient.create({ allow: ['127.0.0.1/32'] });
  const strict = GuardedHttpClient.create();
  let server: Awaited<ReturnType<typeof startHttp>>;

  beforeAll(async () => {
    server = await startHttp((req, res) => {
      const path = req.url ?? '';
      const status = Number(/\/(\d{3})/.exec(path)?.[1] ?? 200);
      if (path === '/no-head' && req.method === 'HEAD') {
        res.writeHead(405).end();
      } else if (path === '/large') {
        res
          .writeHead(req.method === 'HEAD' ? 501 : 200)
          .end('x'.repeat(100_000));
      } else if (path === '/breaks') {
        res.destroy();
      } else {
        res
          .writeHead(status, { location: 'https://new.example.com/help' })
          .end();
      }
    });
  });
  afterAll(async () => {
    await server.close();
    await Promise.all([http.close(), strict.close()]);
  });

  const check = async (target: string, client = http) =>
    (await checkLinks({ http: client, links: [{ name: 'Help', target }] }))[0];

  it.each([
    ['/200', 'ok', /answers \(200\)/],
    ['/no-head', 'ok', /answers \(200\)/],
    ['/large', 'ok', /answers/],
    ['/302', 'ok', /answers \(302\)/],
    ['/401', 'ok', /asks who is there/],
    ['/301', 'moved', /moved to https:\/\/new\.example\.com\/help/],
    ['/308', 'moved', /moved/],
    ['/404', 'broken', /404/],
    ['/500', 'broken', /500/],
    ['/breaks', 'unreachable', /./],
  ])('%s is %s', async (path, result, detail) => {
    expect(await check(`${server.url}${path}`)).toMatchObject({
      name: 'Help',
      result,
      detail: expect.stringMatching(detail),
    });
  });

  it('asks nobody that the guard refuses, and no mail address', async () => {
    const before = server.requests.length;
    expect((await check(`${server.url}/200`, strict)).result).toBe('refused');
    expect((await check('http://169.254.169.254/')).result).toBe('refused');
    expect((await check('mailto:help@example.com')).result).toBe('unchecked');
    expect((await check('javascript:alert(1)')).result).toBe('refused');
    expect(server.requests).toHaveLength(before);
  });

  it('sends no token, follows no redirect, and bounds what it takes', async () => {
    server.requests.splice(0);
    const links = Array.from({ length: 30 }, () => ({
      name: 'x'.repeat(1000),
      target: `${server.url}/301`,
    }));
    const found = await checkLinks({ http, links });
    expect(found).toHaveLength(20);
    expect(found[0].name).toHaveLength(300);
    expect(server.requests).toHaveLength(20);
    for (const { headers } of server.requests) {
      expect(Object.keys(headers)).not.toContain('coder-session-token');
      expect(Object.keys(headers)).not.toContain('authorization');
    }
  });

  it('ends when it is told to', async () => {
    await expect(
      checkLinks({
        http,
        links: [{ name: 'Help', target: `${server.url}/200` }],
        signal: AbortSignal.abort(new Error('stop')),
      }),
    ).rejects.toThrow('stop');
  });
});
