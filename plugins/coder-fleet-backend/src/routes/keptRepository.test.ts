import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody, testDeployment } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

const THEIRS = { owner: 'group:default/retail' };

describeOnDatabases('a repository that is there already', (databases, id) => {
  const start = backendStarter(databases, id);
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coder-fleet-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  /** Its owner is `group:default/platform`. */
  const publish = (change: Record<string, string> = {}) =>
    DeploymentRepositories.create({ directory }).publish({
      name: 'alpha',
      files: new Map([
        ...render(testDeployment('alpha')).map(
          ({ path, content }) => [path, content] as const,
        ),
        ...Object.entries(change),
      ]),
      message: 'A change',
      author: { name: 'Ann', email: 'ann@example.com' },
      now: new Date('2026-03-01T12:00:00.000Z'),
    });

  const startWithDirectory = () =>
    start({ coderFleet: { publish: { git: { directory } } } });

  it('is not handed to another owner who takes the name, nor is what it says', async () => {
    await publish();
    const backend = await startWithDirectory();
    const { body } = await backend
      .put('/deployments/alpha', registrationBody('alpha', THEIRS))
      .expect(409);
    expect(body.error).toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'A repository of this name exists and belongs to somebody else',
      ),
    });
    expect(JSON.stringify(body)).not.toContain('platform');
    await backend.get('/deployments/alpha').expect(404);
  });

  it('is not handed over by a second step either', async () => {
    await publish();
    const backend = await startWithDirectory();
    const body = registrationBody('alpha', THEIRS);
    await backend
      .put('/deployments/alpha', { ...body, repository: undefined })
      .expect(201);
    await backend.put('/deployments/alpha', body).expect(409);
    const { body: refused } = await backend
      .get('/deployments/alpha/artifacts')
      .expect(404);
    expect(refused.error.message).toContain('without a repository');
  });

  it('is not handed over when whose it is cannot be read', async () => {
    await publish({ 'coder-deployment.yaml': 'secret: [' });
    const backend = await startWithDirectory();
    const { body } = await backend
      .put('/deployments/alpha', registrationBody('alpha'))
      .expect(409);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('is its owner’s again after unregistering, in any notation of the owner', async () => {
    await publish();
    const backend = await startWithDirectory();
    for (const owner of ['group:default/platform', 'group:Platform']) {
      await backend
        .put('/deployments/alpha', registrationBody('alpha', { owner }))
        .expect(201);
      const { body } = await backend
        .get('/deployments/alpha/artifacts')
        .expect(200);
      expect(body.items).not.toEqual([]);
      await backend.delete('/deployments/alpha').expect(204);
    }
  });

  it('may get another owner while it is registered', async () => {
    await publish();
    const backend = await startWithDirectory();
    await backend
      .put('/deployments/alpha', registrationBody('alpha'))
      .expect(201);
    const { body } = await backend
      .put('/deployments/alpha', registrationBody('alpha', THEIRS))
      .expect(200);
    expect(body.created).toBe(false);
  });
});
