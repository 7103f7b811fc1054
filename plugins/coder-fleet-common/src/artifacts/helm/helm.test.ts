import { parseAllDocuments } from 'yaml';
import { findHelm, helmTemplate } from '../../__testUtils__/helm';
import { deployment } from '../../__testUtils__/deployments';
import { ARTIFACT_PATHS } from '../artifact';
import { render } from '../render';
import { unknownChartKeys } from './chartKeys';
import { envList, literal } from './values';

type Manifest = {
  kind: string;
  spec: {
    replicas: number;
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        affinity: unknown;
        terminationGracePeriodSeconds?: number;
        containers: Array<{
          image: string;
          resources: unknown;
          env: Array<{ name: string; value?: string; valueFrom?: unknown }>;
          ports?: Array<{ name: string }>;
        }>;
      };
    };
  };
};

let helm: string | undefined;
beforeAll(async () => {
  helm = await findHelm();
  if (!helm) {
    process.stderr.write(
      'Skipped: no helm on this machine; rendering by the real helm was not tested\n',
    );
  }
}, 60_000);

function template(
  chart: 'coder' | 'coder-provisioner',
  spec: Record<string, unknown> = {},
): Manifest[] | undefined {
  if (!helm) {
    return undefined;
  }
  const path =
    chart === 'coder'
      ? ARTIFACT_PATHS.controlPlaneValues
      : ARTIFACT_PATHS.provisionersValues('eu-west');
  const values = render(deployment(spec)).find(a => a.path === path)!.content;
  const output = helmTemplate({ helm, chart, release: 'aurora', values });
  return parseAllDocuments(output).map(document => document.toJS() as Manifest);
}

function serverOf(manifests: readonly Manifest[]): Manifest {
  return manifests.find(({ kind }) => kind === 'Deployment')!;
}

describe('Helm values through the real helm', () => {
  it('bring the planned control plane', () => {
    const manifests = template('coder');
    if (!manifests) {
      return;
    }
    const { spec } = serverOf(manifests);
    const [container] = spec.template.spec.containers;
    expect(spec.replicas).toBe(3);
    expect(container.image).toMatch(/:v2\.36\.5$/);
    expect(container.resources).toEqual({
      requests: { cpu: '2000m', memory: '8Gi' },
      limits: { cpu: '2000m', memory: '8Gi' },
    });
    expect(container.ports?.map(port => port.name)).toContain(
      'prometheus-http',
    );
    expect(manifests.map(manifest => manifest.kind).sort()).toEqual([
      'Deployment',
      'Service',
    ]);
    const names = container.env.map(variable => variable.name);
    expect(new Set(names).size).toBe(names.length);
    expect(container.env).toContainEqual({
      name: 'CODER_PG_CONNECTION_URL',
      valueFrom: { secretKeyRef: { name: 'coder-db-url', key: 'url' } },
    });
    expect(container.env).toContainEqual({
      name: 'CODER_PROVISIONER_DAEMONS',
      value: '0',
    });
    expect(container.env).toContainEqual({
      name: 'CODER_SECURE_AUTH_COOKIE',
      value: 'true',
    });
  });

  it('replace the anti-affinity of the chart, which names another release', () => {
    const manifests = template('coder');
    if (!manifests) {
      return;
    }
    const affinity = JSON.stringify(
      serverOf(manifests).spec.template.spec.affinity,
    );
    expect(affinity).toContain('"app.kubernetes.io/instance":"aurora"');
    expect(affinity).not.toContain('matchExpressions');
  });

  it('bring the planned provisioners with a scoped key', () => {
    const manifests = template('coder-provisioner');
    if (!manifests) {
      return;
    }
    const { spec } = manifests[0];
    expect(spec.replicas).toBe(60);
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(600);
    expect(spec.template.spec.containers[0].env).toContainEqual({
      name: 'CODER_PROVISIONER_DAEMON_KEY',
      valueFrom: {
        secretKeyRef: { name: 'coder-provisioner-key', key: 'key' },
      },
    });
  });

  it('bring a workspace proxy that only relays', () => {
    if (!helm) {
      return;
    }
    const artifacts = render(
      deployment({
        regions: [
          { name: 'eu-west', cluster: 'eu' },
          {
            name: 'us-east',
            cluster: 'us',
            proxy: { accessUrl: 'https://us.aurora.example.com' },
          },
        ],
      }),
    );
    const values = artifacts.find(
      ({ path }) => path === ARTIFACT_PATHS.proxyValues('us-east'),
    )!.content;
    const output = helmTemplate({
      helm,
      chart: 'coder',
      release: 'aurora-proxy-us-east',
      values,
    });
    const manifests = parseAllDocuments(output).map(
      document => document.toJS() as Manifest,
    );
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'Service',
    ]);
    const { env } = serverOf(manifests).spec.template.spec.containers[0];
    expect(env).toContainEqual({
      name: 'CODER_PRIMARY_ACCESS_URL',
      value: 'https://aurora.example.com',
    });
    expect(env).toContainEqual({
      name: 'CODER_ACCESS_URL',
      value: 'https://us.aurora.example.com',
    });
    expect(env.map(({ name }) => name)).not.toContain(
      'CODER_PG_CONNECTION_URL',
    );
  });

  it('give the community edition one replica that builds by itself', () => {
    const manifests = template('coder', { edition: 'community' });
    if (!manifests) {
      return;
    }
    expect(serverOf(manifests).spec.replicas).toBe(1);
  });

  it.each(['premium', 'community'])(
    'give nobody rights beside the control plane, in %s',
    edition => {
      const manifests = template('coder', { edition });
      if (!manifests) {
        return;
      }
      expect(manifests.map(({ kind }) => kind)).not.toContain('Role');
    },
  );

  it('carry hostile text unchanged', () => {
    const name = '{{ fail "x" }} no: $(HOME) "q"';
    const manifests = template('coder', {
      supportLinks: [{ name, target: 'https://example.com' }],
    });
    if (!manifests) {
      return;
    }
    const links = serverOf(manifests).spec.template.spec.containers[0].env.find(
      variable => variable.name === 'CODER_SUPPORT_LINKS',
    )!.value!;
    expect(JSON.parse(links.replace(/\$\$/g, '$'))[0].name).toBe(name);
  });

  it('would not pass with a key that the chart does not know', () => {
    if (!helm) {
      return;
    }
    const executable = helm;
    expect(() =>
      helmTemplate({
        helm: executable,
        chart: 'coder',
        release: 'aurora',
        values: 'coder: { podDisruptionBudget: {} }',
      }),
    ).toThrow(/podDisruptionBudget/);
  });
});

