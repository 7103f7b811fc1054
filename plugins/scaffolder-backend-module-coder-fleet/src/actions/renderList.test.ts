import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  render,
  type RequestDecision,
  toDeployment,
  toDeployments,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { stringify } from 'yaml';
import { specOf } from '../__testUtils__/deployments';
import { mayGrant, nothingRegistered } from '../__testUtils__/mayGrant';
import { responseError } from '../__testUtils__/responseError';
import { runAction } from '../__testUtils__/runAction';
import { createRenderListAction } from './renderList';

jest.setTimeout(60_000);

const workspace = createMockDirectory();
beforeEach(() => workspace.clear());

const defaults = specOf();
const item = (name: string, spec: Record<string, unknown> = {}) => ({
  name,
  spec: { accessUrl: `https://${name}.example.com`, ...spec },
});

type Gate = typeof mayGrant;

/** What the tracker says of every request, or of the one with a name. */
const answer = (decision: RequestDecision, name?: string) =>
  jest.fn<
    ReturnType<Gate['client']['checkRequest']>,
    Parameters<Gate['client']['checkRequest']>
  >(async ({ metadata }) => ({
    decision: name && metadata.name !== name ? 'clear' : decision,
    findings: [],
    blocking: [],
  }));

const run = (
  input: Record<string, unknown>,
  options: Partial<Gate> & { isDryRun?: boolean } = {},
) => {
  const { isDryRun, ...gate } = options;
  return runAction(
    createRenderListAction({
      ...mayGrant,
      client: { ...nothingRegistered, checkRequest: answer('clear') },
      ...gate,
    }),
    { workspacePath: workspace.path, input, isDryRun },
  );
};

describe('coder-fleet:render:list', () => {
  it('writes each deployment as it would be alone', async () => {
    const deployments = [item('north'), item('south')];
    const { outputs } = await run({ defaults, deployments });
    expect(outputs).toEqual({
      names: ['north', 'south'],
      folders: ['deployments/north', 'deployments/south'],
      items: toDeployments({ defaults, deployments }).map(deployment => ({
        deployment,
        folder: `deployments/${deployment.metadata.name}`,
      })),
      summary: expect.stringMatching(
        /^2 Coder deployments\n[^]*\| north \| retail \| 1k \| 800 \| https:\/\/north/,
      ),
      listHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const again = await run({ defaults, deployments });
    expect(again.outputs.listHash).toBe(outputs.listHash);
    const alone = render(
      toDeployment({
        name: 'south',
        spec: { ...defaults, ...item('south').spec },
      }),
    );
    for (const { path, content } of alone) {
      expect(
        readFileSync(workspace.resolve(`deployments/south/${path}`), 'utf8'),
      ).toBe(content);
    }
    expect(readdirSync(workspace.resolve('deployments'))).toEqual([
      'north',
      'south',
    ]);
  });

  it.each([
    [
      'a field that is wrong',
      item('south', { users: { expected: 0 } }),
      /deployments\.1\.spec\.users\.expected/,
    ],
    ['a name that is there twice', item('north'), /is the name of/],
    ['a name that leads out', item('../x'), /must be a DNS label/],
  ])('writes nothing at all for %s', async (_, second, message) => {
    await expect(
      run({ defaults, deployments: [item('north'), second] }),
    ).rejects.toThrow(message);
    expect(existsSync(workspace.resolve('deployments'))).toBe(false);
  });

  it('reads the list as a text, too, and names the row that is wrong', async () => {
    const { outputs } = await run({
      list: stringify({ defaults, deployments: [item('north')] }),
    });
    expect(outputs.names).toEqual(['north']);
    await expect(
      run({
        list: stringify({
          defaults,
          deployments: [item('north'), item('south', { edition: 'gold' })],
        }),
      }),
    ).rejects.toThrow(/^Row 2 \(south\), spec\.edition: /);
  });

  it.each([{}, { list: 'deployments: []', deployments: [item('north')] }])(
    'takes either a list or deployments, not %j',
    async input => {
      await expect(run(input)).rejects.toThrow(/Give either a list, or dep/);
    },
  );

  it('asks for each as it would alone, and counts those of one unit together', async () => {
    const checkRequest = answer('clear');
    await run(
      {
        defaults,
        deployments: [
          item('north'),
          item('south'),
          item('west', { businessUnit: 'payments' }),
        ],
      },
      { client: { ...nothingRegistered, checkRequest } },
    );
    expect(
      checkRequest.mock.calls.map(([{ metadata }, call]) => [
        metadata.name,
        call?.alongside,
      ]),
    ).toEqual([
      ['north', ['south']],
      ['south', ['north']],
      ['west', []],
    ]);
  });

  it('tells of all that are refused, and then writes nothing', async () => {
    const deployments = [
      item('north', { edition: 'community' }),
      item('south', { edition: 'community' }),
      item('west'),
    ];
    const client = {
      ...nothingRegistered,
      checkRequest: answer('waiver-requested'),
    };
    client.checkRequest.mockRejectedValueOnce(
      await responseError(400, {
        name: 'InputError',
        message: 'retail has 3 deployments, and may have 3',
      }),
    );
    await expect(
      run({ defaults, deployments: deployments.slice(0, 2) }, { client }),
    ).rejects.toThrow(
      /north: .*may have 3; south: Waiver requested.*CVA-TOP-001: .*replicas/,
    );
    expect(existsSync(workspace.resolve('deployments'))).toBe(false);
    await run(
      { defaults, deployments },
      { client: { ...nothingRegistered, checkRequest: answer('may-grant') } },
    );
    expect(existsSync(workspace.resolve('deployments/south'))).toBe(true);
  });

  it('ends at once when the tracker does not answer', async () => {
    const checkRequest = answer('clear');
    checkRequest.mockRejectedValue(
      await responseError(503, {
        name: 'ServiceUnavailableError',
        message: 'Starting',
      }),
    );
    await expect(
      run(
        { defaults, deployments: [item('north'), item('south')] },
        { client: { ...nothingRegistered, checkRequest } },
      ),
    ).rejects.toThrow(/did not check north.*Starting/);
    expect(checkRequest).toHaveBeenCalledTimes(1);
  });

  it('asks whether all may be registered from the repository of a Git host', async () => {
    const check = jest.fn<
      ReturnType<Gate['guard']['check']>,
      Parameters<Gate['guard']['check']>
    >(async ({ deployment }) => {
      if (deployment.metadata.name === 'south') {
        throw new ConflictError('The name south is taken');
      }
      return { isRegisteredHere: false };
    });
    const input = {
      defaults,
      deployments: [item('north'), item('south')],
      repoUrl: 'github.com?owner=example&repo=fleet',
    };
    const repository = {
      type: 'url',
      location: 'https://github.com/example/fleet',
    };
    await expect(run(input, { guard: { check } })).rejects.toThrow(
      'south: The name south is taken',
    );
    expect(existsSync(workspace.resolve('deployments'))).toBe(false);
    expect(check.mock.calls.map(([request]) => request.repository)).toEqual([
      repository,
      repository,
    ]);
    expect((await run(input)).outputs.repository).toEqual(repository);
  });

  it('asks nothing in a dry run, and says what would need a waiver', async () => {
    const checkRequest = answer('refused');
    const { log } = await run(
      { defaults, deployments: [item('north', { edition: 'community' })] },
      { client: { ...nothingRegistered, checkRequest }, isDryRun: true },
    );
    expect(checkRequest).not.toHaveBeenCalled();
    expect(log.join('\n')).toContain('a waiver would be needed for CVA-');
  });
});
