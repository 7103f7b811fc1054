export { DeploymentRepositories } from './DeploymentRepositories';
export type {
  CommitAuthor,
  CommitSummary,
  FileContent,
  PublishOptions,
  PublishResult,
  TreeFile,
} from './types';
