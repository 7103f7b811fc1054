import type { Deployment } from '../deployment/Deployment';
import { json, toJson } from './reply';
import type { Route } from './Route';

/** Licensed features. Source: Coder's SDK, v2.30. */
const FEATURES = [
  'user_limit',
  'audit_log',
  'connection_log',
  'browser_only',
  'scim',
  'template_rbac',
  'user_role_management',
  'high_availability',
  'multiple_external_auth',
  'external_provisioner_daemons',
  'appearance',
  'advanced_template_scheduling',
  'workspace_proxy',
  'external_token_encryption',
  'workspace_batch_actions',
  'task_batch_actions',
  'access_control',
  'control_shared_ports',
  'custom_roles',
  'multiple_organizations',
  'workspace_prebuilds',
  'managed_agent_limit',
  'workspace_external_agent',
  'aibridge',
  'boundary',
  'ai_governance_user_limit',
] as const;

/** Entitled by a licence, but only used when a server option says so. */
const OFF_BY_DEFAULT: ReadonlySet<string> = new Set([
  'browser_only',
  'scim',
  'external_token_encryption',
  'aibridge',
]);

/** Warned of when the licence has fewer days left. Source: Coder, enterprise/coderd/license. */
const WARNING_DAYS = 30;

/**
 * Licence and features. Not in an OSS build.
 *
 * @internal
 */
export const entitlementsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/entitlements',
    access: 'anyone',
    enterprise: true,
    handle: ({ deployment }) =>
      json(
        200,
        deployment.cached('entitlements', () =>
          toJson(entitlements(deployment)),
        ),
      ),
  },
];

/**
 * Warnings about the licence, as the header of every answer gives them; empty without any.
 *
 * @internal
 */
export function entitlementsWarning(deployment: Deployment): string {
  return licenseWarnings(deployment).join(', ');
}

function entitlements(deployment: Deployment) {
  return {
    features: Object.fromEntries(
      FEATURES.map(name => [name, feature(deployment, name)]),
    ),
    warnings: licenseWarnings(deployment),
    errors: licenseErrors(deployment),
    has_license: deployment.licensed,
    trial: false,
    require_telemetry: false,
    refreshed_at: deployment.bootedAt.toISOString(),
  };
}

function feature(deployment: Deployment, name: string) {
  if (!deployment.licensed) {
    return { entitlement: 'not_entitled', enabled: false };
  }
  return {
    entitlement:
      deployment.license.state === 'grace' ? 'grace_period' : 'entitled',
    enabled: !OFF_BY_DEFAULT.has(name),
    ...(name === 'user_limit'
      ? {
          limit: deployment.config.users,
          actual: deployment.activity.users.active,
        }
      : {}),
  };
}

function licenseWarnings({ license }: Deployment): string[] {
  if (license.state === 'grace') {
    return [
      'High Availability is enabled but your license for this feature is expired.',
    ];
  }
  return license.state === 'valid' && license.daysLeft <= WARNING_DAYS
    ? [`Your license expires in ${license.daysLeft} days.`]
    : [];
}

function licenseErrors(deployment: Deployment): string[] {
  return !deployment.licensed && deployment.config.replicas > 1
    ? [
        'You have multiple replicas but high availability is an Enterprise feature. You will be unable to connect to workspaces.',
      ]
    : [];
}
