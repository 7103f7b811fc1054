import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  type EntityProvider,
  catalogProcessingExtensionPoint,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { recordOf } from './__testUtils__/records';
import catalogModuleCoderFleet from '.';

describe('catalogModuleCoderFleet', () => {
  it('brings what the tracker has, with a token of the catalog', async () => {
    const requests: IncomingMessage[] = [];
    const tracker = createServer((request, response) => {
      requests.push(request);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ items: [recordOf('aurora')], totalItems: 1 }),
      );
    });
    await new Promise<void>(resolve => {
      tracker.listen(0, '127.0.0.1', resolve);
    });
    const { port } = tracker.address() as AddressInfo;
    const providers: EntityProvider[] = [];
    const tasks: SchedulerServiceTaskInvocationDefinition[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          catalogProcessingExtensionPoint,
          {
            addEntityProvider: (...added) =>
              void providers.push(...added.flat()),
          },
        ],
      ],
      features: [
        catalogModuleCoderFleet,
        catalogServiceMock.factory(),
        mockServices.scheduler.mock({
          createScheduledTaskRunner: () => ({
            run: async task => void tasks.push(task),
          }),
        }).factory,
        mockServices.discovery.mock({
          getBaseUrl: async plugin => `http://127.0.0.1:${port}/api/${plugin}`,
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            coderFleet: { catalog: { domains: { retail: 'domain:shops' } } },
          },
        }),
      ],
    });
    try {
      const applyMutation = jest.fn();
      await providers[0].connect({ applyMutation, refresh: jest.fn() });
      await tasks[0].fn(new AbortController().signal);
      expect(requests[0].url).toBe(
        '/api/coder-fleet/records?sort=name&limit=500&offset=0',
      );
      expect(requests[0].headers.authorization).toContain('plugin:catalog');
      const [{ entities }] = applyMutation.mock.calls[0];
      expect(
        entities.map(
          ({ entity }: { entity: Parameters<typeof stringifyEntityRef>[0] }) =>
            stringifyEntityRef(entity),
        ),
      ).toEqual([
        'system:default/aurora',
        'component:default/aurora-control-plane',
        'component:default/aurora-provisioners',
      ]);
      expect(entities[0].entity.spec.domain).toBe('domain:default/shops');
    } finally {
      await backend.stop();
      await new Promise(resolve => {
        tracker.close(resolve);
      });
    }
  });
});
