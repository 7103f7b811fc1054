import { cvaGenerationOf } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import request from 'supertest';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody, testDeployment } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

describeOnDatabases('registration', (databases, id) => {
  const start = backendStarter(databases, id);

  it('plans by the tables that are configured, and refuses others', async () => {
    const backend = await start({
      coderFleet: { cva: { generation: 'legacy' } },
    });
    await backend.put('/deployments/alpha', registrationBody('alpha'));
    const { body } = await backend.get('/deployments/alpha').expect(200);
    expect(body.plan.cvaGeneration).toBe('legacy');
    expect(() => cvaGenerationOf('2019')).toThrow(
      'coderFleet.cva.generation is one of 2026, legacy, not "2019"',
    );
    expect(cvaGenerationOf(undefined)).toBe('2026');
  });

  it('makes a new name a deployment, and repeating it changes nothing', async () => {
    const backend = await start();
    const first = await backend
      .put('/deployments/alpha', registrationBody('alpha'))
      .expect(201);
    expect(first.body).toEqual({
      name: 'alpha',
      created: true,
      entityRef: 'system:default/alpha',
    });
    const detail = await backend.get('/deployments/alpha').expect(200);
    const again = await backend
      .put('/deployments/alpha', registrationBody('alpha'))
      .expect(200);
    expect(again.body).toEqual({ ...first.body, created: false });
    const after = await backend.get('/deployments/alpha').expect(200);
    expect(after.body).toEqual(detail.body);
    const list = await backend.get('/deployments').expect(200);
    expect(list.body.totalItems).toBe(1);
    expect(backend.publish.mock.calls).toEqual([
      [
        {
          topic: 'coder-fleet.deployments',
          eventPayload: { name: 'alpha', change: 'registered' },
        },
      ],
    ]);
  });

  it('takes a change over and tells others', async () => {
    const backend = await start({ registered: ['alpha'] });
    await backend
      .put(
        '/deployments/alpha',
        registrationBody('alpha', { displayName: 'A' }),
      )
      .expect(200);
    const { body } = await backend.get('/deployments/alpha').expect(200);
    expect(body.displayName).toBe('A');
    expect(backend.publish).toHaveBeenCalledWith({
      topic: 'coder-fleet.deployments',
      eventPayload: { name: 'alpha', change: 'updated' },
    });
  });

  it('answers 409 when the name came from another repository', async () => {
    const backend = await start({ registered: ['alpha'] });
    const { body } = await backend
      .put('/deployments/alpha', {
        ...registrationBody('alpha'),
        repository: { type: 'url', location: 'https://git.example.com/a' },
      })
      .expect(409);
    expect(body.error).toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'registered from another repository (alpha)',
      ),
    });
  });

  it('answers 400 and names everything that is wrong', async () => {
    const backend = await start();
    const { body } = await backend
      .put('/deployments/alpha', {
        deployment: {
          ...testDeployment('alpha'),
          metadata: { name: 'Alpha_1' },
          spec: {
            ...testDeployment('alpha').spec,
            users: { expected: 20_000 },
            accessUrl: 'http://coder.example.com/path',
            release: { version: '2.x' },
          },
        },
      })
      .expect(400);
    expect(body.error.message).toContain('metadata.name: ');
    expect(body.error.message).toContain(
      'spec.users.expected: No validated architecture covers more than 10,000 users',
    );
    expect(body.error.message).toContain(
      'spec.accessUrl: The access URL must begin with https://',
    );
    expect(body.error.message).toContain('spec.release.version: ');
    await backend.get('/deployments/alpha').expect(404);
  });

  it.each([
    [
      'another name in the path',
      'beta',
      registrationBody('alpha'),
      'metadata.name: "alpha" is not the name in the path, "beta"',
    ],
    [
      "another deployment's repository",
      'alpha',
      {
        ...registrationBody('alpha'),
        repository: { type: 'directory', location: 'beta' },
      },
      'repository.location: "beta" is not the name of the deployment',
    ],
    [
      'a path for a repository',
      'alpha',
      {
        ...registrationBody('alpha'),
        repository: { type: 'directory', location: '../alpha' },
      },
      'repository.location: "../alpha" is not the name of the deployment',
    ],
    [
      'a password in the URL of a repository',
      'alpha',
      {
        ...registrationBody('alpha'),
        repository: { type: 'url', location: 'https://a:b@git.example.com/' },
      },
      'repository.location: a URL must not contain a user or password',
    ],
    [
      'a script for the URL of a repository',
      'alpha',
      {
        ...registrationBody('alpha'),
        // eslint-disable-next-line no-script-url
        repository: { type: 'url', location: 'javascript:alert(1)' },
      },
      'repository.location: a URL must begin with https:// or http://',
    ],
    [
      'a field that is not known',
      'alpha',
      { ...registrationBody('alpha'), owner: 'me' },
      'additional properties',
    ],
    ['nothing', 'alpha', {}, "required property 'deployment'"],
  ])('answers 400 to %s', async (_, name, body, message) => {
    const backend = await start();
    const answer = await backend.put(`/deployments/${name}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
    expect((await backend.get('/deployments')).body.totalItems).toBe(0);
  });

  it('answers 400 to a body above 256 KiB, and to one that is no JSON', async () => {
    const backend = await start();
    const large = registrationBody('alpha', { note: 'x'.repeat(256 * 1024) });
    const { body } = await backend.put('/deployments/alpha', large).expect(400);
    expect(body.error.message).toBe('request entity too large');
    await request(backend.server)
      .put('/api/coder-fleet/deployments/alpha')
      .set('Content-Type', 'application/json')
      .send('{')
      .expect(400);
  });

  it('writes text of a person as text', async () => {
    const backend = await start();
    const displayName = `'; drop table deployments; -- {{ x }} $(id) <b>`;
    await backend
      .put('/deployments/alpha', registrationBody('alpha', { displayName }))
      .expect(201);
    const { body } = await backend.get('/deployments/alpha').expect(200);
    expect(body.displayName).toBe(displayName);
  });
});
