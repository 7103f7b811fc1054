import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { parse } from 'yaml';
import { authModulePersonas } from './personas';
import { authModuleProductionGuard } from './productionGuard';

const ROOT = join(__dirname, '..', '..', '..', '..');
const PERSONAS = [
  {
    name: 'owner',
    title: 'Omar',
    description: 'Owns',
    userEntityRef: 'user:default/omar',
  },
];

const DEMO = {
  auth: { providers: { personas: {} } },
  portal: { personas: PERSONAS },
};

function start(config: object) {
  return startTestBackend({
    features: [
      authPlugin,
      authModulePersonas,
      authModuleProductionGuard,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'omar', namespace: 'default' },
            spec: { memberOf: ['team-retail'] },
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          ...config,
        },
      }),
    ],
  });
}

describe('sign-in', () => {
  it('lets a visitor of a demo be a persona that is configured, and nobody else', async () => {
    const backend = await start(DEMO);
    const as = (name: string) =>
      request(backend.server)
        .get('/api/auth/personas/refresh')
        .set('x-portal-persona', name);
    const { body } = await as('owner').expect(200);
    expect(body.backstageIdentity.identity.userEntityRef).toBe(
      'user:default/omar',
    );
    await as('paula').expect(401);
    await request(backend.server).get('/api/auth/personas/refresh').expect(401);
    await backend.stop();
  });

  it('has no personas where none are configured', async () => {
    const backend = await start({ auth: DEMO.auth });
    const { status } = await request(backend.server)
      .get('/api/auth/personas/refresh')
      .set('x-portal-persona', 'owner');
    expect(status).toBe(404);
    await backend.stop();
  });

  it.each([
    [
      'guests',
      { auth: { environment: 'production', providers: { guest: {} } } },
    ],
    [
      'guests that are allowed dangerously',
      {
        auth: {
          environment: 'production',
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
      },
    ],
    [
      'personas',
      { auth: { environment: 'production' }, portal: { personas: PERSONAS } },
    ],
  ])('keeps a production portal with %s from starting', async (_, config) => {
    await expect(start(config)).rejects.toThrow(
      /does not start with .*remove them from its configuration/,
    );
  });

  it('is by a proxy in the production configuration, without guests or personas', () => {
    const config = parse(
      readFileSync(join(ROOT, 'app-config.production.yaml'), 'utf8'),
    );
    expect(config.auth.environment).toBe('production');
    expect(Object.keys(config.auth.providers)).toEqual([
      config.portal.signInProvider,
    ]);
    expect(config.portal).not.toHaveProperty('personas');
  });
});
