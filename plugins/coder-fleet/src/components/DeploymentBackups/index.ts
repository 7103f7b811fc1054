export * from './DeploymentBackups';
