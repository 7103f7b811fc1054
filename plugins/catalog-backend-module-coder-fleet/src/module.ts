import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { CoderFleetClient } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { readCatalogConfig } from './config';
import {
  CatalogKnownEntities,
  CoderFleetEntityProvider,
  HttpDeploymentRegistry,
} from './provider';

/**
 * Module of the catalog: one provider that owns the entities of all registered Coder deployments.
 *
 * @public
 */
export const catalogModuleCoderFleet = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'coder-fleet',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        events,
        logger,
        processing,
        rootLifecycle,
        scheduler,
      }) {
        processing.addEntityProvider(
          new CoderFleetEntityProvider({
            ...readCatalogConfig(config),
            registry: new HttpDeploymentRegistry({
              client: new CoderFleetClient({ discoveryApi: discovery }),
              auth,
            }),
            known: new CatalogKnownEntities({ catalog, auth }),
            events,
            taskRunner: scheduler.createScheduledTaskRunner({
              // Often, but most runs only look at the clock: a start or a failure is made good
              // within seconds, not with the next hour.
              frequency: { seconds: 15 },
              timeout: { minutes: 2 },
              scope: 'global',
            }),
            started: new Promise(resolve => {
              rootLifecycle.addStartupHook(resolve);
            }),
            logger,
          }),
        );
      },
    });
  },
});
