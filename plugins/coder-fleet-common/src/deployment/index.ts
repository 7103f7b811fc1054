export { changedFields } from './changedFields';
export * from './DeploymentSpec';
export { DATABASE_TYPES } from './databaseSchema';
export {
  MAX_VALIDATED_USERS,
  deploymentFields,
  fieldProblem,
  type DeploymentFieldName,
} from './fields';
export {
  DEPLOYMENT_FORM_FIELDS,
  specOfForm,
  type DeploymentForm,
} from './form';
export * from './formOfSpec';
export * from './jsonSchema';
export { DEFAULT_ACTIVE_SHARE } from './loadSchemas';
export * from './names';
export * from './parse';
export * from './places';
export * from './publishHosts';
export * from './repositoryUrl';
export * from './requestChoices';
export type { MergeObstacle, PullRequestStanding } from './pullRequest';
export * from './state';
export * from './requestDigest';
export * from './requestedDeployment';
export {
  approvalOf,
  parseRequestPolicies,
  REQUEST_APPROVALS,
  REQUEST_POLICIES_KEY,
  type RequestApproval,
  type RequestPolicy,
  requestPolicyProblems,
} from './requestPolicy';
