import { ACCOUNTS, userId } from '../deployment/accounts';
import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { organizationId } from './organizations';
import { json, Reply } from './reply';
import type { ApiRequest, Route } from './Route';
import { matches, page } from './search';
import { templatesOf } from './templates';

const CREATED_AT = '2026-01-05T08:00:00.000Z';

/** One in so many does not run the active version of its template. */
const OUTDATED_EVERY = 5;

/**
 * Workspaces. Who may not read all of them sees their own, with no word about the others.
 *
 * @internal
 */
export const workspacesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/workspaces',
    access: 'member',
    handle: list,
  },
];

type Plan = {
  index: number;
  status: string;
  owner: string;
  outdated: boolean;
};

function plans(deployment: Deployment): Plan[] {
  const { running, starting, pending, failed, stopped } =
    deployment.activity.workspaces;
  const statuses = [
    ...Array.from({ length: running }, () => 'running'),
    ...Array.from({ length: starting }, () => 'starting'),
    ...Array.from({ length: pending }, () => 'pending'),
    ...Array.from({ length: failed }, () => 'failed'),
    ...Array.from({ length: stopped }, () => 'stopped'),
  ];
  return statuses.map((status, index) => ({
    index,
    status,
    owner:
      index === 0
        ? ACCOUNTS.member.username
        : `user-${String(index).padStart(5, '0')}`,
    outdated: index % OUTDATED_EVERY === 1,
  }));
}

function list({ deployment, actor, query }: ApiRequest): Reply {
  const { refusal, slice } = page(query);
  if (refusal) {
    return refusal;
  }
  const all = permits(actor?.roles ?? [], 'read', 'workspace');
  const found = plans(deployment).filter(
    ({ status, owner, outdated }) =>
      (all || owner === actor?.username) &&
      matches(query, { status, owner, outdated: String(outdated) }),
  );
  return json(200, {
    workspaces: slice(found).map(plan => workspace(deployment, plan)),
    count: found.length,
  });
}

function workspace(deployment: Deployment, plan: Plan) {
  const templates = templatesOf(deployment);
  const template = templates[plan.index % templates.length];
  const id = uuidFrom(deployment.id, 'workspace', String(plan.index));
  return {
    id,
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    owner_id: userId(deployment.id, plan.owner),
    owner_name: plan.owner,
    owner_avatar_url: '',
    organization_id: organizationId(deployment),
    organization_name: 'coder',
    template_id: template.id,
    template_name: template.name,
    template_display_name: template.display_name,
    template_icon: template.icon,
    template_allow_user_cancel_workspace_jobs: true,
    template_active_version_id: template.active_version_id,
    template_require_active_version: template.require_active_version,
    template_use_classic_parameter_flow: false,
    latest_build: build(deployment, plan, id),
    latest_app_status: null,
    outdated: plan.outdated,
    name: `workspace-${plan.index}`,
    ttl_ms: template.default_ttl_ms,
    last_used_at: deployment.now.toISOString(),
    deleting_at: null,
    dormant_at: null,
    health: { healthy: plan.status !== 'failed', failing_agents: [] },
    automatic_updates: 'never',
    allow_renames: false,
    favorite: false,
    next_start_at: null,
    is_prebuild: false,
  };
}

function build(deployment: Deployment, plan: Plan, workspaceId: string) {
  const templates = templatesOf(deployment);
  const template = templates[plan.index % templates.length];
  return {
    id: uuidFrom(workspaceId, 'build'),
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    workspace_id: workspaceId,
    workspace_name: `workspace-${plan.index}`,
    workspace_owner_id: userId(deployment.id, plan.owner),
    workspace_owner_name: plan.owner,
    template_version_id: plan.outdated
      ? uuidFrom(template.id, 'version', 'before')
      : template.active_version_id,
    template_version_name: plan.outdated
      ? '0a1b2c3'
      : template.active_version_name,
    build_number: 1 + (plan.index % 7),
    transition: plan.status === 'stopped' ? 'stop' : 'start',
    initiator_id: userId(deployment.id, plan.owner),
    initiator_name: plan.owner,
    reason: 'initiator',
    resources: [],
    // Written as the zero time when a workspace runs until it is stopped.
    deadline: '0001-01-01T00:00:00Z',
    max_deadline: '0001-01-01T00:00:00Z',
    status: plan.status,
    daily_cost: 0,
  };
}
