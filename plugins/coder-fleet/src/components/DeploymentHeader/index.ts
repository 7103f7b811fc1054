export * from './DeploymentHeader';
export * from './MergeWait';
