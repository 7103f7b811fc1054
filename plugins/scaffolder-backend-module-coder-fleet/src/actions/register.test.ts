import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type {
  RegisterRequest,
  RegisterResponse,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import { responseError } from '../__testUtils__/responseError';
import { runAction } from '../__testUtils__/runAction';
import { createRegisterAction } from './register';

const workspace = createMockDirectory();

/** A registry that keeps what was registered. */
function setup() {
  const registry = new Map<string, RegisterRequest>();
  const client = {
    register: jest.fn(
      async (
        name: string,
        request: RegisterRequest,
      ): Promise<RegisterResponse> => {
        const created = !registry.has(name);
        registry.set(name, request);
        return { name, created, entityRef: `system:default/${name}` };
      },
    ),
  };
  const auth = mockServices.auth.mock({
    getPluginRequestToken: async () => ({ token: 'initiator-token' }),
  });
  const run = (
    options: {
      isDryRun?: boolean;
      input?: Record<string, unknown>;
      signal?: AbortSignal;
    } = {},
  ) =>
    runAction(createRegisterAction({ client, auth }), {
      input: { deployment: deploymentOf(), ...options.input },
      workspacePath: workspace.path,
      isDryRun: options.isDryRun,
      signal: options.signal,
    });
  return { registry, client, auth, run };
}

const repository = {
  type: 'directory' as const,
  location: 'aurora',
  commit: 'c0ffee',
};

describe('coder-fleet:register', () => {
  it('registers the deployment with its repository, in the name of who runs the task', async () => {
    const { client, auth, run } = setup();
    const { signal } = new AbortController();
    const { outputs } = await run({ input: { repository }, signal });
    expect(auth.getPluginRequestToken).toHaveBeenCalledWith({
      onBehalfOf: mockCredentials.user(),
      targetPluginId: 'coder-fleet',
    });
    expect(client.register.mock.calls).toEqual([
      [
        'aurora',
        { deployment: deploymentOf(), repository },
        { token: 'initiator-token', signal },
      ],
    ]);
    expect(outputs).toEqual({
      name: 'aurora',
      entityRef: 'system:default/aurora',
      url: '/coder-fleet/aurora',
      created: true,
    });
  });

  it('requests a deployment that a pull request brings, and says what is waited for', async () => {
    const { registry, run } = setup();
    const pullRequest = 'https://github.com/example/aurora/pull/7';
    const requested = {
      type: 'url',
      location: 'https://github.com/example/aurora',
      pullRequest,
    };
    const { log } = await run({ input: { repository: requested } });
    expect(registry.get('aurora')?.repository).toEqual(requested);
    expect(log).toContain(
      `Requested aurora; it is tracked once ${pullRequest} is merged`,
    );
  });

  it('leaves one deployment when it runs twice', async () => {
    const { registry, run } = setup();
    await run();
    const { log, outputs } = await run();
    expect([...registry.keys()]).toEqual(['aurora']);
    expect(outputs.created).toBe(false);
    expect(log).toContain('aurora was registered before; it is up to date now');
  });

  it('registers nothing in a dry run', async () => {
    const { client, run } = setup();
    const { outputs } = await run({ isDryRun: true });
    expect(client.register).not.toHaveBeenCalled();
    expect(outputs).toEqual({
      name: 'aurora',
      entityRef: 'system:default/aurora',
      url: '/coder-fleet/aurora',
      created: false,
    });
  });

  it('says what the tracker said, and no token', async () => {
    const { client, run } = setup();
    client.register.mockRejectedValueOnce(
      await responseError(409, {
        name: 'ConflictError',
        message: 'The name is taken',
      }),
    );
    const attempt = run();
    await expect(attempt).rejects.toThrow(
      'Coder Fleet did not register aurora; caused by ConflictError: The name is taken',
    );
    await expect(attempt).rejects.not.toThrow(/initiator-token/);
  });

  it('puts no token into log or outputs', async () => {
    const { run } = setup();
    expect(JSON.stringify(await run())).not.toContain('initiator-token');
  });
});
