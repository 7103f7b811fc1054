export * from './deploymentChanges';
export {
  isOnlyRestamped,
  type FileChange,
  type HandEditedFile,
} from './fileChanges';
export * from './presentDeployment';
