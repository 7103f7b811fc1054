import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  TaskContext,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { mockCredentials } from '@backstage/backend-test-utils';

/**
 * A task as the scaffolder makes it of a template and the values of its form.
 *
 * @internal
 */
export type TaskRun = {
  output: {
    links?: Array<Record<string, string>>;
    text?: Array<Record<string, unknown>>;
  };
  log: string[];
};

type Runner = {
  execute(task: unknown): Promise<{ output: TaskRun['output'] }>;
};

type RunnerClass = new (options: Record<string, unknown>) => Runner;

/**
 * The installed scaffolder's own workflow engine. It is not exported, and a whole scaffolder would need
 * a database; the text of templates must go through the real one all the same.
 */
function workflowRunner(): RunnerClass {
  const home = dirname(
    require.resolve('@backstage/plugin-scaffolder-backend/package.json'),
  );
  const path = 'dist/scaffolder/tasks/NunjucksWorkflowRunner.cjs.js';
  return createRequire(join(home, 'package.json'))(join(home, path))
    .NunjucksWorkflowRunner;
}

/**
 * Checks values by a JSON schema with the library that the scaffolder checks forms with; returns what
 * is wrong.
 *
 * @internal
 */
export function schemaErrors(value: unknown, schema: unknown): string[] {
  const { validate } = createRequire(
    require.resolve('@backstage/plugin-scaffolder-backend/package.json'),
  )('jsonschema');
  return validate(value, schema).errors.map(String);
}

/**
 * What the scaffolder keeps of a task in its database, for when it resumes: steps that are complete.
 *
 * @internal
 */
export type TaskState = { steps: Record<string, object> };

/**
 * Runs the steps and the output of a template with the real workflow engine, task recovery enabled. With
 * the `state` of an earlier run it resumes that.
 *
 * @internal
 */
export async function runTemplate(options: {
  template: { spec: { steps: unknown; output: unknown } };
  parameters: Record<string, unknown>;
  actions: TemplateAction[];
  workingDirectory: string;
  isDryRun?: boolean;
  state?: TaskState;
  user?: string;
}): Promise<TaskRun> {
  const { template, parameters, actions, workingDirectory, isDryRun } = options;
  const { state = { steps: {} }, user = 'user:default/guest' } = options;
  const log: string[] = [];
  const instrument = { add: () => undefined, record: () => undefined };
  const Runner = workflowRunner();
  const runner = new Runner({
    workingDirectory,
    integrations: { azure: { byHost: () => undefined } },
    actionRegistry: {
      get: async (id: string) => actions.find(action => action.id === id),
    },
    logger: mockServices.logger.mock(),
    config: mockServices.rootConfig({
      data: { scaffolder: { taskRecovery: { enabled: true } } },
    }),
    metrics: {
      createCounter: () => instrument,
      createHistogram: () => instrument,
    },
  });
  const task: Partial<TaskContext> = {
    taskId: 'task',
    spec: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      parameters: parameters as never,
      steps: template.spec.steps as never,
      output: template.spec.output as never,
      user: { ref: user },
    },
    cancelSignal: new AbortController().signal,
    isDryRun,
    secrets: {},
    done: false,
    emitLog: async message => void log.push(message),
    complete: async () => undefined,
    getTaskState: async () => ({ state }),
    updateStepState: async ({ stepId, ...step }) => {
      // As through the database: what is no JSON would get lost.
      state.steps[stepId] = JSON.parse(JSON.stringify(step));
    },
    getWorkspaceName: async () => 'task',
    getInitiatorCredentials: async () => mockCredentials.user(),
  };
  const { output } = await runner.execute(task);
  return { output, log };
}
