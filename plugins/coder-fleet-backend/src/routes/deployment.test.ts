import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

describeOnDatabases('deployment', (databases, id) => {
  const start = backendStarter(databases, id);

  it('looks now, has Coder renew its health, and answers with what was found', async () => {
    const backend = await start({ registered: ['alpha'] });
    const { body } = await backend
      .post('/deployments/alpha/refresh')
      .expect(200);
    expect(backend.coder.calls).toEqual([
      'buildinfo',
      'health?force=true',
      'replicas',
      'entitlements',
      'appearance',
    ]);
    expect(body).toMatchObject({
      state: 'healthy',
      observedVersion: '2.33.2',
      facts: {
        reachability: { status: 'ok', stale: false },
        health: { status: 'ok', value: { severity: 'ok' } },
        replicas: { value: { healthy: 3 } },
        entitlements: { value: { hasLicense: true } },
      },
    });
    expect(body.findings.length).toBeGreaterThan(0);
    const { body: later } = await backend.get('/deployments/alpha');
    expect(later).toEqual(body);
  });

  it('looks once for all who ask at the same time', async () => {
    const backend = await start({ registered: ['alpha'] });
    await Promise.all(
      [1, 2, 3].map(() =>
        backend.post('/deployments/alpha/refresh').expect(200),
      ),
    );
    const polls = backend.coder.calls.filter(call => call === 'buildinfo');
    expect(polls.length).toBeLessThan(3);
  });

  it('unregisters, tells others, and frees name and access URL', async () => {
    const backend = await start({ registered: ['alpha'] });
    await backend.delete('/deployments/alpha').expect(204);
    expect(backend.publish).toHaveBeenCalledWith({
      topic: 'coder-fleet.deployments',
      eventPayload: { name: 'alpha', change: 'removed' },
    });
    await backend.get('/deployments/alpha').expect(404);
    await backend.delete('/deployments/alpha').expect(404);
    await backend
      .put('/deployments/alpha', registrationBody('alpha'))
      .expect(201);
  });

  it('answers 400 to the check of something that cannot be a name', async () => {
    const backend = await start();
    const { body } = await backend.get('/names/No_Name').expect(400);
    expect(body.error.message).toContain('The name must be a DNS label');
  });

  it('writes what was done, by whom it failed and why to the audit log', async () => {
    const backend = await start();
    await backend.put('/deployments/alpha', registrationBody('alpha'));
    await backend.put('/deployments/alpha', { deployment: {} });
    await backend.get('/deployments');
    backend.decisions['coder-fleet.deployment.delete'] = {
      result: AuthorizeResult.DENY,
    };
    await backend.delete('/deployments/alpha');
    expect(backend.audit).toEqual([
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'register', name: 'alpha' },
        outcome: 'success',
      },
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'register', name: 'alpha' },
        outcome: expect.stringContaining('apiVersion'),
      },
      {
        eventId: 'deployment-fetch',
        severityLevel: undefined,
        meta: { queryType: 'list' },
        outcome: 'success',
      },
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'unregister', name: 'alpha' },
        outcome: 'You may not delete "alpha"',
      },
    ]);
  });

  it('serves its own contract', async () => {
    const backend = await start();
    const { body } = await backend.get('/openapi.json').expect(200);
    expect(body.paths).toHaveProperty(
      '/api/coder-fleet/deployments/{name}/refresh',
    );
  });
});
