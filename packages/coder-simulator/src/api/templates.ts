import { ACCOUNTS, userId } from '../deployment/accounts';
import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { inOrganization, organizationId } from './organizations';
import { json, Reply, RESOURCE_NOT_FOUND } from './reply';
import type { ApiRequest, Route } from './Route';

const HOUR_MS = 60 * 60 * 1000;
const CREATED_AT = '2025-02-03T10:00:00.000Z';

/** What differs between the templates of a deployment. */
const TEMPLATES = [
  { name: 'kubernetes', display_name: 'Kubernetes', share: 0.6 },
  { name: 'data-science', display_name: 'Data Science', share: 0.3 },
  {
    name: 'legacy-vm',
    display_name: 'Legacy VM',
    share: 0.1,
    deprecation_message: 'Use the Kubernetes template instead.',
  },
  // So new that its users were not counted yet.
  { name: 'preview', display_name: 'Preview' },
] as const;

/**
 * Templates, and where the source of their versions comes from.
 *
 * @internal
 */
export const templatesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/templates',
    access: 'member',
    handle: ({ deployment }) =>
      json(200, templatesOf(deployment).map(withoutVersionName)),
  },
  {
    method: 'GET',
    path: '/api/v2/organizations/{organization}/templates',
    access: 'member',
    handle: request =>
      inOrganization(request, () =>
        json(200, templatesOf(request.deployment).map(withoutVersionName)),
      ),
  },
  {
    method: 'GET',
    path: '/api/v2/templates/{template}',
    access: 'member',
    handle: request =>
      found(request, ({ id }) => id === request.parameters.template),
  },
];

/**
 * A template as it is written down, with the name of its active version besides.
 *
 * @internal
 */
export type Template = ReturnType<typeof template>;

/**
 * All templates of a deployment.
 *
 * @internal
 */
export function templatesOf(deployment: Deployment): Template[] {
  return TEMPLATES.map(kind => template(deployment, kind));
}

function found(
  { deployment }: ApiRequest,
  wanted: (candidate: Template) => boolean,
): Reply {
  const match = templatesOf(deployment).find(wanted);
  return match ? json(200, withoutVersionName(match)) : RESOURCE_NOT_FOUND;
}

function withoutVersionName({ active_version_name: _, ...wire }: Template) {
  return wire;
}

function template(deployment: Deployment, kind: (typeof TEMPLATES)[number]) {
  const id = uuidFrom(deployment.id, 'template', kind.name);
  // As in the documented practice, a version is named after the commit that it was made from.
  const commit = uuidFrom(id, 'commit').slice(0, 7);
  const deprecation =
    'deprecation_message' in kind ? kind.deprecation_message : '';
  return {
    id,
    created_at: CREATED_AT,
    updated_at: deployment.bootedAt.toISOString(),
    organization_id: organizationId(deployment),
    organization_name: 'coder',
    organization_display_name: 'Coder',
    organization_icon: '',
    name: kind.name,
    display_name: kind.display_name,
    provisioner: 'terraform',
    active_version_id: uuidFrom(id, 'version', commit),
    active_version_name: commit,
    active_user_count:
      'share' in kind
        ? Math.floor(deployment.activity.users.active * kind.share)
        : -1,
    build_time_stats: {
      start: { P50: 41_200, P95: 96_400 },
      stop: { P50: 12_300, P95: 30_100 },
      // Never deleted yet: there is nothing to take the median of.
      delete: { P50: null, P95: null },
    },
    description: '',
    deprecated: deprecation !== '',
    deprecation_message: deprecation,
    icon: '/icon/k8s.png',
    default_ttl_ms: 8 * HOUR_MS,
    activity_bump_ms: HOUR_MS,
    autostop_requirement: { days_of_week: [], weeks: 1 },
    autostart_requirement: { days_of_week: ['monday', 'friday'] },
    created_by_id: userId(deployment.id, ACCOUNTS.templateAdmin.username),
    created_by_name: ACCOUNTS.templateAdmin.username,
    allow_user_autostart: true,
    allow_user_autostop: true,
    allow_user_cancel_workspace_jobs: true,
    failure_ttl_ms: 0,
    time_til_dormant_ms: 0,
    time_til_dormant_autodelete_ms: 0,
    require_active_version: kind.name === 'kubernetes' && deployment.licensed,
    max_port_share_level: 'owner',
    cors_behavior: 'simple',
    use_classic_parameter_flow: false,
    disable_module_cache: false,
  };
}
