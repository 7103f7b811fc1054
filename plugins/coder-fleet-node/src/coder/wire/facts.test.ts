import { parseBuildInfo } from './buildInfo';
import { parseEntitlements } from './entitlements';
import { fromWire } from './fromWire';
import { parseReplicas } from './replicas';

describe('fromWire', () => {
  it('drops null and the zero time, at any depth', () => {
    expect(
      fromWire({
        a: null,
        b: '0001-01-01T00:00:00Z',
        c: [{ d: null, e: 0, f: false, g: '' }, null],
      }),
    ).toEqual({ c: [{ e: 0, f: false, g: '' }] });
  });

  it('caps strings at 10,000 characters', () => {
    const { text } = fromWire({ text: 'x'.repeat(20_000) }) as { text: string };
    expect(text).toHaveLength(10_000);
  });

  it('does not let an answer reach a prototype', () => {
    const value = fromWire(JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('parseBuildInfo', () => {
  it('reads who answers', () => {
    expect(
      parseBuildInfo({
        external_url: 'https://github.com/coder/coder/commit/abc',
        version: 'v2.36.5+abc1234',
        dashboard_url: 'https://coder.example.com',
        telemetry: true,
        workspace_proxy: false,
        deployment_id: 'a-b-c',
        something_new: { x: 1 },
      }),
    ).toEqual({
      version: 'v2.36.5+abc1234',
      deploymentId: 'a-b-c',
      dashboardUrl: 'https://coder.example.com',
      workspaceProxy: false,
    });
  });

  it('needs a version and nothing else', () => {
    expect(parseBuildInfo({ version: 'v2.0.0' }).version).toBe('v2.0.0');
    expect(() => parseBuildInfo({ deployment_id: 'a' })).toThrow('Required');
    expect(() => parseBuildInfo([])).toThrow('Expected object');
  });

  it('takes only web addresses for a link', () => {
    const { dashboardUrl } = parseBuildInfo({
      version: 'v2.0.0',
      dashboard_url: 'data:text/html,x',
    });
    expect(dashboardUrl).toBeUndefined();
  });
});

describe('parseReplicas', () => {
  it('counts replicas without an error as healthy and turns microseconds into milliseconds', () => {
    expect(
      parseReplicas([
        { id: '1', hostname: 'coder-0', error: '', database_latency: 1_500 },
        { id: '2', hostname: 'coder-1', error: 'no relay', region_id: 0 },
        { id: '3' },
      ]),
    ).toEqual({
      total: 3,
      healthy: 2,
      items: [
        { hostname: 'coder-0', error: '', databaseLatencyMs: 1.5 },
        { hostname: 'coder-1', error: 'no relay' },
        { hostname: '3', error: '' },
      ],
    });
  });

  it('refuses what is no list', () => {
    expect(() => parseReplicas({})).toThrow('Expected array');
  });
});

describe('parseEntitlements', () => {
  it('lists the features that work, unknown ones too', () => {
    expect(
      parseEntitlements({
        features: {
          high_availability: { entitlement: 'entitled', enabled: true },
          browser_only: { entitlement: 'entitled', enabled: false },
          scim: { entitlement: 'not_entitled', enabled: true },
          audit_log: { entitlement: 'grace_period', enabled: true },
          from_the_future: { entitlement: 'entitled', enabled: true },
          unclear: { entitlement: 'maybe', enabled: true },
          user_limit: {
            entitlement: 'entitled',
            enabled: true,
            limit: 100,
            actual: 7,
          },
        },
        warnings: ['soon'],
        errors: null,
        has_license: true,
        trial: true,
      }),
    ).toEqual({
      hasLicense: true,
      trial: true,
      enabledFeatures: [
        'audit_log',
        'from_the_future',
        'high_availability',
        'user_limit',
      ],
      seats: { actual: 7, limit: 100 },
      warnings: ['soon'],
      errors: [],
    });
  });

  it('reads a server without a licence', () => {
    expect(parseEntitlements({ has_license: false })).toEqual({
      hasLicense: false,
      trial: false,
      enabledFeatures: [],
      seats: undefined,
      warnings: [],
      errors: [],
    });
  });
});
