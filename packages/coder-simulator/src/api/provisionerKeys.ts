import type { Deployment } from '../deployment/Deployment';
import { RESERVED_KEYS } from '../deployment/daemons';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { inOrganization, organizationId } from './organizations';
import { listedDaemons } from './provisionerDaemons';
import { json } from './reply';
import type { ApiRequest, Route } from './Route';

const FEATURE = 'External Provisioner Daemons';
const LIST = '/api/v2/organizations/{organization}/provisionerkeys';

/**
 * Keys of provisioners, one a release, and the daemons that use them. Who may not read daemons gets
 * an empty list.
 *
 * @internal
 */
export const provisionerKeysRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: LIST,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request =>
      inOrganization(request, () =>
        json(200, mayRead(request) ? scopedKeys(request.deployment) : []),
      ),
  },
  {
    method: 'GET',
    path: `${LIST}/daemons`,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request =>
      inOrganization(request, () =>
        json(200, mayRead(request) ? keysWithDaemons(request.deployment) : []),
      ),
  },
];

function mayRead({ actor }: ApiRequest): boolean {
  return permits(actor?.roles ?? [], 'read', 'provisioner_daemon');
}

function scopedKeys(deployment: Deployment) {
  return deployment.config.provisioners.map(({ region }) =>
    key(deployment, {
      id: uuidFrom(deployment.id, 'provisioner-key', region),
      name: region,
    }),
  );
}

function keysWithDaemons(deployment: Deployment) {
  const reserved = [
    { id: RESERVED_KEYS.builtIn, name: 'built-in' },
    { id: RESERVED_KEYS.userAuth, name: 'user-auth' },
    { id: RESERVED_KEYS.psk, name: 'psk' },
  ].map(names => key(deployment, names));
  const daemons = listedDaemons(deployment);
  return [...scopedKeys(deployment), ...reserved]
    .map(found => ({
      key: found,
      daemons: daemons.filter(({ key_id }) => key_id === found.id),
    }))
    .filter(({ daemons: users }) => users.length > 0);
}

function key(deployment: Deployment, names: { id: string; name: string }) {
  return {
    ...names,
    created_at: deployment.bootedAt.toISOString(),
    organization: organizationId(deployment),
    tags: { owner: '', scope: 'organization' },
  };
}
