import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { deploymentReadPermission } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody } from '../__testUtils__/deployments';
import {
  coderFleetConditions,
  createCoderFleetConditionalDecision,
} from './conditions';

jest.setTimeout(60_000);

const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const READ = 'coder-fleet.deployment.read';
const CREATE = 'coder-fleet.deployment.create';
const UPDATE = 'coder-fleet.deployment.update';
const DELETE = 'coder-fleet.deployment.delete';
const REFRESH = 'coder-fleet.deployment.refresh';

const onlyRetail = createCoderFleetConditionalDecision(
  deploymentReadPermission,
  coderFleetConditions.isInBusinessUnit({ businessUnits: ['retail'] }),
);

describeOnDatabases('permissions', (databases, id) => {
  const start = backendStarter(databases, id);

  it('hide what a caller may not read from lists, counts and single reads', async () => {
    const backend = await start({
      decisions: { [READ]: onlyRetail },
      registered: ['alpha'],
    });
    await backend
      .put(
        '/deployments/shop',
        registrationBody('shop', { businessUnit: 'retail' }),
      )
      .expect(201);
    const names = (body: { items: Array<{ name: string }> }) =>
      body.items.map(({ name }) => name);
    for (const path of ['/deployments', '/records']) {
      const { body } = await backend.get(path).expect(200);
      expect(names(body)).toEqual(['shop']);
      expect(body.totalItems).toBe(1);
    }
    const { body: summary } = await backend.get('/summary').expect(200);
    expect(summary).toMatchObject({ total: 1, businessUnits: ['retail'] });
    await backend.get('/deployments/shop').expect(200);
    for (const path of [
      '',
      '/artifacts',
      '/artifacts/file?path=README.md',
      '/artifacts/history',
    ]) {
      const { body } = await backend
        .get(`/deployments/alpha${path}`)
        .expect(404);
      expect(body.error.message).toBe('No deployment "alpha" is registered');
    }
    await backend.post('/deployments/alpha/refresh').expect(404);
    await backend.delete('/deployments/alpha').expect(404);
    expect(backend.coder.calls).toEqual([]);
  });

  it('tell those who may not read no more than that a name is not free', async () => {
    const backend = await start({
      decisions: { [READ]: onlyRetail },
      registered: ['alpha'],
    });
    const { body } = await backend
      .put(
        '/deployments/alpha',
        registrationBody('alpha', { owner: 'user:eve' }),
      )
      .expect(409);
    expect(body.error.message).toBe('The name "alpha" is taken');
    expect((await backend.get('/names/alpha').expect(200)).body).toEqual({
      name: 'alpha',
      available: false,
    });
    expect((await backend.get('/names/omega').expect(200)).body).toEqual({
      name: 'omega',
      available: true,
    });
  });

  it('answer 403 to who may read but not do more', async () => {
    const backend = await start({
      decisions: { [UPDATE]: DENY, [DELETE]: DENY, [REFRESH]: DENY },
      registered: ['alpha'],
    });
    await backend
      .put(
        '/deployments/alpha',
        registrationBody('alpha', { displayName: 'A' }),
      )
      .expect(403);
    await backend.delete('/deployments/alpha').expect(403);
    await backend.post('/deployments/alpha/refresh').expect(403);
    const { body } = await backend.get('/deployments/alpha').expect(200);
    expect(body.displayName).toBe('Coder alpha');
  });

  it('answer 403 to who may not register, and to who may read nothing', async () => {
    const backend = await start({
      decisions: { [CREATE]: DENY, [READ]: DENY },
      registered: ['alpha'],
    });
    const answers = [
      await backend.put('/deployments/beta', registrationBody('beta')),
      await backend.put('/deployments/alpha', registrationBody('alpha')),
      await backend.get('/names/beta'),
      await backend.get('/deployments'),
      await backend.get('/summary'),
      await backend.get('/deployments/alpha'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      403, 403, 403, 403, 403, 404,
    ]);
  });

  it('answer 401 without credentials, and serve services as well as users', async () => {
    const backend = await start({ registered: ['alpha'] });
    await backend
      .get('/records')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    const { body } = await backend
      .get('/records')
      .set('Authorization', mockCredentials.service.header())
      .expect(200);
    expect(body.totalItems).toBe(1);
  });
});
