import { z } from 'zod/v3';
import type {
  DaemonJob,
  DaemonKeyKind,
  ProvisionerDaemon,
} from '../provisioningTypes';
import type { Endpoint } from './endpoint';
import { readJson, segment } from './endpoint';
import { listOf, mapOf, maybe, wireObject } from './fromWire';

/** Coder gives 50 when nothing is asked for, and the largest validated architecture has 600. */
const LIMIT = 1_000;

/** Source: Coder's SDK. */
const RESERVED_KEYS: Readonly<Record<string, DaemonKeyKind>> = {
  '00000000-0000-0000-0000-000000000001': 'built-in',
  '00000000-0000-0000-0000-000000000002': 'user-auth',
  '00000000-0000-0000-0000-000000000003': 'psk',
};

const jobSchema = maybe(
  wireObject({
    id: maybe(z.string()),
    status: maybe(z.string()),
    template_name: maybe(z.string()),
    template_display_name: maybe(z.string()),
  }),
);

const daemonSchema = wireObject({
  id: maybe(z.string()),
  organization_id: maybe(z.string()),
  key_id: maybe(z.string()),
  key_name: maybe(z.string()),
  created_at: maybe(z.string()),
  last_seen_at: maybe(z.string()),
  name: maybe(z.string()),
  version: maybe(z.string()),
  api_version: maybe(z.string()),
  provisioners: listOf(z.string()),
  tags: mapOf(z.string()),
  status: maybe(z.string()),
  current_job: jobSchema,
  previous_job: jobSchema,
});

function toJob(
  job: z.output<typeof jobSchema> | undefined,
): DaemonJob | undefined {
  return (
    job && {
      id: job.id,
      status: job.status,
      templateName: job.template_name,
      templateDisplayName: job.template_display_name || undefined,
    }
  );
}

function keyKind(keyId: string | undefined): DaemonKeyKind | undefined {
  if (!keyId) {
    return undefined;
  }
  return Object.hasOwn(RESERVED_KEYS, keyId) ? RESERVED_KEYS[keyId] : 'scoped';
}

function parseProvisionerDaemons(wire: unknown): ProvisionerDaemon[] {
  return z
    .array(daemonSchema)
    .parse(wire)
    .map(daemon => ({
      id: daemon.id,
      name: daemon.name,
      organizationId: daemon.organization_id,
      version: daemon.version,
      apiVersion: daemon.api_version,
      status: daemon.status,
      keyId: daemon.key_id,
      keyName: daemon.key_name,
      keyKind: keyKind(daemon.key_id),
      provisioners: daemon.provisioners,
      tags: daemon.tags,
      createdAt: daemon.created_at,
      lastSeenAt: daemon.last_seen_at,
      currentJob: toJob(daemon.current_job),
      previousJob: toJob(daemon.previous_job),
    }));
}

/**
 * `GET /api/v2/organizations/{organization}/provisionerdaemons`, for Template Admins. Offline ones are
 * asked for by a parameter that older servers refuse.
 *
 * @internal
 */
export function daemonsEndpoint(
  organization: string,
  options: { offline?: boolean },
): Endpoint<ProvisionerDaemon[]> {
  return {
    path: `/api/v2/organizations/${segment(organization)}/provisionerdaemons`,
    query: {
      limit: String(LIMIT),
      ...(options.offline && { offline: 'true' }),
    },
    token: 'required',
    read: readJson(parseProvisionerDaemons),
  };
}
