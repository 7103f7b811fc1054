import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Ways to sign in without any proof of who somebody is, by their keys in the configuration.
 */
const WITHOUT_PROOF: Readonly<Record<string, string>> = {
  'auth.providers.guest': 'guests',
  'portal.personas': 'the personas of the demo',
};

/**
 * Throws an `InputError` when a production portal would let somebody in without proof, whatever other
 * settings say.
 *
 * @internal
 */
export function assertProductionSignIn(config: Config): void {
  if (config.getOptionalString('auth.environment') !== 'production') {
    return;
  }
  const open = Object.entries(WITHOUT_PROOF).filter(([key]) => config.has(key));
  if (open.length > 0) {
    throw new InputError(
      `A portal with auth.environment "production" does not start with ${open
        .map(([key, who]) => `${who} (${key})`)
        .join(' and ')}: remove them from its configuration`,
    );
  }
}

/**
 * Keeps a production portal from starting when somebody could sign in without proof.
 *
 * @internal
 */
export const authModuleProductionGuard = createBackendModule({
  pluginId: 'auth',
  moduleId: 'production-guard',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig },
      async init({ config }) {
        assertProductionSignIn(config);
      },
    });
  },
});
