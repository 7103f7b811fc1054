import { stringify } from 'yaml';
import { deploymentFiles } from '../__testUtils__/deploymentFiles';
import { parseDeployment } from './parseDeployment';

const VALUES = 'helm/control-plane/values.yaml';

function parse(files: Record<string, string>) {
  return parseDeployment({
    spec: files['coder-deployment.yaml'],
    values: files[VALUES],
    provisioners: { eu: files['helm/provisioners/eu/values.yaml'] },
    proxies: files['helm/proxies/us/values.yaml']
      ? { us: files['helm/proxies/us/values.yaml'] }
      : {},
  });
}

const files = (options: Partial<Parameters<typeof deploymentFiles>[0]> = {}) =>
  deploymentFiles({ name: 'aurora', provisioners: { eu: 2 }, ...options });

describe('parseDeployment', () => {
  it('falls back to the spec, and to the defaults of chart and server', () => {
    const values = stringify({ coder: { env: [] } });
    expect(parse({ ...files(), [VALUES]: values })).toEqual({
      name: 'aurora',
      accessUrl: 'https://aurora.coder.localhost:7443',
      wildcardAccessUrl: undefined,
      edition: 'premium',
      version: 'v2.36.5',
      replicas: 1,
      builtInProvisioners: 3,
      provisioners: [{ region: 'eu', replicas: 2, version: undefined }],
      proxies: [],
      supportLinks: [],
      users: 500,
      activeShare: 0.6,
      env: {},
      secretEnv: [],
    });
  });

  it('takes the last of several values of a variable', () => {
    const env = ['first', 'last'].map(label => ({
      name: 'CODER_WILDCARD_ACCESS_URL',
      value: `*.${label}.example.com`,
    }));
    expect(parse(files({ env })).wildcardAccessUrl).toBe('*.last.example.com');
  });

  it('keeps the environment as a pod has it, and of secrets only the name', () => {
    const env = [
      { name: 'CODER_PROMETHEUS_ENABLE', value: 'true' },
      { name: 'CODER_CLI_UPGRADE_MESSAGE', value: 'Costs $$5, not $(HOME)' },
    ];
    expect(parse(files({ env }))).toMatchObject({
      env: {
        CODER_PROMETHEUS_ENABLE: 'true',
        CODER_CLI_UPGRADE_MESSAGE: 'Costs $5, not $(HOME)',
      },
      secretEnv: ['CODER_PG_CONNECTION_URL'],
    });
  });

  it('reads for how many people it is, and its proxies', () => {
    const spec = { expected: 1200, activeShare: 0.25 };
    const proxies = { us: 2 };
    expect(parse(files({ users: spec, proxies }))).toMatchObject({
      users: 1200,
      activeShare: 0.25,
      proxies: [
        {
          region: 'us',
          replicas: 2,
          accessUrl: 'https://us.aurora.coder.localhost:7443',
        },
      ],
    });
    expect(parse(files({ proxies, edition: 'community' })).proxies).toEqual([]);
  });

  it.each([
    [
      'a proxy without an address',
      {
        ...files({ proxies: { us: 1 } }),
        'helm/proxies/us/values.yaml': 'coder: { replicaCount: 1 }',
      },
      /^InputError: helm\/proxies\/us.*CODER_ACCESS_URL is not set/,
    ],
    [
      'a tag that names no release',
      files({ tag: 'latest' }),
      /coder.image.tag/,
    ],
    ['a half replica', files({ replicas: 1.5 }), /coder.replicaCount/],
    ['an unknown edition', files({ edition: 'gold' }), /spec.edition/],
    [
      'a variable that YAML 1.1 reads as a boolean',
      {
        ...files(),
        [VALUES]: 'coder:\n  env:\n    - name: CODER_X\n      value: no\n',
      },
      /coder.env.0.value/,
    ],
    [
      'an access URL without TLS',
      files({ accessUrl: 'http://aurora.coder.localhost' }),
      /not an https URL/,
    ],
    [
      'links that are no JSON',
      files({ env: [{ name: 'CODER_SUPPORT_LINKS', value: '[{' }] }),
      /CODER_SUPPORT_LINKS/,
    ],
    [
      'a number of daemons that is none',
      files({ env: [{ name: 'CODER_PROVISIONER_DAEMONS', value: 'many' }] }),
      /CODER_PROVISIONER_DAEMONS/,
    ],
    ['an empty file', { ...files(), [VALUES]: '' }, /values.yaml/],
  ])('refuses %s and names the place', (_what, input, problem) => {
    let thrown: unknown;
    try {
      parse(input);
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toMatch(problem);
  });
});
