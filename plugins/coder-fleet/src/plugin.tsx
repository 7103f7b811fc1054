import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { CoderFleetClient } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from './api';
import { deploymentRouteRef, rootRouteRef, templateRouteRef } from './routes';
import { coderFleetChoiceOptions } from './scaffolder/CoderFleetChoice';
import { coderFleetFieldOptions } from './scaffolder/CoderFleetField';
import { coderFleetListOptions } from './scaffolder/CoderFleetList';
import { coderFleetPlanOptions } from './scaffolder/CoderFleetPlan';

/**
 * Coder Fleet for the classic frontend system.
 *
 * @public
 */
export const coderFleetPlugin = createPlugin({
  id: 'coder-fleet',
  routes: { root: rootRouteRef, deployment: deploymentRouteRef },
  externalRoutes: { template: templateRouteRef },
  apis: [
    createApiFactory({
      api: coderFleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CoderFleetClient(deps),
    }),
  ],
});

/**
 * The fleet and its deployments; mount it at `/coder-fleet`.
 *
 * @public
 */
export const CoderFleetPage = coderFleetPlugin.provide(
  createRoutableExtension({
    name: 'CoderFleetPage',
    component: async () => {
      const { CoderFleetRouter } =
        await import('./components/CoderFleetRouter');
      return () => <CoderFleetRouter shell="classic" />;
    },
    mountPoint: rootRouteRef,
  }),
);

/**
 * A card for the overview of entities that belong to a deployment.
 *
 * @public
 */
export const EntityCoderFleetCard = coderFleetPlugin.provide(
  createComponentExtension({
    name: 'EntityCoderFleetCard',
    component: {
      lazy: () =>
        import('./components/EntityCoderFleetCard').then(
          m => m.EntityCoderFleetCard,
        ),
    },
  }),
);

/**
 * A tab for entities that belong to a deployment.
 *
 * @public
 */
export const EntityCoderFleetContent = coderFleetPlugin.provide(
  createComponentExtension({
    name: 'EntityCoderFleetContent',
    component: {
      lazy: () =>
        import('./components/EntityCoderFleetContent').then(
          m => m.EntityCoderFleetContent,
        ),
    },
  }),
);

/**
 * The form field `CoderFleetField` of the scaffolder.
 *
 * @public
 */
export const CoderFleetFieldExtension = coderFleetPlugin.provide(
  createScaffolderFieldExtension({
    ...coderFleetFieldOptions,
    schema: coderFleetFieldOptions.schema.schema,
  }),
);

/**
 * The form field `CoderFleetChoice` of the scaffolder: what configuration and catalog offer.
 *
 * @public
 */
export const CoderFleetChoiceExtension = coderFleetPlugin.provide(
  createScaffolderFieldExtension({
    ...coderFleetChoiceOptions,
    schema: coderFleetChoiceOptions.schema.schema,
  }),
);

/**
 * The form field `CoderFleetList` of the scaffolder: many deployments of one list.
 *
 * @public
 */
export const CoderFleetListExtension = coderFleetPlugin.provide(
  createScaffolderFieldExtension({
    ...coderFleetListOptions,
    schema: coderFleetListOptions.schema.schema,
  }),
);

/**
 * The form field `CoderFleetPlan` of the scaffolder: plan and findings of what was filled in so far.
 *
 * @public
 */
export const CoderFleetPlanExtension = coderFleetPlugin.provide(
  createScaffolderFieldExtension({
    ...coderFleetPlanOptions,
    schema: coderFleetPlanOptions.schema.schema,
  }),
);
