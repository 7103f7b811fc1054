import type { Deployment } from '../deployment/Deployment';
import { Daemon, daemonsOf } from '../deployment/daemons';
import { PROVISIONER_API_VERSION } from './buildInfo';
import { inOrganization, organizationId } from './organizations';
import { jobsOf, JobSummary, toSummary } from './provisionerJobs';
import { QueryParameters } from './queryParameters';
import { json, Reply } from './reply';
import type { ApiRequest, Route } from './Route';

/** Entries of a list that asks for no other number. Source: Coder, coderd/provisionerdaemons.go. */
const DEFAULT_LIMIT = 50;

const HOUR_MS = 60 * 60 * 1000;

/**
 * Provisioner daemons. Who may not read jobs gets a 404.
 *
 * @internal
 */
export const provisionerDaemonsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/organizations/{organization}/provisionerdaemons',
    access: { read: 'provisioner_jobs', refusal: 'hidden' },
    handle: request => inOrganization(request, () => list(request)),
  },
];

/**
 * A daemon as the health report has it, which does not look up its key, state and jobs.
 *
 * @internal
 */
export function daemonToWire(deployment: Deployment, daemon: Daemon) {
  const { now } = deployment;
  const lastSeen = daemon.offline ? now.getTime() - HOUR_MS : now.getTime();
  return {
    id: daemon.id,
    organization_id: organizationId(deployment),
    key_id: daemon.keyId,
    created_at: deployment.bootedAt.toISOString(),
    last_seen_at: new Date(lastSeen).toISOString(),
    name: daemon.name,
    version: daemon.version,
    api_version: PROVISIONER_API_VERSION,
    provisioners: ['terraform'],
    tags: { owner: '', scope: 'organization' },
    key_name: null as string | null,
    status: null as string | null,
    current_job: null as JobSummary | null,
    previous_job: null as JobSummary | null,
  };
}

/**
 * All daemons with key, state and jobs.
 *
 * @internal
 */
export function listedDaemons(deployment: Deployment) {
  const jobs = jobsOf(deployment);
  const running = new Map(
    jobs
      .filter(({ status }) => status === 'running')
      .map(job => [job.worker_id, job]),
  );
  const done = jobs.filter(({ completed_at }) => completed_at !== undefined);
  return daemonsOf(deployment).map((daemon, index) => {
    const job = running.get(daemon.id);
    const idle = daemon.offline ? 'offline' : 'idle';
    return {
      ...daemonToWire(deployment, daemon),
      key_name: daemon.keyName,
      status: job ? 'busy' : idle,
      current_job: job ? toSummary(job) : null,
      previous_job: toSummary(done[index % done.length]),
    };
  });
}

function list({ deployment, query }: ApiRequest): Reply {
  const parameters = new QueryParameters(query);
  const limit = parameters.count('limit', DEFAULT_LIMIT);
  const ids = parameters.list('ids');
  const statuses = parameters.list('status');
  const tags = Object.entries(parameters.textMap('tags'));
  const offline =
    parameters.flag('offline') || Boolean(statuses?.includes('offline'));
  parameters.text('max_age');
  const refusal = parameters.refusal();
  if (refusal) {
    return refusal;
  }
  const daemons = listedDaemons(deployment).filter(
    daemon =>
      (offline || daemon.status !== 'offline') &&
      (!ids || ids.includes(daemon.id)) &&
      (!statuses || statuses.includes(daemon.status)) &&
      tags.every(
        ([key, value]) =>
          new Map(Object.entries(daemon.tags)).get(key) === value,
      ),
  );
  return json(200, daemons.slice(0, limit || undefined));
}
