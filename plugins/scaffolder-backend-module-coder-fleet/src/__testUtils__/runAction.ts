import { mockServices } from '@backstage/backend-test-utils';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

/**
 * What a run of an action left: its log line by line, how many messages that were, and its outputs.
 *
 * @internal
 */
export type ActionRun = {
  log: string[];
  messages: number;
  outputs: Record<string, unknown>;
};

/**
 * What an action runs with. `log` takes the lines, also those before an error.
 *
 * @internal
 */
export type RunOptions = Partial<
  Pick<ActionContext<{}>, 'isDryRun' | 'signal' | 'user'>
> & {
  input: object;
  workspacePath: string;
  log?: string[];
};

/**
 * Runs an action, and throws what it throws.
 *
 * @internal
 */
export async function runAction(
  action: { handler(ctx: never): Promise<void> },
  options: RunOptions,
): Promise<ActionRun> {
  const { log = [], input, workspacePath, ...context } = options;
  const run: ActionRun = {
    log,
    messages: 0,
    outputs: {},
  };
  const write = (message: string) => {
    run.messages += 1;
    log.push(...message.split('\n'));
  };
  const ctx: ActionContext<{}, Record<string, never>> = {
    ...createMockActionContext({ workspacePath }),
    ...context,
    input,
    logger: mockServices.logger.mock({
      info: write,
      warn: write,
      error: write,
    }),
    output: (name, value) => {
      run.outputs[name] = value;
    },
  };
  await action.handler(ctx as never);
  return run;
}
