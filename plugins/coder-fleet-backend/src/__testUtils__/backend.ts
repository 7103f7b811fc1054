import type {
  AuditorServiceCreateEventOptions,
  PermissionsService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { CoderClient } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { coderFleetPlugin } from '../plugin';
import { registrationBody } from './deployments';
import { FakeCoder } from './FakeCoder';

// Every answer is checked against the OpenAPI document; one that does not fit becomes a 400
jest.mock('@backstage/backend-openapi-utils', () => {
  const actual = jest.requireActual('@backstage/backend-openapi-utils');
  return {
    ...actual,
    createValidatedOpenApiRouter: (document: unknown, options: object) =>
      actual.createValidatedOpenApiRouter(document, {
        ...options,
        validatorOptions: { validateResponses: true },
      }),
  };
});

/** A policy's decisions by the name of the permission; the rest is allowed. */
export type Decisions = Record<string, PolicyDecision>;

type AuditEvent = Pick<
  AuditorServiceCreateEventOptions,
  'eventId' | 'severityLevel' | 'meta'
> & { outcome: 'success' | string };

function policy(decisions: Decisions): PermissionsService {
  const decide = async (asked: Array<{ permission: { name: string } }>) =>
    asked.map(
      ({ permission }) =>
        decisions[permission.name] ?? { result: AuthorizeResult.ALLOW },
    );
  return {
    authorize: decide as PermissionsService['authorize'],
    authorizeConditional: decide,
  };
}

type ScheduledTask = Parameters<SchedulerService['scheduleTask']>[0]['fn'];

/**
 * The plugin in a backend of its own, with one fake Coder deployment behind every access URL. The tracker's
 * loop does not run.
 */
async function startBackend(options: {
  databases: TestDatabases;
  id: TestDatabaseId;
  decisions?: Decisions;
  coderFleet?: JsonObject;
  readTree?: UrlReaderService['readTree'];
}) {
  const { databases, id, decisions = {}, coderFleet = {} } = options;
  const { readTree } = options;
  const tasks = new Map<string, ScheduledTask>();
  const coder = new FakeCoder();
  jest
    .spyOn(CoderClient, 'create')
    .mockReturnValue(coder as unknown as CoderClient);
  const audit: AuditEvent[] = [];
  const publish = jest.fn(async () => {});
  const backend = await startTestBackend({
    features: [
      coderFleetPlugin,
      mockServices.rootConfig.factory({ data: { coderFleet } }),
      mockServices.database.factory({ knex: await databases.init(id) }),
      mockServices.permissions.mock(policy(decisions)).factory,
      mockServices.events.mock({ publish }).factory,
      mockServices.auditor.mock({
        createEvent: async event => {
          const { eventId, severityLevel, meta, request: asked } = event;
          // As the real one does, which looks whose request it is
          if (asked?.headers.authorization?.includes('cfr_')) {
            throw new Error('Backstage does not know that token');
          }
          const record = (outcome: string) =>
            audit.push({ eventId, severityLevel, meta, outcome });
          return {
            success: async () => void record('success'),
            fail: async ({ error }) => void record(error.message),
          };
        },
      }).factory,
      mockServices.scheduler.mock({
        scheduleTask: async task => void tasks.set(task.id, task.fn),
      }).factory,
      ...(readTree ? [mockServices.urlReader.mock({ readTree }).factory] : []),
    ],
  });
  const api = request(backend.server);
  const base = '/api/coder-fleet';
  return {
    coder,
    audit,
    publish,
    stop: () => backend.stop(),
    /** Runs the task that looks for merged pull requests. */
    runMerges: async () => tasks.get('merges')?.(new AbortController().signal),
    server: backend.server,
    get: (path: string) => api.get(`${base}${path}`),
    put: (path: string, body: object) => api.put(`${base}${path}`).send(body),
    post: (path: string) => api.post(`${base}${path}`),
    delete: (path: string) => api.delete(`${base}${path}`),
  };
}

/**
 * Declares that backends of a suite are stopped after each test, and gives the function that starts one.
 * What is `registered` comes in before `decisions` hold.
 */
export function backendStarter(databases: TestDatabases, id: TestDatabaseId) {
  const running: Array<() => Promise<void>> = [];

  afterEach(async () => {
    await Promise.all(running.splice(0).map(stop => stop()));
    jest.restoreAllMocks();
  });

  return async (
    options: {
      decisions?: Decisions;
      registered?: string[];
      coderFleet?: JsonObject;
      readTree?: UrlReaderService['readTree'];
    } = {},
  ) => {
    const { registered = [], coderFleet, readTree } = options;
    const decisions: Decisions = {};
    const backend = await startBackend({
      databases,
      id,
      decisions,
      coderFleet,
      readTree,
    });
    running.push(backend.stop);
    for (const name of registered) {
      await backend.put(`/deployments/${name}`, registrationBody(name));
    }
    Object.assign(decisions, options.decisions);
    backend.audit.splice(0);
    backend.publish.mockClear();
    return { ...backend, decisions };
  };
}
