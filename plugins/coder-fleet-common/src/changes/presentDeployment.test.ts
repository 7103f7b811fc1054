import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { deployment } from '../__testUtils__/deployments';
import type { ArtifactTree, DeploymentDetail } from '../api/types';
import { CoderFleetClient } from '../api/CoderFleetClient';
import { plan } from '../architecture/plan';
import { render } from '../artifacts/render';
import {
  type PresentDeploymentApi,
  readPresentDeployment,
} from './presentDeployment';

const spec = deployment();
const artifacts = render(spec);
const detail = {
  deployment: spec,
  plan: plan(spec),
  repository: { type: 'directory', location: 'aurora' },
} as DeploymentDetail;

const tree: ArtifactTree = {
  commit: 'abc',
  items: [
    { path: '.coder-fleet/lock.json', size: 1, status: 'rendered' },
    { path: 'README.md', size: 1, status: 'edited' },
    { path: 'coder-deployment.yaml', size: 1, status: 'rendered' },
  ],
};

function anApi(
  overrides: Partial<PresentDeploymentApi> = {},
): jest.Mocked<PresentDeploymentApi> {
  return {
    getDeployment: jest.fn(async () => detail),
    getArtifacts: jest.fn(async () => tree),
    getArtifactFile: jest.fn(async (_name: string, path: string) => ({
      path,
      commit: 'abc',
      size: 1,
      content:
        path === 'README.md'
          ? '# Mine'
          : artifacts.find(artifact => artifact.path === path)?.content,
    })),
    ...overrides,
  } as unknown as jest.Mocked<PresentDeploymentApi>;
}

describe('readPresentDeployment', () => {
  it('reads spec, plan, lock and what was edited, and no other file', async () => {
    const api = anApi();
    const present = await readPresentDeployment(api, 'aurora', { token: 't' });
    expect(present).toMatchObject({ deployment: spec, plan: detail.plan });
    expect(present?.files?.lock?.artifacts).toHaveProperty(['README.md']);
    expect(present?.files?.edited).toEqual(new Map([['README.md', '# Mine']]));
    expect(
      api.getArtifactFile.mock.calls.map(([, path]) => path).sort(),
    ).toEqual(['.coder-fleet/lock.json', 'README.md']);
    expect(api.getDeployment).toHaveBeenCalledWith('aurora', { token: 't' });
  });

  it('knows nothing of what is not there, in either process', async () => {
    const getDeployment = async () => {
      throw new NotFoundError('none');
    };
    expect(
      await readPresentDeployment(anApi({ getDeployment }), 'aurora'),
    ).toBeUndefined();
    const client = new CoderFleetClient({
      discoveryApi: { getBaseUrl: async () => 'http://backend' },
      fetchApi: { fetch: async () => new Response('{}', { status: 404 }) },
    });
    expect(await readPresentDeployment(client, 'aurora')).toBeUndefined();
  });

  it('throws when the tracker does not answer', async () => {
    const getDeployment = async () => {
      throw new ServiceUnavailableError('later');
    };
    await expect(
      readPresentDeployment(anApi({ getDeployment }), 'aurora'),
    ).rejects.toThrow('later');
  });

  it('does without files that are not read here', async () => {
    const elsewhere = anApi({
      getDeployment: async () => ({
        ...detail,
        repository: { type: 'git', location: 'https://git.example.com/a' },
      }),
    } as never);
    expect(await readPresentDeployment(elsewhere, 'aurora')).not.toHaveProperty(
      'files',
    );
    expect(elsewhere.getArtifacts).not.toHaveBeenCalled();
    const broken = anApi({
      getArtifacts: async () => {
        throw new ServiceUnavailableError('later');
      },
    });
    expect(await readPresentDeployment(broken, 'aurora')).not.toHaveProperty(
      'files',
    );
  });

  it('does without a lock', async () => {
    const api = anApi({
      getArtifacts: async () => ({ commit: 'abc', items: [] }),
    });
    expect((await readPresentDeployment(api, 'aurora'))?.files).toEqual({
      items: [],
      edited: new Map(),
    });
  });
});
