export { createCheckAction } from './check';
export { createPlanAction } from './plan';
export { createPublishAzurePullRequestAction } from './publishAzurePullRequest';
export { createPublishBranchAction } from './publishBranch';
export { createPublishGitAction, type PublishGitOptions } from './publishGit';
export { createRegisterAction } from './register';
export { createRenderAction } from './render';
export { createRenderListAction } from './renderList';
export { createWaitAction } from './wait';
