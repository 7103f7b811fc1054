import { parseAllDocuments } from 'yaml';
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
