import { ACCOUNTS, userId } from '../deployment/accounts';
import { Daemon, daemonsOf } from '../deployment/daemons';
import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { inOrganization, organizationId } from './organizations';
import { QueryParameters } from './queryParameters';
import { json, Reply } from './reply';
import type { ApiRequest, Route } from './Route';
import { templatesOf } from './templates';

/** Entries of a list that asks for no other number. Source: Coder, coderd/provisionerjobs.go. */
const DEFAULT_LIMIT = 50;

const MINUTE_MS = 60_000;
const FINISHED = ['succeeded', 'succeeded', 'failed', 'succeeded', 'canceled'];

/**
 * Jobs of provisioners: what waits, what runs and what was last done.
 *
 * @internal
 */
export const provisionerJobsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/organizations/{organization}/provisionerjobs',
    access: { read: 'provisioner_jobs', refusal: 'hidden' },
    handle: request => inOrganization(request, () => list(request)),
  },
];

/**
 * A job as it is written down. Times that have not come are left out.
 *
 * @internal
 */
export type Job = ReturnType<typeof job>;

/**
 * A job as a daemon shows it.
 *
 * @internal
 */
export type JobSummary = ReturnType<typeof toSummary>;

/**
 * All jobs, the newest first. No more run than there are daemons; the others wait.
 *
 * @internal
 */
export function jobsOf(deployment: Deployment): Job[] {
  const { pending, starting } = deployment.activity.workspaces;
  const workers = daemonsOf(deployment).filter(({ offline }) => !offline);
  const busy = workers.slice(0, starting);
  const queueSize = pending + starting - busy.length;
  const plans: { status: string; worker?: Daemon }[] = [
    ...Array.from({ length: queueSize }, () => ({ status: 'pending' })),
    ...busy.map(worker => ({ status: 'running', worker })),
    ...FINISHED.map(status => ({ status, worker: workers[0] })),
  ];
  return plans.map((plan, index) =>
    job(deployment, { ...plan, index, queueSize }),
  );
}

/**
 * What a daemon tells of its job.
 *
 * @internal
 */
export function toSummary({ id, status, metadata }: Job) {
  const { template_name, template_icon, template_display_name } = metadata;
  return { id, status, template_name, template_icon, template_display_name };
}

function job(
  deployment: Deployment,
  what: { status: string; worker?: Daemon; index: number; queueSize: number },
) {
  const { status, worker, index } = what;
  const id = uuidFrom(deployment.id, 'job', String(index));
  const templates = templatesOf(deployment);
  const template = templates[index % templates.length];
  const created = deployment.now.getTime() - (index + 1) * MINUTE_MS;
  const time = (minutes: number) =>
    new Date(created + minutes * MINUTE_MS).toISOString();
  const started = status !== 'pending';
  const finished = started && status !== 'running';
  return {
    id,
    created_at: time(0),
    ...(started ? { started_at: time(0.1) } : {}),
    completed_at: finished ? time(0.9) : undefined,
    ...(status === 'canceled' ? { canceled_at: time(0.5) } : {}),
    ...(status === 'failed'
      ? {
          error: 'required template variables need values: region',
          error_code: 'REQUIRED_TEMPLATE_VARIABLES',
        }
      : {}),
    status,
    ...(worker ? { worker_name: worker.name } : {}),
    worker_id: worker?.id,
    file_id: uuidFrom(template.active_version_id, 'file'),
    tags: { owner: '', scope: 'organization' },
    queue_position: started ? 0 : index + 1,
    queue_size: what.queueSize,
    organization_id: organizationId(deployment),
    initiator_id: userId(deployment.id, ACCOUNTS.member.username),
    ...(status === 'failed'
      ? {
          type: 'template_version_import',
          input: { template_version_id: template.active_version_id },
        }
      : {
          type: 'workspace_build',
          input: { workspace_build_id: uuidFrom(id, 'build') },
        }),
    available_workers: [] as string[],
    metadata: {
      template_version_name: template.active_version_name,
      template_id: template.id,
      template_name: template.name,
      template_display_name: template.display_name,
      template_icon: template.icon,
      workspace_id: uuidFrom(deployment.id, 'workspace', String(index)),
      workspace_name: `workspace-${index}`,
    },
    logs_overflowed: false,
  };
}

function list({ deployment, query }: ApiRequest): Reply {
  const parameters = new QueryParameters(query);
  const limit = parameters.count('limit', DEFAULT_LIMIT);
  const ids = parameters.list('ids');
  const statuses = parameters.list('status');
  const initiator = parameters.text('initiator');
  parameters.textMap('tags');
  const refusal = parameters.refusal();
  if (refusal) {
    return refusal;
  }
  const jobs = jobsOf(deployment).filter(
    found =>
      (!ids || ids.includes(found.id)) &&
      (!statuses || statuses.includes(found.status)) &&
      (!initiator || initiator === found.initiator_id),
  );
  return json(200, jobs.slice(0, limit || undefined));
}
