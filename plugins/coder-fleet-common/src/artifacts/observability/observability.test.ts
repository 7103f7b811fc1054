import { parse } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { parseDeployment } from '../../deployment/parse';
import { plan } from '../../architecture/plan';
import { controlPlaneValues } from '../helm/controlPlane';
import { dashboards } from './dashboards';
import { bundleValues, RETENTION } from './bundle';
import { render } from '../render';

const files = (spec: Record<string, unknown>) =>
  new Map(render(deployment(spec)).map(({ path, content }) => [path, content]));

const BUNDLE = { observability: { type: 'coder-observability' } };
const VALUES = 'helm/observability/eu-west-1/values.yaml';

describe("Coder's observability bundle", () => {
  it('is a release of its own, whose Grafana lets nobody in without a password', () => {
    const found = files(BUNDLE);
    const values = parse(found.get(VALUES)!);
    expect(values.grafana['grafana.ini']['auth.anonymous'].enabled).toBe(false);
    expect(values.grafana.admin.existingSecret).toBe(
      'coder-observability-grafana',
    );
    expect(found.get('docs/secrets.md')).toContain(
      '`coder-observability-grafana`',
    );
    expect(found.get('Makefile')).toContain(
      'coder-observability/coder-observability',
    );
    expect(found.get('Makefile')).toContain(
      'helm repo add --force-update coder-observability https://helm.coder.com/observability',
    );
  });

  it('keeps logs 90 days and metrics 6 months, and says so', () => {
    expect(RETENTION).toEqual({ logDays: 90, metricDays: 183 });
    const found = files(BUNDLE);
    const { prometheus, loki } = parse(found.get(VALUES)!);
    expect(prometheus.server.retention).toBe('183d');
    expect(loki.loki.limits_config.retention_period).toBe('2160h');
    expect(found.get('docs/observability.md')).toMatch(
      /\| metrics \| 6 months \|.*\| 183 days/,
    );
  });

  it('has room for more metrics the more there is to measure', () => {
    const gigabytes = (expected: number) =>
      parseInt(
        bundleValues(plan(deployment({ users: { expected } })), 'eu-west-1')
          .prometheus.server.retentionSize,
        10,
      );
    expect(gigabytes(9000)).toBeGreaterThan(2 * gigabytes(600));
  });

  it('alerts on fewer replicas than are planned, in the cluster where they are', () => {
    const request = deployment({
      regions: [
        { name: 'eu', cluster: 'eu-1' },
        {
          name: 'us',
          cluster: 'us-1',
          proxy: { accessUrl: 'https://us.aurora.example.com' },
        },
      ],
    });
    const of = (cluster: string) =>
      bundleValues(plan(request), cluster).global.coder.alerts.coderd.groups
        .Replicas;
    expect(of('eu-1')).toMatchObject({ thresholds: { notify: 3 } });
    expect(of('us-1')).toEqual({ enabled: false });
  });

  it('does not alert on built-in provisioners, of which there are none', () => {
    const { provisionerd } = bundleValues(plan(deployment(BUNDLE)), 'eu-west-1')
      .global.coder.alerts;
    expect(provisionerd.groups.Replicas).toEqual({ enabled: false });
  });

  it('reads the logs of the control plane and of the database: its agents stand on those nodes, too', () => {
    const values = bundleValues(plan(deployment(BUNDLE)), 'eu-west-1');
    const { coder } = controlPlaneValues(
      deployment(BUNDLE),
      plan(deployment(BUNDLE)),
    );
    const { spec } = parse(
      files({ ...BUNDLE, database: { type: 'cloudnative-pg' } }).get(
        'kubernetes/database/cluster.yaml',
      )!,
    );
    const { tolerations } = values['grafana-agent'].controller;
    expect(coder?.tolerations).toHaveLength(1);
    expect(tolerations).toEqual([
      ...coder!.tolerations!,
      ...spec.affinity.tolerations,
    ]);
  });

  it('stands in a namespace that the policies let read metrics', () => {
    const found = files(BUNDLE);
    expect(
      parse(found.get('kubernetes/observability/eu-west-1/namespace.yaml')!)
        .metadata.labels,
    ).toMatchObject({
      'coder-fleet.io/monitoring': 'true',
      'pod-security.kubernetes.io/enforce': 'privileged',
    });
  });

  it('is refused where its registries are not reached', () => {
    expect(() =>
      deployment({ ...BUNDLE, airGap: { registry: 'registry.example.com' } }),
    ).toThrow(/observability\.type: .*choose prometheus-operator/);
  });
});

describe('a stack that is there', () => {
  const found = files({ observability: { type: 'prometheus-operator' } });

  it("gets dashboards as ConfigMaps that Grafana's sidecar takes", () => {
    const { configMapGenerator } = parse(
      found.get('kubernetes/control-plane/kustomization.yaml')!,
    );
    expect(configMapGenerator).toHaveLength(2);
    for (const map of configMapGenerator) {
      expect(map.options.labels).toEqual({ grafana_dashboard: '1' });
      const dashboard = JSON.parse(
        found.get(`kubernetes/control-plane/${map.files[0]}`)!,
      );
      expect(dashboard.panels.length).toBeGreaterThan(2);
    }
  });

  it('has for each panel a place of its own, and queries of this deployment alone', () => {
    const request = deployment({
      observability: { type: 'prometheus-operator' },
    });
    for (const { content } of dashboards(plan(request), request.spec)) {
      const { panels } = JSON.parse(content) as {
        panels: Array<{
          gridPos: object;
          targets: Array<{ expr: string }>;
        }>;
      };
      const places = panels.map(({ gridPos }) => JSON.stringify(gridPos));
      expect(new Set(places).size).toBe(panels.length);
      for (const { expr } of panels.flatMap(({ targets }) => targets)) {
        expect(expr).toContain('coder-aurora');
      }
    }
  });

  it('says which retention is left to it', () => {
    expect(found.get('docs/observability.md')).toMatch(
      /\| logs \| 30 days, better 90 \|.*\| set it in the stack of the cluster \|/,
    );
  });
});

describe('coder-logstream-kube', () => {
  it('watches the workspaces of a region alone, from beside them', () => {
    const found = files({
      observability: { type: 'annotations', logstream: true },
    });
    expect(
      parse(found.get('helm/logstream/eu-west/values.yaml')!),
    ).toMatchObject({
      url: 'https://aurora.example.com',
      namespaces: ['coder-aurora-workspaces-eu-west'],
    });
    expect(found.get('Makefile')).toMatch(
      /aurora-logstream-eu-west coder-logstream-kube\/coder-logstream-kube .* --namespace coder-aurora-workspaces-eu-west --version 0\.0\.15/,
    );
  });

  it('is among what a person installs by hand, with its repository', () => {
    const readme = files({
      observability: { type: 'coder-observability', logstream: true },
    }).get('README.md')!;
    for (const line of [
      'helm repo add coder-logstream-kube https://helm.coder.com/logstream-kube',
      'helm upgrade --install aurora-logstream-eu-west coder-logstream-kube/coder-logstream-kube',
      'helm upgrade --install coder-observability coder-observability/coder-observability',
    ]) {
      expect(readme).toContain(line);
    }
  });

  it('is there only when it is asked for', () => {
    expect(
      [...files({ observability: { type: 'annotations' } }).keys()].filter(
        path => path.includes('logstream'),
      ),
    ).toEqual([]);
    expect(() =>
      parseDeployment({
        ...deployment(),
        spec: {
          ...deployment().spec,
          observability: { type: 'annotations', logstream: 'yes' },
        },
      }),
    ).toThrow(/logstream is either true or false/);
  });
});
