/**
 * A simulated Coder API server for the demo and the tests.
 *
 * @packageDocumentation
 */

export { SIMULATED_ROUTES } from './api/routes';
export { CoderSimulator } from './CoderSimulator';
export type { CoderSimulatorOptions } from './CoderSimulator';
export type { BootOptions } from './deployment/bootConfig';
export type { DeploymentState } from './deployment/Deployment';
export type {
  DeploymentConfig,
  Edition,
  ProvisionerRelease,
  ProxyRelease,
  SupportLink,
} from './deployment/DeploymentConfig';
export type { TokenSet } from './deployment/identity';
export { HEALTH_SECTIONS } from './faults/faults';
export type { Faults, HealthFault, HealthSection } from './faults/faults';
export type { DeploymentStatus } from './status';
