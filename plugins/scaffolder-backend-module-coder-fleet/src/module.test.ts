import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type TemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import scaffolderModuleCoderFleet from '.';

async function registeredActions(
  config: Record<string, unknown> = {},
): Promise<TemplateAction[]> {
  const actions: TemplateAction[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        { addActions: (...added) => void actions.push(...added) },
      ],
    ],
    features: [
      scaffolderModuleCoderFleet,
      mockServices.rootConfig.factory({ data: config as never }),
    ],
  });
  await backend.stop();
  return actions;
}

describe('scaffolderModuleCoderFleet', () => {
  it('brings its actions, each with dry run and examples, without any configuration', async () => {
    const actions = await registeredActions();
    expect(actions.map(({ id }) => id)).toEqual([
      'coder-fleet:plan',
      'coder-fleet:check',
      'coder-fleet:render',
      'coder-fleet:render:list',
      'coder-fleet:publish:git',
      'coder-fleet:publish:branch',
      'coder-fleet:publish:azure:pull-request',
      'coder-fleet:register',
      'coder-fleet:wait',
    ]);
    for (const { supportsDryRun, examples = [] } of actions) {
      expect(supportsDryRun).toBe(true);
      expect(examples.length).toBeGreaterThan(0);
    }
  });

  it('gives every action a JSON schema with described properties, in and out', async () => {
    for (const { schema } of await registeredActions()) {
      for (const side of [schema?.input, schema?.output]) {
        const properties = Object.values(side?.properties ?? {});
        expect(properties.length).toBeGreaterThan(0);
        for (const property of properties) {
          expect(property).toMatchObject({
            type: expect.any(String),
            description: expect.any(String),
          });
        }
      }
    }
  });
});
