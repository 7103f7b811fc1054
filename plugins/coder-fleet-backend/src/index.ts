/**
 * The tracker of Coder Fleet: registry, collectors, API.
 *
 * @packageDocumentation
 */

export { coderFleetPlugin as default } from './plugin';
export { DEPLOYMENTS_TOPIC, type DeploymentEvent } from './events';
export {
  coderFleetConditions,
  createCoderFleetConditionalDecision,
} from './permissions/conditions';
export {
  deploymentResourceRef,
  isInBusinessUnit,
  isInRegion,
  isOwner,
} from './permissions/rules';
export type { DeploymentFilter } from './permissions/scope';
export type { DeploymentResource } from './store/DeploymentStore';
