import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { createTokenSet } from '../deployment/identity';
import { Deployment } from '../deployment/Deployment';
import { json } from './reply';
import { Router } from './Router';

const deployment = new Deployment({
  config: {
    name: 'aurora',
    accessUrl: 'https://aurora.coder.localhost',
    edition: 'premium',
    version: 'v2.36.5',
    replicas: 3,
    builtInProvisioners: 3,
    provisioners: [],
    proxies: [],
    supportLinks: [],
    users: 100,
    activeShare: 0.6,
    env: {},
    secretEnv: [],
  },
  databaseSeed: 'seed',
  tokens: createTokenSet(),
  faults: {},
  clock: () => new Date('2026-09-15T08:00:00Z'),
});

function get(url: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = url;
  return request;
}

describe('Router', () => {
  it('hands the variable segments of a path to the handler', () => {
    const router = new Router({
      healthRefreshMs: 1,
      routes: [
        {
          method: 'GET',
          path: '/api/v2/organizations/{organization}/templates/{template}',
          access: 'anyone',
          handle: ({ parameters }) => json(200, parameters),
        },
      ],
    });
    const reply = (path: string) =>
      router.handle({
        deployment,
        host: deployment.host,
        request: get(path),
        body: Buffer.alloc(0),
      });
    expect(
      JSON.parse(
        reply('/api/v2/organizations/coder/templates/go?x=1').body.toString(),
      ),
    ).toEqual({ organization: 'coder', template: 'go' });
    expect(reply('/api/v2/organizations/coder/templates').status).toBe(404);
  });
});
