import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { parse } from 'yaml';
import { mayGrant } from '../__testUtils__/mayGrant';
import { deploymentOf } from '../__testUtils__/deployments';
import { FakeAzureDevOps } from '../__testUtils__/FakeAzureDevOps';
import { runAction } from '../__testUtils__/runAction';
import { INTEGRATIONS, standInRemote } from '../__testUtils__/standInRemote';
import {
  createCheckAction,
  createPlanAction,
  createPublishAzurePullRequestAction,
  createPublishBranchAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
  createRenderListAction,
  createWaitAction,
} from '.';

const store = createMockDirectory();
const workspace = createMockDirectory();

const client = {
  register: async (name: string) => ({
    name,
    created: true,
    entityRef: `system:default/${name}`,
  }),
};
const auth = mockServices.auth();
const repositories = DeploymentRepositories.create({ directory: store.path });

const actions = [
  createPlanAction({ repositories, ...mayGrant }),
  createCheckAction(),
  createRenderAction(),
  createRenderListAction({ repositories, ...mayGrant }),
  createPublishGitAction({
    repositories,
    guard: { check: async () => ({ isRegisteredHere: true }) },
  }),
  createPublishBranchAction({
    integrations: INTEGRATIONS,
    connect: standInRemote(),
    guard: mayGrant.guard,
  }),
  createPublishAzurePullRequestAction({
    integrations: INTEGRATIONS,
    authorization: async () => 'Basic none',
    fetch: new FakeAzureDevOps().fetch,
  }),
  createRegisterAction({ client, auth }),
  createWaitAction({
    client: {
      getDeployment: async () =>
        ({ state: 'healthy', stateReason: 'All is well' }) as never,
    },
    auth,
  }),
] as unknown as TemplateAction[];

const examples = actions.flatMap(action =>
  (action.examples ?? []).map(({ description, example }) => ({
    id: action.id,
    description,
    action,
    steps: parse(example).steps as Array<{ action: string; input?: object }>,
  })),
);

beforeEach(() => {
  store.clear();
  const artifacts = render(deploymentOf());
  workspace.setContent(
    Object.fromEntries(
      ['', 'deployments/aurora/'].flatMap(directory =>
        artifacts.map(({ path, content }) => [`${directory}${path}`, content]),
      ),
    ),
  );
});

/** What the examples of each action gave. */
const given = new Map<string, string[]>();

describe('examples', () => {
  it.each(examples)('$id: $description', async ({ id, action, steps }) => {
    expect(steps.map(step => step.action)).toEqual([id]);
    const { outputs } = await runAction(action, {
      input: { ...steps[0].input },
      workspacePath: workspace.path,
    });
    const { properties = {}, required = [] } = action.schema?.output ?? {};
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining(Object.keys(outputs)),
    );
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(required as string[]),
    );
    given.set(id, [...(given.get(id) ?? []), ...Object.keys(outputs)]);
  });

  it.each(actions.map(({ id, schema }) => ({ id, schema })))(
    'of $id give every output that it has',
    ({ id, schema }) => {
      expect(given.get(id)).toEqual(
        expect.arrayContaining(Object.keys(schema?.output?.properties ?? {})),
      );
    },
  );
});
