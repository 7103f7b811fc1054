export * from './artifact';
export { type ChartName, unknownChartKeys } from './helm/chartKeys';
export { PROVISIONER_KEY_SECRET } from './helm/provisioners';
export { proxyTokenSecret } from './helm/proxy';
export type { EnvVar, HelmValues } from './helm/values';
export { MONITORING_NAMESPACE_LABEL } from './kubernetes/networkPolicies';
export * from './lock';
export * from './planTable';
export * from './render';
