import { createBackend } from '@backstage/backend-defaults';
import { permissionModuleFleetPolicy } from './policy/module';
import { authModulePersonas } from './signIn/personas';
import { authModuleProductionGuard } from './signIn/productionGuard';

const backend = createBackend();

// First: others look for the event bus as soon as they start.
backend.add(import('@backstage/plugin-events-backend'));

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(
  import('@backstage/plugin-auth-backend-module-oauth2-proxy-provider'),
);
backend.add(authModulePersonas);
backend.add(authModuleProductionGuard);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionModuleFleetPolicy);

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

backend.start().catch(error => {
  // Backstage logs it and then stays without serving, or ends with code 0: then
  // nothing would start it again.
  process.once('exit', () => {
    process.exitCode = 1;
  });
  setImmediate(() => process.kill(process.pid, 'SIGTERM'));
  throw error;
});
