export { DeploymentRepositories } from './DeploymentRepositories';
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
