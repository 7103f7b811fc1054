import { deploymentInput } from '../__testUtils__/deployments';
import { render } from './render';
import { renderMany, toDeployments } from './renderMany';

const { spec } = deploymentInput();
const { accessUrl, displayName, ...defaults } = spec;
const item = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  spec: {
    displayName: name,
    accessUrl: `https://${name}.example.com`,
    ...more,
  },
});

it('renders each deployment of a list as it would be alone, in a folder of its own', () => {
  const deployments = toDeployments({
    defaults,
    deployments: [item('north'), item('south', { users: { expected: 3000 } })],
  });
  const all = renderMany(deployments);
  for (const deployment of deployments) {
    const folder = `deployments/${deployment.metadata.name}/`;
    expect(
      all
        .filter(({ path }) => path.startsWith(folder))
        .map(({ path, content }) => ({
          path: path.slice(folder.length),
          content,
        })),
    ).toEqual(render(deployment));
  }
  expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
  expect(deployments[1].spec.users.expected).toBe(3000);
});

it('tells what is wrong with all of them at once', () => {
  expect(() =>
    toDeployments({
      defaults,
      deployments: [
        item('north'),
        item('Not_a_label', { accessUrl: 'https://label.example.com' }),
        item('south', { edition: 'gold' }),
        item('north', { accessUrl: 'https://other.example.com' }),
        item('west', { accessUrl: 'https://north.example.com' }),
      ],
    }),
  ).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({ path: 'deployments.1.metadata.name' }),
        expect.objectContaining({ path: 'deployments.2.spec.edition' }),
        {
          path: 'deployments.3',
          message: 'north is the name of deployments.0 too',
        },
        {
          path: 'deployments.4',
          message:
            'https://north.example.com is the access URL of deployments.0 too',
        },
      ],
    }),
  );
});
