import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';

/** Header in which the sign-in page says who was chosen. */
const PERSONA_HEADER = 'x-portal-persona';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

type Personas = ReadonlyMap<string, string>;

function readPersonas(config: Config): Personas {
  return new Map(
    (config.getOptionalConfigArray('portal.personas') ?? []).map(persona => [
      persona.getString('name'),
      persona.getString('userEntityRef'),
    ]),
  );
}

function personaAuthenticator(personas: Personas) {
  return createProxyAuthenticator({
    defaultProfileTransform: async () => ({ profile: {} }),
    initialize: () => undefined,
    async authenticate({ req }) {
      if (!LOOPBACK.has(req.socket.remoteAddress ?? '')) {
        throw new NotAllowedError(
          'Personas sign in on the machine of the demo only',
        );
      }
      const userEntityRef = personas.get(req.header(PERSONA_HEADER) ?? '');
      if (!userEntityRef) {
        throw new AuthenticationError('There is no such persona');
      }
      return { result: { userEntityRef } };
    },
  });
}

/**
 * Signs in whom a visitor chooses, without any proof: for a demo on one machine. Does nothing where no
 * personas are configured, and answers to this machine only.
 *
 * @internal
 */
export const authModulePersonas = createBackendModule({
  pluginId: 'auth',
  moduleId: 'personas',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const personas = readPersonas(config);
        if (personas.size > 0) {
          providers.registerProvider({
            providerId: 'personas',
            factory: createProxyAuthProviderFactory({
              authenticator: personaAuthenticator(personas),
              signInResolver: async ({ result }, context) =>
                context.signInWithCatalogUser({
                  entityRef: result.userEntityRef,
                }),
            }),
          });
        }
      },
    });
  },
});
