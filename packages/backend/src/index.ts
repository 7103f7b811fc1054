import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// First: others look for the event bus as soon as they start.
backend.add(import('@backstage/plugin-events-backend'));

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-scaffolder-backend'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));

backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@coder-fleet/backstage-plugin-coder-fleet-backend'));
backend.add(
  import('@coder-fleet/backstage-plugin-catalog-backend-module-coder-fleet'),
);
backend.add(
  import('@coder-fleet/backstage-plugin-scaffolder-backend-module-coder-fleet'),
);

backend.start();
