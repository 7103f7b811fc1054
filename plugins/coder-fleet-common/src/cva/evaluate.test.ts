import { deployment } from '../__testUtils__/deployments';
import { plan } from '../architecture/plan';
import { ARTIFACT_PATHS, Artifact } from '../artifacts/artifact';
import { render } from '../artifacts/render';
import { evaluate } from './evaluate';
import type { Verdict } from './finding';
import { RULES } from './rules';

const VALUES = ARTIFACT_PATHS.controlPlaneValues;

function verdicts(options: {
  spec?: Record<string, unknown>;
  edit?: (artifacts: Artifact[]) => Artifact[];
  coderApi?: Parameters<typeof evaluate>[0]['coderApi'];
  withoutArtifacts?: boolean;
}): Record<string, Verdict> {
  const request = deployment(options.spec);
  const artifacts = (options.edit ?? (a => a))(render(request));
  const findings = evaluate({
    deployment: request,
    plan: plan(request),
    ...(!options.withoutArtifacts && { artifacts }),
    coderApi: options.coderApi,
  });
  return Object.fromEntries(findings.map(f => [f.rule, f.verdict]));
}

const replace =
  (path: string, from: RegExp | string, to: string) =>
  (artifacts: Artifact[]): Artifact[] =>
    artifacts.map(a => {
      if (a.path !== path) {
        return a;
      }
      const content = a.content.replace(from, to);
      if (content === a.content) {
        throw new Error(`Nothing to replace in ${path}`);
      }
      return { ...a, content };
    });

const entitlements = (enabledFeatures: string[]) => ({
  hasLicense: true,
  trial: false,
  enabledFeatures,
  warnings: [],
  errors: [],
});

describe('evaluate', () => {
  it('lets what we render for Premium pass every rule', () => {
    expect(new Set(Object.values(verdicts({})))).toEqual(new Set(['pass']));
  });

  it('names what the community edition misses', () => {
    expect(verdicts({ spec: { edition: 'community' } })).toMatchObject({
      'CVA-TOP-001': 'fail',
      'CVA-PRV-001': 'fail',
      'CVA-DB-001': 'pass',
    });
  });

  const cases: Array<
    [string, string, Verdict, Parameters<typeof verdicts>[0]]
  > = [
    [
      'two replicas',
      'CVA-TOP-001',
      'fail',
      { edit: replace(VALUES, 'replicaCount: 3', 'replicaCount: 2') },
    ],
    [
      'no count of replicas, which the chart takes for one',
      'CVA-TOP-001',
      'fail',
      { edit: replace(VALUES, /\n {2}replicaCount: 3/, '') },
    ],
    [
      'a replica that is gone',
      'CVA-TOP-001',
      'fail',
      { coderApi: { replicas: { total: 3, healthy: 2, items: [] } } },
    ],
    [
      'all replicas running',
      'CVA-TOP-001',
      'pass',
      {
        coderApi: {
          replicas: { total: 3, healthy: 3, items: [] },
          entitlements: entitlements(['high_availability']),
        },
      },
    ],
    [
      'a server without the feature',
      'CVA-TOP-001',
      'skip',
      { coderApi: { entitlements: entitlements([]) } },
    ],
    [
      'another release in the anti-affinity',
      'CVA-TOP-002',
      'fail',
      { edit: replace(VALUES, /instance: aurora/g, 'instance: coder') },
    ],
    [
      'other limits',
      'CVA-CMP-001',
      'fail',
      { edit: replace(VALUES, 'memory: 8Gi', 'memory: 4Gi') },
    ],
    [
      'the same size written otherwise',
      'CVA-CMP-001',
      'pass',
      { edit: replace(VALUES, /cpu: 2000m/g, 'cpu: "2"') },
    ],
    [
      'provisioners without sizes',
      'CVA-CMP-001',
      'fail',
      { edit: a => a.filter(({ path }) => !path.includes('provisioners')) },
    ],
    [
      'no provisioners',
      'CVA-PRV-001',
      'fail',
      { edit: a => a.filter(({ path }) => !path.includes('provisioners')) },
    ],
    [
      'built-in provisioners beside them',
      'CVA-PRV-001',
      'fail',
      {
        edit: replace(
          VALUES,
          /(CODER_PROVISIONER_DAEMONS\n\s+value: )"0"/,
          '$1"3"',
        ),
      },
    ],
    [
      'the built-in database',
      'CVA-DB-001',
      'fail',
      { edit: replace(VALUES, 'CODER_PG_CONNECTION_URL', 'CODER_OTHER') },
    ],
    [
      'a URL in plain text',
      'CVA-DB-001',
      'fail',
      {
        edit: replace(
          VALUES,
          /name: CODER_PG_CONNECTION_URL\n\s+valueFrom:\n\s+secretKeyRef:\n\s+key: url\n\s+name: coder-db-url/,
          'name: CODER_PG_CONNECTION_URL\n      value: x',
        ),
      },
    ],
    [
      'metrics off',
      'CVA-OBS-001',
      'fail',
      {
        edit: replace(
          VALUES,
          /(CODER_PROMETHEUS_ENABLE\n\s+value: )"true"/,
          '$1"1"',
        ),
      },
    ],
    [
      'an ended release',
      'DOC-REL-001',
      'warn',
      { spec: { release: { version: '2.33.0' } } },
    ],
    [
      'a release newer than the calendar',
      'DOC-REL-001',
      'unknown',
      { spec: { release: { version: '2.99.0' } } },
    ],
    [
      'values that are no map',
      'CVA-DB-001',
      'unknown',
      {
        edit: a =>
          a.map(x => (x.path === VALUES ? { ...x, content: '- 1' } : x)),
      },
    ],
  ];
  it.each(cases)('judges %s: %s is %s', (_, rule, verdict, options) => {
    expect(verdicts(options)[rule]).toBe(verdict);
  });

  it('does not pass what it could not look at', () => {
    const { 'DOC-REL-001': release, ...rest } = verdicts({
      withoutArtifacts: true,
    });
    expect(new Set(Object.values(rest))).toEqual(new Set(['unknown']));
    expect(release).toBe('pass');
  });

  it('gives every rule an id of its own, a remedy and a link', () => {
    expect(new Set(RULES.map(rule => rule.id)).size).toBe(RULES.length);
    for (const rule of RULES) {
      expect(rule.id).toMatch(/^[A-Z]{3}-[A-Z]{2,3}-\d{3}$/);
      expect(rule.rationale).toMatch(/\.$/);
      expect(rule.remediation).toMatch(/\.$/);
      expect(rule.url).toMatch(/^https:\/\/coder\.com\//);
    }
  });
});
