import { createMockDirectory } from '@backstage/backend-test-utils';
import { createPublishBranchAction } from '../actions';
import { gitHostAuthorization } from '../gitHost/gitHostAuthorization';
import { HttpGitRemote } from '../gitHost/GitRemote';
import { GitServer, hasGitServer } from './GitServer';
import { type RunOptions, runAction } from './runAction';
import { GIT_HOSTS_CONFIG, INTEGRATIONS } from './standInRemote';

const isThere = hasGitServer();
if (!isThere) {
  process.stderr.write(
    'Skipped: branches were not pushed to a Git server, missing: git with its http-backend\n',
  );
}

/**
 * `describe` where this machine has a Git server, and in CI, where it must.
 *
 * @internal
 */
export const describeWithGit =
  isThere || process.env.CI === 'true' ? describe : describe.skip;

/** @internal */
export const REPO_URL = 'github.com?owner=example&repo=fleet';

/** @internal */
export const LOCATION = 'https://github.com/example/fleet';

/** @internal */
export const REPOSITORY = 'github.com/example/fleet.git';

/** @internal */
export const BRANCH = 'coder-fleet/aurora-1a2b3c4d';

/** @internal */
export const NOW = new Date('2026-10-01T12:00:00Z');

/**
 * Runs `coder-fleet:publish:branch` against a real Git server, to whose requests for github.com go. There is one
 * repository, empty before each test.
 *
 * @internal
 */
export function publishBranchFixture() {
  const workspace = createMockDirectory();
  const server = new GitServer({
    username: 'x-access-token',
    password: 'secret-of-github',
  });
  const guard = { check: jest.fn(async () => ({ isRegisteredHere: true })) };
  const authorization = jest.fn(
    gitHostAuthorization({
      integrations: INTEGRATIONS,
      config: GIT_HOSTS_CONFIG,
    }),
  );
  const action = createPublishBranchAction({
    integrations: INTEGRATIONS,
    connect: async (repository, signal) =>
      new HttpGitRemote({
        repository,
        authorization: await authorization(repository),
        http: server.http,
        signal,
      }),
    guard,
    clock: () => NOW,
  });

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    workspace.clear();
    server.create(REPOSITORY);
    guard.check.mockReset().mockResolvedValue({ isRegisteredHere: true });
    authorization.mockClear();
  });

  const run = (
    input: Record<string, unknown> = {},
    context: Partial<RunOptions> = {},
  ) =>
    runAction(action, {
      input: { repoUrl: REPO_URL, branchName: BRANCH, ...input },
      workspacePath: workspace.path,
      user: { ref: 'user:default/jane' },
      ...context,
    });
  const fill = (files: Record<string, string>) => {
    workspace.clear();
    workspace.addContent(files);
  };
  const pushes = () =>
    server.requests.filter(({ path }) => path.endsWith('/git-receive-pack'));
  return { workspace, server, guard, authorization, run, fill, pushes };
}
