export { changedFields } from './changedFields';
export * from './DeploymentSpec';
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
export * from './state';
export * from './requestDigest';
export * from './requestedDeployment';
export * from './requestPolicy';
