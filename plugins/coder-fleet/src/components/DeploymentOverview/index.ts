export * from './DeploymentOverview';
