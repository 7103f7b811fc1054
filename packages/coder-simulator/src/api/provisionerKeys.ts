import { randomBytes, randomUUID } from 'node:crypto';
import type { Deployment } from '../deployment/Deployment';
import { RESERVED_KEYS } from '../deployment/daemons';
import { uuidFrom } from '../deployment/identity';
import type { CreatedKey } from '../deployment/Setup';
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
      inOrganization(request, id =>
        json(200, mayRead(request) ? scopedKeys(request.deployment, id) : []),
      ),
  },
  {
    method: 'GET',
    path: `${LIST}/daemons`,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request =>
      inOrganization(request, id =>
        json(
          200,
          mayRead(request) ? keysWithDaemons(request.deployment, id) : [],
        ),
      ),
  },
  {
    method: 'POST',
    path: LIST,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request => inOrganization(request, id => create(request, id)),
  },
  {
    method: 'DELETE',
    path: `${LIST}/{provisionerkey}`,
    access: 'member',
    enterprise: true,
    feature: FEATURE,
    handle: request => inOrganization(request, id => remove(request, id)),
  },
  {
    // By the key itself, in a header; the segment is not looked at.
    method: 'GET',
    path: '/api/v2/provisionerkeys/{provisionerkey}',
    access: 'anyone',
    enterprise: true,
    handle: ofThemselves,
  },
];

/** Source: Coder, codersdk: a key has 43 characters. */
const KEY_BYTES = 32;

/** Source: Coder, codersdk. Node has names of headers in lower case. */
const KEY_HEADER = 'coder-provisioner-daemon-key';

function mayChange({ actor }: ApiRequest, action: string): boolean {
  return permits(actor?.roles ?? [], action, 'provisioner_daemon');
}

/** The key is shown this once. */
function create(request: ApiRequest, organization: string): Reply {
  const { deployment, body } = request;
  if (!mayChange(request, 'create')) {
    return FORBIDDEN;
  }
  const { texts, refusal } = textsOf(body, ['name']);
  if (refusal) {
    return refusal;
  }
  const { name } = texts;
  if (scopedKeys(deployment, organization).some(key => key.name === name)) {
    return failure(
      409,
      `Provisioner key with name '${name}' already exists in organization`,
    );
  }
  const secret = randomBytes(KEY_BYTES).toString('base64url');
  const { tags } = JSON.parse(body.toString('utf8'));
  deployment.setup.provisionerKeys = [
    ...deployment.setup.provisionerKeys,
    {
      id: randomUUID(),
      name,
      organization,
      tags: tags ?? {},
      secret,
      createdAt: deployment.now,
    },
  ];
  deployment.changed();
  return json(201, { key: secret });
}

function remove(request: ApiRequest, organization: string): Reply {
  const { deployment, parameters } = request;
  const { setup } = deployment;
  if (!mayChange(request, 'delete')) {
    return FORBIDDEN;
  }
  const name = parameters.provisionerkey;
  if (!scopedKeys(deployment, organization).some(key => key.name === name)) {
    return RESOURCE_NOT_FOUND;
  }
  setup.provisionerKeys = setup.provisionerKeys.filter(
    key => key.name !== name || key.organization !== organization,
  );
  if (organization === organizationId(deployment)) {
    setup.deletedKeys.add(name);
  }
  deployment.changed();
  return { status: 204, contentType: '', body: Buffer.alloc(0) };
}

/** What provisioners ask to learn their tags. Source: Coder, coderd/httpmw/provisionerdaemon.go. */
function ofThemselves({ deployment, headers }: ApiRequest): Reply {
  const secret = headers[KEY_HEADER];
  if (!secret) {
    return failure(401, 'provisioner daemon key required');
  }
  const found = deployment.setup.provisionerKeys.find(
    key => key.secret === secret,
  );
  return found
    ? json(200, toWire(found))
    : failure(401, 'provisioner daemon key invalid');
}

function mayRead({ actor }: ApiRequest): boolean {
  return permits(actor?.roles ?? [], 'read', 'provisioner_daemon');
}

function scopedKeys(deployment: Deployment, organization: string) {
  const { provisionerKeys, deletedKeys } = deployment.setup;
  const configured =
    deployment.configuredBefore && organization === organizationId(deployment)
      ? deployment.config.provisioners.map(({ region }) => ({
          id: uuidFrom(deployment.id, 'provisioner-key', region),
          name: region,
        }))
      : [];
  return [
    ...configured
      .filter(({ name }) => !deletedKeys.has(name))
      .map(names => untagged(deployment, names)),
    ...provisionerKeys
      .filter(key => key.organization === organization)
      .map(toWire),
  ];
}

function keysWithDaemons(deployment: Deployment, organization: string) {
  if (organization !== organizationId(deployment)) {
    return [];
  }
  const reserved = [
    { id: RESERVED_KEYS.builtIn, name: 'built-in' },
    { id: RESERVED_KEYS.userAuth, name: 'user-auth' },
    { id: RESERVED_KEYS.psk, name: 'psk' },
  ].map(names => untagged(deployment, names));
  const daemons = listedDaemons(deployment);
  return [...scopedKeys(deployment, organization), ...reserved]
    .map(found => ({
      key: found,
      daemons: daemons.filter(({ key_id }) => key_id === found.id),
    }))
    .filter(({ daemons: users }) => users.length > 0);
}

function untagged(
  deployment: Deployment,
  { id, name }: { id: string; name: string },
) {
  return toWire({
    id,
    name,
    organization: organizationId(deployment),
    tags: { owner: '', scope: 'organization' },
    createdAt: deployment.bootedAt,
  });
}

function toWire(key: Omit<CreatedKey, 'secret'>) {
  const { id, name, organization, tags, createdAt } = key;
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    organization,
    tags,
  };
}
