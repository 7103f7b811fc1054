export { DeploymentRepositories } from './DeploymentRepositories';
export { GitTrees } from './GitTrees';
export { printable } from './printable';
export type {
  CommitAuthor,
  CommitSummary,
  FileContent,
  PublishOptions,
  PublishResult,
  TreeFile,
} from './types';
export {
  assertFilePath,
  assertRefName,
  cleanAuthor,
  cleanMessage,
} from './validation';
