export * from './DeploymentHealth';
