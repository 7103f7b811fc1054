import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { CoderClient } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import request from 'supertest';
import { registrationBody } from './__testUtils__/deployments';
import { describeOnDatabases } from './__testUtils__/databases';
import { FakeCoder } from './__testUtils__/FakeCoder';
import { until } from './__testUtils__/until';
import { coderFleetPlugin } from './plugin';

jest.setTimeout(60_000);

describeOnDatabases('coderFleetPlugin', (databases, id) => {
  it('tracks what is registered, over a restart too', async () => {
    const knex = await databases.init(id);
    const coder = new FakeCoder();
    const create = jest
      .spyOn(CoderClient, 'create')
      .mockReturnValue(coder as unknown as CoderClient);
    const start = () =>
      startTestBackend({
        features: [
          coderFleetPlugin,
          mockServices.database.factory({ knex }),
          mockServices.events.mock().factory,
          mockServices.rootConfig.factory({
            data: { coderFleet: { tracker: { cycle: { seconds: 1 } } } },
          }),
          // The task runs until the backend stops: a startup hook must not wait for it
          mockServices.scheduler.mock({
            scheduleTask: async ({ fn }) => {
              void (fn as (signal: AbortSignal) => Promise<void>)(
                new AbortController().signal,
              );
            },
          }).factory,
        ],
      });
    const path = '/api/coder-fleet/deployments/alpha';
    const stateOf = async ({ server }: Awaited<ReturnType<typeof start>>) =>
      (await request(server).get(path)).body.state;

    const first = await start();
    await request(first.server).put(path).send(registrationBody('alpha'));
    await until('it is healthy', async () => {
      return (await stateOf(first)) === 'healthy';
    });
    expect(create).toHaveBeenCalledWith(
      expect.objectContaining({ origin: 'https://alpha.coder.example.com' }),
    );
    await first.stop();

    coder.goDown();
    const second = await start();
    // Known from before: one that was never seen would be provisioning
    expect(await stateOf(second)).not.toBe('provisioning');
    await until('it is unreachable', async () => {
      return (await stateOf(second)) === 'unreachable';
    });
    await second.stop();
  });
});
