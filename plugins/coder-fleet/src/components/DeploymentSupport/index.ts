export * from './DeploymentSupport';
