import { randomBytes, randomUUID } from 'node:crypto';
import type { Deployment } from '../deployment/Deployment';
import { RESERVED_KEYS } from '../deployment/daemons';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { textsOf } from './body';
import { inOrganization, organizationId } from './organizations';
import { listedDaemons } from './provisionerDaemons';
import {
  failure,
  FORBIDDEN,
  json,
  type Reply,
  RESOURCE_NOT_FOUND,
} from './reply';
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
  {
    method: 'POST',
    path: LIST,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request => inOrganization(request, () => create(request)),
  },
  {
    method: 'DELETE',
    path: `${LIST}/{provisionerkey}`,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request => inOrganization(request, () => remove(request)),
  },
];

/** Source: Coder, codersdk: a key has 43 characters. */
const KEY_BYTES = 32;

function mayChange({ actor }: ApiRequest, action: string): boolean {
  return permits(actor?.roles ?? [], action, 'provisioner_daemon');
}

/** The key is shown this once. */
function create(request: ApiRequest): Reply {
  const { deployment, body } = request;
  if (!mayChange(request, 'create')) {
    return FORBIDDEN;
  }
  const { texts, refusal } = textsOf(body, ['name']);
  if (refusal) {
    return refusal;
  }
  const { name } = texts;
  if (scopedKeys(deployment).some(found => found.name === name)) {
    return failure(409, `Provisioner key with name "${name}" already exists.`);
  }
  const secret = randomBytes(KEY_BYTES).toString('base64url');
  deployment.setup.provisionerKeys.set(name, randomUUID());
  deployment.changed();
  return json(201, { key: secret });
}

function remove(request: ApiRequest): Reply {
  const { deployment, parameters } = request;
  if (!mayChange(request, 'delete')) {
    return FORBIDDEN;
  }
  const name = parameters.provisionerkey;
  if (!scopedKeys(deployment).some(found => found.name === name)) {
    return RESOURCE_NOT_FOUND;
  }
  deployment.setup.provisionerKeys.delete(name);
  deployment.setup.deletedKeys.add(name);
  deployment.changed();
  return { status: 204, contentType: '', body: Buffer.alloc(0) };
}

function mayRead({ actor }: ApiRequest): boolean {
  return permits(actor?.roles ?? [], 'read', 'provisioner_daemon');
}

function scopedKeys(deployment: Deployment) {
  const { provisionerKeys, deletedKeys } = deployment.setup;
  const configured = deployment.configuredBefore
    ? deployment.config.provisioners.map(({ region }) => ({
        id: uuidFrom(deployment.id, 'provisioner-key', region),
        name: region,
      }))
    : [];
  return [
    ...configured.filter(({ name }) => !deletedKeys.has(name)),
    ...[...provisionerKeys].map(([name, id]) => ({ name, id })),
  ].map(names => key(deployment, names));
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
