import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { render } from '../render';

/** Kubernetes' own schema of each kind that is rendered; another kind has to be added here. */
const MODELS: Readonly<
  Record<string, new (manifest: any) => { validate(): void }>
> = { NetworkPolicy, PodDisruptionBudget };

function validate(manifest: { kind: string }): void {
  const Model = MODELS[manifest.kind];
  if (!Model) {
    throw new Error(`No schema of ${manifest.kind} is at hand`);
  }
  new Model(manifest).validate();
}

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
        .filter(({ path }) => path.startsWith('kubernetes/'))
        .flatMap(({ content }) =>
          parseAllDocuments(content).map(document => document.toJS()),
        );
      expect(manifests.length).toBeGreaterThan(1);
      for (const manifest of manifests) {
        expect(() => validate(manifest)).not.toThrow();
      }
    },
  );

  it.each([
    { kind: 'NetworkPolicy', spec: { podSelector: 'all' } },
    {
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, ingress: [{ ports: 1 }] },
    },
    { kind: 'PodDisruptionBudget', spec: { minAvailable: [] } },
    { kind: 'Gateway' },
  ])('would notice what it does not take: %j', manifest => {
    expect(() => validate(manifest)).toThrow();
  });
});
