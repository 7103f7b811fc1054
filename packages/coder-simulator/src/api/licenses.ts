import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import type { UploadedLicense } from '../deployment/Setup';
import { textsOf } from './body';
import { failure, FORBIDDEN, json, type Reply } from './reply';
import type { ApiRequest, Route } from './Route';

const DAY_S = 24 * 60 * 60;
const UPLOADED_AT = '2026-01-02T12:00:00.000Z';

/** Issued a year before it is over. */
const TERM_DAYS = 365;

/**
 * Licences. Without any, and for those who may not read them, it is what Go makes of a list that was
 * never filled: `null`.
 *
 * @internal
 */
export const licensesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/licenses',
    access: 'member',
    enterprise: true,
    handle: ({ deployment, actor }) =>
      json(
        200,
        deployment.license.state !== 'none' &&
          permits(actor?.roles ?? [], 'read', 'license')
          ? licenses(deployment)
          : null,
      ),
  },
  {
    method: 'POST',
    path: '/api/v2/licenses',
    access: 'member',
    enterprise: true,
    handle: upload,
  },
];

/** The signature is not looked at: only Coder can make one. */
function upload({ deployment, actor, body }: ApiRequest): Reply {
  if (!permits(actor?.roles ?? [], 'create', 'license')) {
    return FORBIDDEN;
  }
  const { texts, refusal } = textsOf(body, ['license']);
  if (refusal) {
    return refusal;
  }
  const claims = claimsOf(texts.license);
  if (!claims) {
    return failure(400, 'Invalid license', 'token is malformed');
  }
  const added = deployment.setup.addLicense(claims, deployment.now);
  deployment.changed();
  return json(201, uploaded(added));
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  const parts = token.split('.');
  try {
    const claims = JSON.parse(
      Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'),
    );
    return parts.length === 3 && typeof claims === 'object' && claims
      ? claims
      : undefined;
  } catch {
    return undefined;
  }
}

function licenses(deployment: Deployment) {
  const added = deployment.setup.licenses.map(uploaded);
  return deployment.configuredBefore ? [license(deployment), ...added] : added;
}

function uploaded({ id, uuid, uploadedAt, claims }: UploadedLicense) {
  return { id, uuid, uploaded_at: uploadedAt.toISOString(), claims };
}

function license(deployment: Deployment) {
  const expires =
    Math.floor(deployment.now.getTime() / 1000) +
    deployment.license.daysLeft * DAY_S;
  return {
    id: 1,
    uuid: uuidFrom(deployment.id, 'license'),
    uploaded_at: UPLOADED_AT,
    claims: {
      license_expires: expires,
      nbf: expires - TERM_DAYS * DAY_S,
      iat: expires - TERM_DAYS * DAY_S,
      version: 3,
      account_type: 'salesforce',
      account_id: 'simulated',
      trial: false,
      all_features: false,
      feature_set: 'premium',
      features: { user_limit: deployment.config.users },
      deployment_ids: [deployment.id],
      require_telemetry: false,
    },
  };
}
