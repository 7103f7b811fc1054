import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import {
  CoderClient,
  CredentialStore,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { HttpClient } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';
import { until } from '../__testUtils__/until';
import { DeploymentApi } from './DeploymentApi';
import { Tracker } from './Tracker';

jest.setTimeout(60_000);

const OWN = 'https://own.coder.example.com';
const FOREIGN = 'https://foreign.coder.example.com';
const TOKEN = 'a-token-of-an-owner';

describeOnDatabases('Tracker: where tokens go', (databases, id) => {
  it('sends a token to its own origin, whatever address is registered, edited and registered again', async () => {
    const stores = await createStores(databases, id);
    const requests: Array<{ origin: string; text: string }> = [];
    const http: HttpClient = {
      async request(request) {
        requests.push({
          origin: new URL(request.url).origin,
          text: JSON.stringify(request),
        });
        const body = { version: 'v2.36.5+abc1234', deployment_id: 'one' };
        return {
          status: 200,
          headers: {},
          text: () => JSON.stringify(body),
          json: () => body,
        };
      },
    };
    const logger = mockServices.logger.mock();
    const credentials = CredentialStore.fromConfig(
      new ConfigReader({
        coderFleet: {
          credentials: { origins: [{ origin: OWN, tracker: TOKEN }] },
        },
      }),
      { logger },
    );
    const tracker = new Tracker({
      store: stores.tracking,
      apiOf: origin =>
        new DeploymentApi({
          client: CoderClient.create({ origin, http, credentials }),
          http,
        }),
      clock: stores.time.clock,
      logger,
      replicaId: 'replica-1',
      cycleMs: 10_000,
      healthMs: 10_000,
    });
    const controller = new AbortController();
    const run = tracker.run(controller.signal);
    const at = (accessUrl: string) => testRegistration('moved', { accessUrl });
    const isAsked = async (url: string) => {
      const before = requests.length;
      tracker.wake();
      await until(`${url} is asked`, () =>
        requests.slice(before).some(request => request.text.includes(url)),
      );
      stores.time.advance(15_000);
    };
    // Health is asked with a token only
    const ownIsAsked = () => isAsked(`${OWN}/api/v2/debug/health`);
    const foreignIsAsked = () => isAsked(`${FOREIGN}/api/v2/buildinfo`);

    await stores.deployments.create(at(OWN));
    await ownIsAsked();
    await stores.deployments.update(at(FOREIGN));
    await foreignIsAsked();
    await stores.deployments.remove('moved');
    await stores.deployments.create(at(FOREIGN));
    await foreignIsAsked();
    await stores.deployments.update(at(OWN));
    await ownIsAsked();
    controller.abort();
    await tracker.stop();
    await run;

    const withToken = requests.filter(({ text }) => text.includes(TOKEN));
    expect(new Set(withToken.map(({ origin }) => origin))).toEqual(
      new Set([OWN]),
    );
  });
});
