export * from './DeploymentTopology';
