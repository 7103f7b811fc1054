import { z } from 'zod/v3';
import type { ProvisionerJob } from '../provisioningTypes';
import type { Endpoint } from './endpoint';
import { readJson, segment } from './endpoint';
import { mapOf, maybe, measured, wireObject } from './fromWire';

/** Coder gives 50 when nothing is asked for. */
const LIMIT = 1_000;

const jobSchema = wireObject({
  id: maybe(z.string()),
  created_at: maybe(z.string()),
  started_at: maybe(z.string()),
  completed_at: maybe(z.string()),
  canceled_at: maybe(z.string()),
  error: maybe(z.string()),
  error_code: maybe(z.string()),
  status: maybe(z.string()),
  worker_id: maybe(z.string()),
  worker_name: maybe(z.string()),
  tags: mapOf(z.string()),
  queue_position: measured,
  queue_size: measured,
  type: maybe(z.string()),
  metadata: maybe(
    wireObject({
      template_name: maybe(z.string()),
      template_version_name: maybe(z.string()),
      workspace_name: maybe(z.string()),
    }),
  ),
});

function parseProvisionerJobs(wire: unknown): ProvisionerJob[] {
  return z
    .array(jobSchema)
    .parse(wire)
    .map(job => ({
      id: job.id,
      status: job.status,
      type: job.type,
      createdAt: job.created_at,
      startedAt: job.started_at,
      completedAt: job.completed_at,
      canceledAt: job.canceled_at,
      error: job.error || undefined,
      errorCode: job.error_code || undefined,
      workerId: job.worker_id,
      workerName: job.worker_name || undefined,
      queuePosition: job.queue_position,
      queueSize: job.queue_size,
      tags: job.tags,
      templateName: job.metadata?.template_name,
      templateVersionName: job.metadata?.template_version_name,
      workspaceName: job.metadata?.workspace_name || undefined,
    }));
}

/**
 * `GET /api/v2/organizations/{organization}/provisionerjobs`, for Template Admins.
 *
 * @internal
 */
export function provisionerJobsEndpoint(
  organization: string,
  options: { status?: readonly string[] },
): Endpoint<ProvisionerJob[]> {
  const { status = [] } = options;
  return {
    path: `/api/v2/organizations/${segment(organization)}/provisionerjobs`,
    query: {
      limit: String(LIMIT),
      ...(status.length > 0 && { status: status.join(',') }),
    },
    token: 'required',
    read: readJson(parseProvisionerJobs),
  };
}