describe('keys that came with a version', () => {
  const values = (version: string, spec: Record<string, unknown> = {}) =>
    render(deployment({ release: { version }, ...spec })).find(
      ({ path }) => path === ARTIFACT_PATHS.controlPlaneValues,
    )!.content;

  it('are set where the chart knows them, and left out before', () => {
    expect(values('2.37.1')).not.toContain('strategy:');
    expect(values('2.38.0')).toMatch(
      /strategy:\n {4}rollingUpdate:\n {6}maxSurge: 1\n {6}maxUnavailable: 0/,
    );
  });

  it('are refused where what is asked for needs them', () => {
    const gateway = {
      exposure: {
        type: 'gateway',
        gateway: { name: 'public', namespace: 'gateways' },
      },
    };
    expect(() => values('2.29.19', gateway)).toThrow(
      'The chart of Coder 2.29.19 does not know coder.httproute, which came with 2.33.0',
    );
    expect(values('2.34.10', gateway)).toContain('httproute:');
  });
});

describe('unknownChartKeys', () => {
  it('finds what the chart would ignore', () => {
    expect(
      unknownChartKeys(
        {
          coder: {
            replicaCount: 1,
            nameOverride: 'x',
            service: { additionalPorts: [] },
          },
          top: 1,
        },
        'coder',
      ),
    ).toEqual(['coder.nameOverride', 'coder.service.additionalPorts', 'top']);
  });

  it('is not fooled by names of object members', () => {
    expect(unknownChartKeys({ constructor: 1 }, 'coder')).toEqual([
      'constructor',
    ]);
  });
});

describe('envList', () => {
  it('refuses a variable that is named twice or belongs to the chart', () => {
    expect(() => envList([literal('A', '1'), literal('A', '2')])).toThrow(
      /twice/,
    );
    expect(() => envList([literal('CODER_HTTP_ADDRESS', 'x')])).toThrow(
      /set by the chart/,
    );
  });
});
