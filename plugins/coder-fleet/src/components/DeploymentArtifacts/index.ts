export * from './DeploymentArtifacts';
