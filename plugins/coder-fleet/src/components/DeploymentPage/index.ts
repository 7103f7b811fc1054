export * from './DeploymentContent';
export * from './DeploymentPage';
