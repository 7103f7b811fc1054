export type { CoderAttempt, CoderFailure } from './attempt';
export type { CoderCallOptions } from './callEndpoint';
export { CoderClient } from './CoderClient';
export type { CoderClientOptions } from './CoderClient';
export type {
  DaemonJob,
  DaemonKeyKind,
  ProvisionerDaemon,
  ProvisionerJob,
  ProvisionerKey,
} from './provisioningTypes';
export type {
  Appearance,
  AuthCheck,
  AuthMethods,
  DeploymentStats,
  Organization,
  Percentiles,
  ServerLicense,
  ServerOption,
  ServerSupportLink,
  ServerTemplate,
  ServerTemplateVersion,
  ServerToken,
  ServerUser,
  UpdateCheck,
  WorkspaceProxy,
} from './types';
