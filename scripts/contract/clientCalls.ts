import type {
  CoderAttempt,
  CoderClient,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';

/** Ids that calls need. */
export type Ids = { organization: string; templateVersion: string };

/** One call of the client. */
export type ClientCall = (
  coder: CoderClient,
  ids: Ids,
) => Promise<CoderAttempt<unknown>>;

/** Every method of the client, called in every way that changes its request. */
export const CLIENT_CALLS: Readonly<Record<string, readonly ClientCall[]>> = {
  healthz: [coder => coder.healthz()],
  buildInfo: [coder => coder.buildInfo()],
  updateCheck: [coder => coder.updateCheck()],
  authMethods: [coder => coder.authMethods()],
  health: [coder => coder.health(), coder => coder.health({ force: true })],
  dismissedHealthChecks: [coder => coder.dismissedHealthChecks()],
  replicas: [coder => coder.replicas()],
  entitlements: [coder => coder.entitlements()],
  licenses: [coder => coder.licenses()],
  deploymentStats: [coder => coder.deploymentStats()],
  serverOptions: [coder => coder.serverOptions()],
  appearance: [coder => coder.appearance()],
  workspaceProxies: [coder => coder.workspaceProxies()],
  organizations: [coder => coder.organizations()],
  provisionerDaemons: [
    (coder, ids) => coder.provisionerDaemons(ids.organization),
    (coder, ids) =>
      coder.provisionerDaemons(ids.organization, { offline: true }),
  ],
  provisionerJobs: [
    (coder, ids) => coder.provisionerJobs(ids.organization),
    (coder, ids) =>
      coder.provisionerJobs(ids.organization, {
        status: ['pending', 'running'],
      }),
  ],
  provisionerKeys: [(coder, ids) => coder.provisionerKeys(ids.organization)],
  templates: [coder => coder.templates()],
  templateVersion: [(coder, ids) => coder.templateVersion(ids.templateVersion)],
  userCount: [
    coder => coder.userCount(),
    coder => coder.userCount({ search: 'status:active' }),
  ],
  workspaceCount: [
    coder => coder.workspaceCount(),
    coder => coder.workspaceCount({ search: 'status:running' }),
  ],
  authCheck: [
    coder =>
      coder.authCheck({
        sample: { resource: 'debug_info', action: 'read' },
        own: {
          ...{ resource: 'workspace', action: 'read', owner: 'me' },
          organizationId: '27d7c232-2499-445f-a461-f0576fb51b1e',
        },
      }),
  ],
  currentUser: [coder => coder.currentUser()],
  tokens: [coder => coder.tokens()],
  tokenConfig: [coder => coder.tokenConfig()],
};
