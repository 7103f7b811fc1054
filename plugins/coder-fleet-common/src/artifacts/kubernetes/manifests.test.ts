import { parse, parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { validateObject } from '../__testUtils__/schemas';
import { render } from '../render';

const REQUESTS = {
  'the smallest': deployment({ edition: 'community' }),
  'one with a proxy in its own cluster': deployment({
    regions: [
      { name: 'eu', cluster: 'eu-1' },
      {
        name: 'us',
        cluster: 'us-1',
        proxy: { accessUrl: 'https://us.aurora.example.com' },
      },
    ],
  }),
  'one with two regions in a cluster, and load for the largest tier':
    deployment({
      users: { expected: 9_000 },
      regions: [
        { name: 'eu', cluster: 'shared' },
        {
          name: 'us',
          cluster: 'shared',
          proxy: { accessUrl: 'https://us.aurora.example.com' },
        },
      ],
    }),
};

describe('kubernetesManifests', () => {
  it.each(Object.entries(REQUESTS))(
    'renders only manifests that Kubernetes would take, for %s',
    (_, request) => {
      const manifests = render(request)
        .filter(({ path }) =>
          /^kubernetes\/(?!.*kustomization).*\.yaml$/.test(path),
        )
        .flatMap(({ content }) =>
          parseAllDocuments(content).map(document => document.toJS()),
        );
      expect(manifests.length).toBeGreaterThan(1);
      for (const manifest of manifests) {
        expect(() => validateObject(manifest as never)).not.toThrow();
      }
    },
  );

  it.each([
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: 'all' },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, ingress: [{ ports: 1 }] },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: { minAvailable: [] },
    },
    { kind: 'Gateway' },
  ])('would notice what it does not take: %j', manifest => {
    expect(() => validateObject(manifest as never)).toThrow();
  });
});

describe('a load balancer', () => {
  const ANNOTATIONS = { 'example.com/internal': 'true' };
  const request = (tls?: object) =>
    deployment({
      accessUrl: 'https://aurora.example.com:7443',
      exposure: {
        type: 'load-balancer',
        annotations: ANNOTATIONS,
        ...(tls && { tls }),
      },
      regions: REQUESTS['one with a proxy in its own cluster'].spec.regions,
    });
  const services = (artifacts: ReturnType<typeof render>) =>
    artifacts
      .filter(({ path }) => path.endsWith('/service.yaml'))
      .map(({ content }) => parse(content));
  const values = (artifacts: ReturnType<typeof render>, part: string) =>
    parse(
      artifacts.find(({ path }) => path === `helm/${part}/values.yaml`)!
        .content,
    ).coder;

  it('carries TLS alone where Coder ends it, on the port of the URL', () => {
    const artifacts = render(request({ secret: 'web' }));
    expect(
      services(artifacts).map(({ metadata, spec }) => [
        metadata.namespace,
        metadata.annotations,
        spec.type,
        spec.selector['app.kubernetes.io/instance'],
        spec.ports.map((port: any) => `${port.port} to ${port.targetPort}`),
      ]),
    ).toEqual([
      [
        'coder-aurora',
        ANNOTATIONS,
        'LoadBalancer',
        'aurora',
        ['7443 to https'],
      ],
      [
        'coder-aurora-proxy-us',
        ANNOTATIONS,
        'LoadBalancer',
        'aurora-proxy-us',
        ['443 to https'],
      ],
    ]);
    // The chart's own Service has port 80 besides
    for (const part of ['control-plane', 'proxies/us']) {
      expect(values(artifacts, part).service).toEqual({ type: 'ClusterIP' });
    }
  });

  it("is the chart's own where TLS ends in front", () => {
    const artifacts = render(request());
    expect(services(artifacts)).toEqual([]);
    expect(values(artifacts, 'control-plane').service).toEqual({
      annotations: ANNOTATIONS,
    });
  });
});

describe.each([
  ['ingress', 'ingress', {}],
  ['gateway', 'httproute', { gateway: { name: 'web', namespace: 'gateways' } }],
])('annotations of an exposure by %s', (type, key, more) => {
  const annotations = { 'example.com/timeout': '3600' };
  const exposed = (exposure: object) =>
    render(
      deployment({
        exposure: { type, ...more, ...exposure },
        regions: REQUESTS['one with a proxy in its own cluster'].spec.regions,
      }),
    )
      .filter(({ path }) =>
        /^helm\/(control-plane|proxies\/us)\/values\.yaml$/.test(path),
      )
      .map(({ content }) => parse(content).coder);

  it('arrive on the object of each release, and not on its Service', () => {
    const values = exposed({ annotations });
    expect(values).toHaveLength(2);
    for (const coder of values) {
      expect(coder[key]).toMatchObject({ enable: true, annotations });
      expect(coder.service).toEqual({ type: 'ClusterIP' });
    }
    for (const coder of exposed({})) {
      expect(coder[key]).not.toHaveProperty('annotations');
    }
  });
});
