import type { Deployment } from './Deployment';
import { buildVersion, uuidFrom } from './identity';

/**
 * Reserved keys of daemons: inside the control plane, started with a user's token, and with the
 * pre-shared key. Source: Coder's SDK.
 *
 * @internal
 */
export const RESERVED_KEYS = {
  builtIn: '00000000-0000-0000-0000-000000000001',
  userAuth: '00000000-0000-0000-0000-000000000002',
  psk: '00000000-0000-0000-0000-000000000003',
} as const;

/**
 * A provisioner daemon.
 *
 * @internal
 */
export type Daemon = {
  id: string;
  name: string;
  keyId: string;
  keyName: string;
  version: string;
  offline: boolean;
};

/**
 * All registered daemons: the built-in ones of every replica, then those of the releases.
 *
 * @internal
 */
export function daemonsOf(deployment: Deployment): Daemon[] {
  const { config, faults, version } = deployment;
  const builtIn = Array.from(
    { length: config.replicas * config.builtInProvisioners },
    (_, index) => ({
      name: `coder-${index}`,
      keyId: RESERVED_KEYS.builtIn as string,
      keyName: 'built-in',
      version,
      offline: false,
    }),
  );
  const external = config.provisioners
    .flatMap(release =>
      Array.from({ length: release.replicas }, (_, index) => ({
        name: `coder-provisioner-${release.region}-${index}`,
        keyId: uuidFrom(deployment.id, 'provisioner-key', release.region),
        keyName: release.region,
        version: release.version ? buildVersion(release.version) : version,
      })),
    )
    .map((daemon, index) => ({
      ...daemon,
      offline: index < (faults.offlineProvisioners ?? 0),
    }));
  return [...builtIn, ...external].map(daemon => ({
    id: uuidFrom(deployment.id, 'provisioner', daemon.name),
    ...daemon,
  }));
}
