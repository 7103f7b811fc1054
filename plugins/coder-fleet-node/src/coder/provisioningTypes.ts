/**
 * A job as a provisioner daemon shows it.
 *
 * @public
 */
export type DaemonJob = {
  id?: string;
  status?: string;
  templateName?: string;
  templateDisplayName?: string;
};

/**
 * How a provisioner daemon was let in: inside the control plane, with a user's token, with the
 * pre-shared key, or with a key of its own.
 *
 * @public
 */
export type DaemonKeyKind = 'built-in' | 'user-auth' | 'psk' | 'scoped';

/**
 * A provisioner daemon.
 *
 * @public
 */
export type ProvisionerDaemon = {
  id?: string;
  name?: string;
  organizationId?: string;
  version?: string;
  apiVersion?: string;
  /** `idle`, `busy`, `offline`, or a state of the future. */
  status?: string;
  keyId?: string;
  keyName?: string;
  keyKind?: DaemonKeyKind;
  provisioners: string[];
  tags: Record<string, string>;
  createdAt?: string;
  lastSeenAt?: string;
  currentJob?: DaemonJob;
  previousJob?: DaemonJob;
};

/**
 * A job of the provisioners: pending ones are the queue.
 *
 * @public
 */
export type ProvisionerJob = {
  id?: string;
  /** `pending`, `running`, `succeeded`, `canceling`, `canceled`, `failed`, `unknown`, or another. */
  status?: string;
  /** `workspace_build`, `template_version_import`, `template_version_dry_run`, or another. */
  type?: string;
  createdAt?: string;
  startedAt?: string;
  completedAt?: string;
  canceledAt?: string;
  error?: string;
  errorCode?: string;
  workerId?: string;
  workerName?: string;
  /** From 1; 0 once it has started. */
  queuePosition?: number;
  queueSize?: number;
  tags: Record<string, string>;
  templateName?: string;
  templateVersionName?: string;
  workspaceName?: string;
};

/**
 * A key with which external provisioners are let in. The key itself is never shown.
 *
 * @public
 */
export type ProvisionerKey = {
  id?: string;
  name?: string;
  organizationId?: string;
  tags: Record<string, string>;
  createdAt?: string;
};
