import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type RegisterRequest,
  parseDeploymentFile,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { mayGrant } from './__testUtils__/mayGrant';
import { runTemplate } from './__testUtils__/scaffolder';
import { FORM, template } from './__testUtils__/template';
import {
  createPlanAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
} from './actions';

jest.setTimeout(60_000);

const store = createMockDirectory();
const firstWork = createMockDirectory();
const secondWork = createMockDirectory();

beforeEach(() => {
  store.clear();
  firstWork.clear();
  secondWork.clear();
});

type Pause = { before: string; until: Promise<unknown>; reached: () => void };

/** The actions of which one waits before it does anything. */
function paused(actions: TemplateAction[], pause?: Pause): TemplateAction[] {
  return actions.map(action =>
    action.id === pause?.before
      ? {
          ...action,
          handler: async ctx => {
            pause.reached();
            await pause.until;
            await action.handler(ctx);
          },
        }
      : action,
  );
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
      // As for a person who may register it, and change it once it is there.
      guard: {
        check: async () => ({ isRegisteredHere: registry.has('aurora') }),
      },
    }),
    createRegisterAction({ client, auth: mockServices.auth() }),
  ] as unknown as TemplateAction[];
  const run = (
    form: Record<string, unknown>,
    options: { workingDirectory: string; pause?: Pause },
  ) =>
    runTemplate({
      template,
      parameters: { ...FORM, ...form },
      actions: paused(actions, options.pause),
      workingDirectory: options.workingDirectory,
      user: 'user:default/jane',
    });
  /** Two tasks; the second waits where it is told to until the first has ended. */
  const runBoth = async (
    before: string,
    forms: [Record<string, unknown>, Record<string, unknown>],
  ) => {
    let go = () => {};
    const until = new Promise<void>(resolve => {
      go = resolve;
    });
    let second: Promise<unknown> = Promise.resolve();
    await new Promise<void>(reached => {
      second = run(forms[1], {
        workingDirectory: secondWork.path,
        pause: { before, until, reached },
      });
      second.catch(() => {});
    });
    await run(forms[0], { workingDirectory: firstWork.path });
    go();
    return second;
  };
  return { repositories, registry, runBoth };
}

const FIRST = { displayName: 'First' };

describe('two tasks of the template coder-deployment for one name', () => {
  it.each(['coder-fleet:render', 'coder-fleet:publish:git'])(
    'the first one wins, and the second, late before %s, says who has it',
    async before => {
      const { repositories, registry, runBoth } = setup();
      await expect(
        runBoth(before, [FIRST, { displayName: 'Second' }]),
      ).rejects.toThrow(
        /^user:default\/jane published aurora on \S+ at \S+ UTC, after this task had looked at it\. Nothing was changed: look at what is there, and start over$/,
      );
      expect(await repositories.history('aurora')).toHaveLength(1);
      const { text } = await repositories.file(
        'aurora',
        'coder-deployment.yaml',
      );
      expect(parseDeploymentFile(text!).spec.displayName).toBe('First');
      expect(registry.get('aurora')?.deployment.spec.displayName).toBe('First');
    },
  );

  it('both end well when they ask for the same', async () => {
    const { repositories, registry, runBoth } = setup();
    await runBoth('coder-fleet:publish:git', [FIRST, FIRST]);
    expect(await repositories.history('aurora')).toHaveLength(1);
    expect(registry.size).toBe(1);
  });
});
