export * from './artifact';
export * from './deploymentListFile';
export { type ChartName, unknownChartKeys } from './helm/chartKeys';
export {
  CONTROL_PLANE_NODES,
  DATABASE_NODES,
  NODE_GROUP_LABEL,
} from './helm/pods';
export { PROVISIONER_KEY_SECRET } from './helm/provisioners';
export { proxyTokenSecret } from './helm/proxy';
export type { EnvVar, HelmValues } from './helm/values';
export {
  GATEWAY_NAMESPACE_LABEL,
  MONITORING_NAMESPACE_LABEL,
} from './kubernetes/policy';
export * from './lock';
export * from './planTable';
export * from './render';
export * from './renderMany';
