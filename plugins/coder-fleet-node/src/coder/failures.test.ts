import { cannedCoder, withoutToken } from '../__testUtils__/cannedCoder';
import { OutboundError } from '../http/OutboundError';
import type { OutboundErrorKind } from '../http/OutboundError';

describe('failures of CoderClient', () => {
  const SALES = 'High availability is a Premium feature. Contact sales!';

  it.each([
    ['health', 401, 'Token expired', 'denied', 'not valid or has expired'],
    ['health', 403, 'Forbidden', 'denied', 'says: Forbidden'],
    [
      'health',
      404,
      'Resource not found or you do not have access to this resource',
      'denied',
      'do not have access',
    ],
    ['health', 404, 'Route not found.', 'absent', 'This version of Coder'],
    [
      'health',
      404,
      'Healthcheck is in progress and did not complete in time. Try again in a few seconds.',
      'error',
      'the next attempt may succeed',
    ],
    ['health', 500, 'Internal', 'error', 'with 500: Internal'],
    ['health', 503, '', 'error', 'with 503'],
    ['replicas', 404, 'Resource not found', 'absent', 'Premium licence'],
    ['replicas', 404, 'Route not found.', 'absent', 'Premium licence'],
    ['replicas', 403, SALES, 'absent', SALES],
    ['replicas', 403, 'Forbidden', 'denied', 'may not read /api/v2/replicas'],
    ['entitlements', 404, 'Route not found.', 'absent', 'Premium licence'],
    ['entitlements', 401, 'Sign in', 'denied', 'Sign in'],
    ['buildInfo', 404, '', 'error', 'is it a Coder server?'],
    ['buildInfo', 502, '', 'error', 'with 502'],
    ['healthz', 404, '', 'error', 'is it a Coder server?'],
  ] as const)(
    '%s answered with %i "%s" is %s',
    async (method, code, message, status, text) => {
      const { coder } = cannedCoder({ status: code, body: { message } });
      await expect(coder[method]()).resolves.toEqual({
        status,
        code,
        message: expect.stringContaining(text),
      });
    },
  );

  it('asks for a token when an anonymous call was refused', async () => {
    const { coder } = cannedCoder(
      { status: 401, body: { message: 'Sign in' } },
      { credentials: withoutToken },
    );
    await expect(coder.entitlements()).resolves.toMatchObject({
      status: 'denied',
      message: expect.stringContaining('coderFleet.credentials.directory'),
    });
  });

  it.each([
    ['7', 7],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['soon', undefined],
    [undefined, undefined],
  ])('reports a rate limit with Retry-After: %s', async (header, seconds) => {
    const { coder } = cannedCoder({
      status: 429,
      headers: header ? { 'retry-after': header } : {},
      body: '',
    });
    await expect(coder.health()).resolves.toEqual({
      status: 'error',
      code: 429,
      retryAfterSeconds: seconds,
      message: expect.stringContaining(
        seconds === undefined ? 'later' : `in ${seconds} s`,
      ),
    });
  });

  it('names the origin that a redirect leads to, and follows it not', async () => {
    const { coder, requests } = cannedCoder({
      status: 307,
      headers: { location: 'https://login.example.com/path?secret=1' },
      body: '',
    });
    const attempt = await coder.buildInfo();
    expect(attempt).toMatchObject({
      status: 'error',
      message: expect.stringContaining(
        'redirects to https://login.example.com,',
      ),
    });
    expect(requests).toHaveLength(1);
  });

  it('does not quote pages that are not Coder’s', async () => {
    const { coder } = cannedCoder({ status: 500, body: '<script>x</script>' });
    const attempt = await coder.buildInfo();
    expect(JSON.stringify(attempt)).not.toContain('script');
  });

  it.each([
    ['refused', 'unreachable'],
    ['dns', 'unreachable'],
    ['connect', 'unreachable'],
    ['tls', 'unreachable'],
    ['timeout', 'unreachable'],
    ['reset', 'unreachable'],
    ['breaker', 'unreachable'],
    ['too-large', 'error'],
    ['malformed', 'error'],
  ] as Array<[OutboundErrorKind, string]>)(
    'an outbound error "%s" is %s, in its own words',
    async (kind, status) => {
      const { coder } = cannedCoder(new OutboundError(kind, 'what to do'));
      await expect(coder.buildInfo()).resolves.toEqual({
        status,
        message: 'what to do',
      });
    },
  );
});
