export { changedFields } from './changedFields';
export * from './DeploymentSpec';
export {
  MAX_VALIDATED_USERS,
  deploymentFields,
  fieldProblem,
  type DeploymentFieldName,
} from './fields';
export * from './form';
export * from './jsonSchema';
export { DEFAULT_ACTIVE_SHARE } from './loadSchemas';
export * from './names';
export * from './parse';
export type { MergeObstacle, PullRequestStanding } from './pullRequest';
export * from './state';
export * from './requestDigest';
export * from './requestPolicy';
