import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import type {
  DeploymentQuery,
  DeploymentRecord,
  Page,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { recordOf } from '../__testUtils__/records';
import { HttpDeploymentRegistry } from './DeploymentRegistry';

const template = recordOf('template');

function rows(count: number, from = 0): DeploymentRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    ...template,
    name: `d${String(from + index).padStart(5, '0')}`,
  }));
}

function page(
  all: DeploymentRecord[],
  { limit = 50, offset = 0 }: DeploymentQuery,
): Page<DeploymentRecord> {
  return { items: all.slice(offset, offset + limit), totalItems: all.length };
}

async function failure(status: number): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response('{}', { status }) as Parameters<
      typeof ResponseError.fromResponse
    >[0],
  );
}

function setup(
  list: (query: DeploymentQuery) => Promise<Page<DeploymentRecord>>,
) {
  const client = {
    listRecords: jest.fn(list),
    getDeployment: jest.fn(),
  };
  const auth = mockServices.auth.mock({
    getOwnServiceCredentials: async () =>
      mockCredentials.service('plugin:catalog'),
    getPluginRequestToken: async () => ({ token: 'service-token' }),
  });
  return {
    client,
    auth,
    registry: new HttpDeploymentRegistry({ client, auth }),
  };
}

describe('HttpDeploymentRegistry', () => {
  it.each([0, 1, 500, 501, 1500])(
    'reads all of %d deployments',
    async count => {
      const all = rows(count);
      const { registry } = setup(async query => page(all, query));
      expect(await registry.listAll()).toEqual(all);
    },
  );

  it('calls the tracker as the catalog itself', async () => {
    const { registry, client, auth } = setup(async query =>
      page(rows(1), query),
    );
    await registry.listAll();
    expect(auth.getPluginRequestToken).toHaveBeenCalledWith({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'coder-fleet',
    });
    expect(client.listRecords.mock.calls[0]).toEqual([
      { sort: 'name', limit: 500, offset: 0 },
      { token: 'service-token' },
    ]);
  });

  it('reads again when a deployment goes away between two pages', async () => {
    let all = rows(600);
    let requests = 0;
    const { registry } = setup(async query => {
      requests += 1;
      const answer = page(all, query);
      if (requests === 1) {
        all = all.slice(1);
      }
      return answer;
    });
    expect(await registry.listAll()).toEqual(rows(599, 1));
  });

  it('fails rather than giving half of a list that never holds still', async () => {
    let total = 600;
    const { registry } = setup(async query => {
      total += 1;
      return page(rows(total), query);
    });
    await expect(registry.listAll()).rejects.toThrow(
      'The registry changed each time it was read',
    );
  });

  it('fails when a page says more rows than it brings', async () => {
    const { registry } = setup(async () => ({ items: [], totalItems: 3 }));
    await expect(registry.listAll()).rejects.toThrow('changed each time');
  });

  it('fails when the tracker does', async () => {
    const { registry } = setup(async () => {
      throw await failure(503);
    });
    await expect(registry.listAll()).rejects.toThrow(/503/);
  });

  it('knows that there is no such deployment only when the tracker says so', async () => {
    const { registry, client } = setup(async query => page([], query));
    client.getDeployment.mockRejectedValueOnce(await failure(404));
    expect(await registry.find('gone')).toBeUndefined();
    client.getDeployment.mockRejectedValueOnce(await failure(500));
    await expect(registry.find('gone')).rejects.toThrow(/500/);
  });
});
