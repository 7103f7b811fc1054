import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

describeOnDatabases('lists', (databases, id) => {
  const start = backendStarter(databases, id);

  it('filter, sort and page as the client asks', async () => {
    const backend = await start({ registered: ['alpha', 'beta', 'gamma'] });
    await backend
      .put(
        '/deployments/delta',
        registrationBody('delta', { owner: 'user:ann' }),
      )
      .expect(201);
    const names = async (query: string) => {
      const { body } = await backend.get(`/deployments?${query}`).expect(200);
      return body.items.map(({ name }: { name: string }) => name);
    };
    expect(await names('sort=-name&limit=2&offset=1')).toEqual([
      'delta',
      'beta',
    ]);
    expect(await names('owner=user%3Adefault%2Fann')).toEqual(['delta']);
    expect(await names('owner=user:default/ann')).toEqual(['delta']);
    expect(await names('state=provisioning&state=healthy&search=ETA')).toEqual([
      'beta',
    ]);
    expect(await names('state=healthy')).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=501',
    'limit=ten',
    'offset=-1',
    'sort=plan',
    'state=fine',
    'nonsense=1',
  ])('answer 400 to %s', async query => {
    const backend = await start();
    const { status } = await backend.get(`/deployments?${query}`);
    expect(status).toBe(400);
  });

  it('give records with spec, plan and repository', async () => {
    const backend = await start({ registered: ['alpha'] });
    const { body } = await backend.get('/records').expect(200);
    expect(body).toMatchObject({
      totalItems: 1,
      items: [{ ...registrationBody('alpha'), plan: { name: 'alpha' } }],
    });
  });

  it('count', async () => {
    const backend = await start({ registered: ['alpha', 'beta'] });
    const { body } = await backend.get('/summary').expect(200);
    expect(body).toEqual({
      total: 2,
      states: { provisioning: 2 },
      statesByRegion: { 'eu-west': { provisioning: 2 } },
      regions: ['eu-west'],
      businessUnits: ['payments'],
      owners: ['group:default/platform'],
    });
  });
});
