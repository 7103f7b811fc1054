/**
 * The fields of the form `coder-deployment`. None of them is a secret.
 *
 * @public
 */
export const DEPLOYMENT_FORM_FIELDS = [
  'name',
  'displayName',
  'owner',
  'businessUnit',
  'edition',
  'expectedUsers',
  'activeShare',
  'runningWorkspaces',
  'concurrentBuilds',
  'aiAgents',
  'aiGateway',
  'workspaceCpu',
  'workspaceMemory',
  'region',
  'cluster',
  'accessUrl',
  'wildcardUrl',
  'databaseSecretName',
  'databaseSecretKey',
  'databaseHighlyAvailable',
  'databaseEncryption',
  'backupSchedule',
  'backupRetentionDays',
  'releaseBy',
  'channel',
  'version',
  'supportLinks',
] as const;

/**
 * What somebody has filled in so far. Nothing is known of the values: people type.
 *
 * @public
 */
export type DeploymentForm = Readonly<
  Partial<Record<(typeof DEPLOYMENT_FORM_FIELDS)[number], unknown>>
>;

/**
 * The spec that a form asks for, as the template of the same name makes it; what was not filled in is
 * `undefined`. Checks nothing: see {@link toDeployment}.
 *
 * @public
 */
export function specOfForm(form: DeploymentForm): Record<string, unknown> {
  const given = (...values: unknown[]) => values.some(Boolean);
  return {
    displayName: form.displayName,
    owner: form.owner,
    businessUnit: form.businessUnit,
    edition: form.edition,
    users: { expected: form.expectedUsers, activeShare: form.activeShare },
    workspaces: given(
      form.runningWorkspaces,
      form.concurrentBuilds,
      form.workspaceCpu,
      form.workspaceMemory,
    )
      ? {
          running: form.runningWorkspaces,
          concurrentBuilds: form.concurrentBuilds,
          cpu: form.workspaceCpu,
          memoryGiB: form.workspaceMemory,
        }
      : undefined,
    ai: given(form.aiAgents, form.aiGateway)
      ? { agents: form.aiAgents || 0, gateway: form.aiGateway || false }
      : undefined,
    regions: [{ name: form.region, cluster: form.cluster }],
    accessUrl: form.accessUrl,
    wildcardUrl: form.wildcardUrl || undefined,
    database: {
      type: 'external',
      connectionSecret: {
        name: form.databaseSecretName,
        key: form.databaseSecretKey,
      },
      highlyAvailable: form.databaseHighlyAvailable,
      encryption: form.databaseEncryption ? { enabled: true } : undefined,
    },
    backup: {
      schedule: form.backupSchedule,
      retentionDays: form.backupRetentionDays,
    },
    release:
      form.releaseBy === 'version'
        ? { version: form.version }
        : { channel: form.channel },
    supportLinks: form.supportLinks,
  };
}
