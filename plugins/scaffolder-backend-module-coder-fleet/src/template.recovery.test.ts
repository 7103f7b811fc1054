import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type RegisterRequest,
  parseDeploymentFile,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { mayGrant } from './__testUtils__/mayGrant';
import { type TaskState, runTemplate } from './__testUtils__/scaffolder';
import { FORM, template } from './__testUtils__/template';
import {
  createPlanAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
} from './actions';

jest.setTimeout(60_000);

const store = createMockDirectory();
const work = createMockDirectory();

beforeEach(() => {
  store.clear();
  work.clear();
});

type Kill = { id: string; when: 'before' | 'after' };

/**
 * An action whose process dies before or after its work. It never comes back, since an error would let the
 * scaffolder clean up.
 */
function killed(
  action: TemplateAction,
  options: { when: Kill['when']; die: () => void },
): TemplateAction {
  return {
    ...action,
    handler: async ctx => {
      if (options.when === 'after') {
        await action.handler(ctx);
      }
      options.die();
      await new Promise(() => {});
    },
  };
}

function setup() {
  const repositories = DeploymentRepositories.create({ directory: store.path });
  const registry = new Map<string, RegisterRequest>();
  const client = {
    register: async (name: string, request: RegisterRequest) => {
      const created = !registry.has(name);
      registry.set(name, request);
      return { name, created, entityRef: `system:default/${name}` };
    },
  };
  const actions = [
    createPlanAction({ repositories, ...mayGrant }),
    createRenderAction(),
    createPublishGitAction({
      repositories,
      guard: {
        check: async () => ({ isRegisteredHere: registry.has('aurora') }),
      },
    }),
    createRegisterAction({ client, auth: mockServices.auth() }),
  ] as unknown as TemplateAction[];
  const run = (state: TaskState, those = actions) =>
    runTemplate({
      template,
      parameters: FORM,
      actions: those,
      workingDirectory: work.path,
      state,
    });
  const runAndDie = (state: TaskState, { id, when }: Kill) =>
    new Promise<void>((die, reject) => {
      const mortal = actions.map(action =>
        action.id === id ? killed(action, { when, die }) : action,
      );
      run(state, mortal).catch(reject);
    });
  return { repositories, registry, run, runAndDie };
}

// Those of Git hosts do not run for this form
const steps = template.spec.steps
  .map(({ action }) => action)
  .filter(
    action =>
      action.startsWith('coder-fleet:') &&
      ![
        'coder-fleet:publish:branch',
        'coder-fleet:publish:azure:pull-request',
      ].includes(action),
  );
const kills = steps.flatMap((id, index) =>
  (['before', 'after'] as const).flatMap(when =>
    (['kept', 'lost'] as const).map(disk => ({ id, when, disk, index })),
  ),
);

describe('template coder-deployment, resumed after the backend was killed', () => {
  it.each(kills)(
    'ends the same when that was $when the work of $id and the workspace is $disk',
    async ({ id, when, disk, index }) => {
      const { repositories, registry, run, runAndDie } = setup();
      const state: TaskState = { steps: {} };
      await runAndDie(state, { id, when });
      expect(Object.keys(state.steps)).toHaveLength(index);
      if (disk === 'lost') {
        work.clear();
      }
      const { log, output } = await run(state);
      expect(
        log.filter(line => line.includes('already completed in a previous')),
      ).toHaveLength(index);
      const { text } = await repositories.file(
        'aurora',
        'coder-deployment.yaml',
      );
      const deployment = parseDeploymentFile(text!);
      expect(deployment.spec.displayName).toBe(FORM.displayName);
      for (const { path, content } of render(deployment)) {
        expect((await repositories.file('aurora', path)).text).toBe(content);
      }
      const [commit, ...older] = await repositories.history('aurora');
      expect(older).toEqual([]);
      expect([...registry]).toEqual([
        [
          'aurora',
          {
            deployment,
            repository: {
              type: 'directory',
              location: 'aurora',
              commit: commit.commit,
            },
          },
        ],
      ]);
      expect(output.links).toHaveLength(3);
      expect(output.text?.[0].content).toContain('800 users');
    },
  );
});
