/**
 * Coder Fleet for the new frontend system.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import {
  ANNOTATION_DEPLOYMENT,
  CoderFleetClient,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from './api';
import { CoderFleetIcon } from './components/CoderFleetIcon';
import { deploymentRouteRef, rootRouteRef, templateRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: coderFleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CoderFleetClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/coder-fleet',
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/CoderFleetRouter').then(m => (
        <m.CoderFleetRouter shell="bare" />
      )),
  },
});

const ofDeployment = {
  [`metadata.annotations.${ANNOTATION_DEPLOYMENT}`]: { $exists: true },
};

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: ofDeployment,
    loader: () =>
      import('./components/EntityCoderFleetCard').then(m => (
        <m.EntityCoderFleetCard />
      )),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/coder-fleet',
    title: 'Coder Fleet',
    group: 'deployment',
    filter: ofDeployment,
    loader: () =>
      import('./components/EntityCoderFleetContent').then(m => (
        <m.EntityCoderFleetContent />
      )),
  },
});

const formField = FormFieldBlueprint.make({
  name: 'field',
  params: {
    field: () =>
      import('./scaffolder/CoderFleetField').then(m =>
        createFormField(m.coderFleetFieldOptions),
      ),
  },
});

const choiceField = FormFieldBlueprint.make({
  name: 'choice',
  params: {
    field: () =>
      import('./scaffolder/CoderFleetChoice').then(m =>
        createFormField(m.coderFleetChoiceOptions),
      ),
  },
});

const listField = FormFieldBlueprint.make({
  name: 'list',
  params: {
    field: () =>
      import('./scaffolder/CoderFleetList').then(m =>
        createFormField(m.coderFleetListOptions),
      ),
  },
});

const planField = FormFieldBlueprint.make({
  name: 'plan',
  params: {
    field: () =>
      import('./scaffolder/CoderFleetPlan').then(m =>
        createFormField(m.coderFleetPlanOptions),
      ),
  },
});

/**
 * Pages, entity card, entity tab and form fields of Coder Fleet.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'coder-fleet',
  title: 'Coder Fleet',
  icon: <CoderFleetIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, deployment: deploymentRouteRef },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    api,
    page,
    entityCard,
    entityContent,
    formField,
    choiceField,
    listField,
    planField,
  ],
});
