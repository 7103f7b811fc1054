export * from './DeploymentHeader';
