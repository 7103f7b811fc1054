import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  type CoderDeployment,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { createPublishGitAction } from '../actions';
import { type RunOptions, runAction } from './runAction';

/**
 * Two of the rendered files.
 *
 * @internal
 */
export const VALUES = 'helm/control-plane/values.yaml';

/** @internal */
export const PROVISIONERS = 'helm/provisioners/eu-west/values.yaml';

/**
 * The time of every commit.
 *
 * @internal
 */
export const NOW = new Date('2026-10-01T12:00:00Z');

/**
 * Runs `coder-fleet:publish:git` on real repositories, which are empty before each test. The guard
 * allows, unless it is told otherwise.
 *
 * @internal
 */
export function publishGitFixture() {
  const store = createMockDirectory();
  const workspace = createMockDirectory();
  beforeEach(() => {
    store.clear();
    workspace.clear();
  });

  function setup(
    options: { isConfigured?: boolean; isRegistered?: boolean } = {},
  ) {
    const { isConfigured = true } = options;
    const repositories = DeploymentRepositories.create({
      directory: store.path,
      clock: () => NOW,
    });
    const publish = jest.spyOn(repositories, 'publish');
    const guard = {
      check: jest.fn(async () => ({
        isRegisteredHere: options.isRegistered ?? true,
      })),
    };
    const action = createPublishGitAction({
      ...(isConfigured && { repositories }),
      guard,
      clock: () => NOW,
    });
    const run = (
      input: Record<string, unknown> = {},
      context: Partial<RunOptions> = {},
    ) =>
      runAction(action, {
        input,
        workspacePath: workspace.path,
        user: { ref: 'user:default/jane' },
        ...context,
      });
    const text = async (path: string) =>
      (await repositories.file('aurora', path)).text;
    const paths = async () =>
      (await repositories.tree('aurora')).map(({ path }) => path);
    return { repositories, publish, guard, run, text, paths };
  }

  function fill(
    deployment: CoderDeployment,
    extra: Record<string, string> = {},
  ) {
    workspace.clear();
    workspace.addContent({
      ...Object.fromEntries(
        render(deployment).map(({ path, content }) => [path, content]),
      ),
      ...extra,
    });
  }

  return { workspace, setup, fill };
}

/**
 * What a person does in the repository: a commit that the renderer knows nothing of.
 *
 * @internal
 */
export async function editByHand(
  repositories: DeploymentRepositories,
  change: { files?: Record<string, string>; remove?: string[] },
): Promise<void> {
  await repositories.publish({
    name: 'aurora',
    files: new Map(Object.entries(change.files ?? {})),
    remove: change.remove,
    message: 'By hand',
    author: { name: 'Joe', email: 'joe@example.com' },
    now: NOW,
  });
}
