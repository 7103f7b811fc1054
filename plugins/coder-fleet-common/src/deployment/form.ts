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
  'furtherRegions',
  'organizations',
  'exposure',
  'ingressClass',
  'gatewayName',
  'gatewayNamespace',
  'certificate',
  'tlsSecret',
  'tlsIssuer',
  'databaseType',
  'databaseVersion',
  'databaseSecretName',
  'databaseSecretKey',
  'databaseHighlyAvailable',
  'databaseStorageClass',
  'databaseObjectStore',
  'databaseObjectStoreEndpoint',
  'databaseEncryption',
  'backupSchedule',
  'backupRetentionDays',
  'backupDrillSchedule',
  'backupDestination',
  'backupVolumeSize',
  'backupRemote',
  'backupImage',
  'releaseBy',
  'channel',
  'version',
  'delivery',
  'repositoryUrl',
  'observability',
  'logstream',
  'registry',
  'chartRepository',
  'pullSecret',
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
 * The spec that a form asks for; what was not filled in, or was emptied again, is left out. An answer that
 * belongs to another choice than the one that was made does not count: forms keep it when somebody changes
 * their mind. Checks nothing: see {@link toDeployment}.
 *
 * @public
 */
export function specOfForm(form: DeploymentForm): Record<string, unknown> {
  return {
    displayName: form.displayName,
    owner: form.owner,
    businessUnit: form.businessUnit,
    edition: form.edition,
    users: given({
      expected: form.expectedUsers,
      activeShare: form.activeShare,
    }),
    workspaces: whenAny({
      running: form.runningWorkspaces,
      concurrentBuilds: form.concurrentBuilds,
      cpu: form.workspaceCpu,
      memoryGiB: form.workspaceMemory,
    }),
    ai:
      form.aiAgents || form.aiGateway
        ? { agents: form.aiAgents || 0, gateway: form.aiGateway || false }
        : undefined,
    regions: [
      { name: form.region, cluster: form.cluster },
      ...furtherRegions(form.furtherRegions),
    ],
    accessUrl: form.accessUrl,
    wildcardUrl: form.wildcardUrl || undefined,
    organizations: notEmpty(form.organizations),
    exposure: exposure(form),
    database: database(form),
    backup: given({
      schedule: form.backupSchedule,
      retentionDays: form.backupRetentionDays,
      drillSchedule: form.backupDrillSchedule,
      destination:
        form.backupDestination === 'rclone'
          ? given({ type: 'rclone', remote: form.backupRemote })
          : whenAny(
              { size: form.backupVolumeSize },
              { type: form.backupDestination || 'volume' },
            ),
      image: form.backupImage || undefined,
    }),
    release:
      form.releaseBy === 'version'
        ? { version: form.version }
        : { channel: form.channel },
    delivery: form.delivery
      ? given({
          type: form.delivery,
          repositoryUrl: form.repositoryUrl,
        })
      : undefined,
    observability:
      form.observability || form.logstream
        ? given({
            type: form.observability || 'annotations',
            logstream: form.logstream || undefined,
          })
        : undefined,
    airGap: form.registry
      ? given({
          registry: form.registry,
          chartRepository: form.chartRepository,
          pullSecret: form.pullSecret,
        })
      : undefined,
    supportLinks: form.supportLinks,
  };
}

/** One row of the form's further regions. */
type RegionRow = {
  name?: unknown;
  cluster?: unknown;
  share?: unknown;
  proxyAccessUrl?: unknown;
  proxyWildcardUrl?: unknown;
};

function furtherRegions(rows: unknown): unknown[] {
  return Array.isArray(rows)
    ? rows.map((row: RegionRow | undefined) =>
        given({
          name: row?.name,
          cluster: row?.cluster,
          share: row?.share,
          proxy: row?.proxyAccessUrl
            ? given({
                accessUrl: row.proxyAccessUrl,
                wildcardUrl: row.proxyWildcardUrl,
              })
            : undefined,
        }),
      )
    : [];
}

/** A list without rows was not filled in. */
function notEmpty(list: unknown): unknown {
  return Array.isArray(list) && list.length === 0 ? undefined : list;
}

function exposure(form: DeploymentForm): unknown {
  const { certificate } = form;
  if (form.exposure === 'gateway') {
    return given({
      type: 'gateway',
      gateway: whenAny({
        name: form.gatewayName,
        namespace: form.gatewayNamespace,
      }),
    });
  }
  if (!form.exposure && (!certificate || certificate === 'none')) {
    return undefined;
  }
  return given({
    type: form.exposure || 'load-balancer',
    className: form.exposure === 'ingress' ? form.ingressClass : undefined,
    tls: tls(form),
  });
}

function tls(form: DeploymentForm): unknown {
  switch (form.certificate) {
    case 'secret':
      return given({ secret: form.tlsSecret });
    case 'cert-manager':
      return given({
        secret: form.tlsSecret,
        issuer: { name: form.tlsIssuer },
      });
    default:
      return undefined;
  }
}

function database(form: DeploymentForm): unknown {
  const type = form.databaseType || 'external';
  const isOurs = type === 'cloudnative-pg';
  return given({
    type,
    version: form.databaseVersion,
    // CloudNativePG makes the Secret of its own database
    connectionSecret: isOurs
      ? undefined
      : { name: form.databaseSecretName, key: form.databaseSecretKey },
    highlyAvailable: form.databaseHighlyAvailable,
    storageClass: isOurs ? form.databaseStorageClass : undefined,
    objectStore:
      isOurs && form.databaseObjectStore
        ? given({
            destinationPath: form.databaseObjectStore,
            endpointUrl: form.databaseObjectStoreEndpoint,
          })
        : undefined,
    encryption: form.databaseEncryption ? { enabled: true } : undefined,
  });
}

/**
 * Without what was not filled in, or was emptied again.
 *
 * @internal
 */
export function given(
  fields: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '' && value !== null,
    ),
  );
}

/** Like {@link given}; nothing at all when nothing of it was filled in. */
function whenAny(
  fields: Record<string, unknown>,
  always: Record<string, unknown> = {},
): Record<string, unknown> | undefined {
  const filled = given(fields);
  return Object.keys(filled).length > 0 || Object.keys(always).length > 0
    ? { ...always, ...filled }
    : undefined;
}
