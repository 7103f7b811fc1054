import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { json } from './reply';
import type { Route } from './Route';

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
          ? [license(deployment)]
          : null,
      ),
  },
];

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
