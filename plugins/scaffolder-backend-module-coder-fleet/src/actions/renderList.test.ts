import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  render,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { specOf } from '../__testUtils__/deployments';
import { runAction } from '../__testUtils__/runAction';
import { createRenderListAction } from './renderList';

const workspace = createMockDirectory();
beforeEach(() => workspace.clear());

const defaults = specOf();
const item = (name: string, spec: Record<string, unknown> = {}) => ({
  name,
  spec: { accessUrl: `https://${name}.example.com`, ...spec },
});
const run = (deployments: unknown[]) =>
  runAction(createRenderListAction(), {
    workspacePath: workspace.path,
    input: { defaults, deployments },
  });

describe('coder-fleet:render:list', () => {
  it('writes each deployment as it would be alone', async () => {
    const { outputs } = await run([item('north'), item('south')]);
    expect(outputs).toEqual({
      names: ['north', 'south'],
      folders: ['deployments/north', 'deployments/south'],
    });
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
    [
      'a rule that fails',
      item('south', { edition: 'community' }),
      /south: CVA-TOP-001: .*replicas/,
    ],
    ['a name that is there twice', item('north'), /is the name of/],
    ['a name that leads out', item('../x'), /must be a DNS label/],
  ])('writes nothing at all for %s', async (_, second, message) => {
    await expect(run([item('north'), second])).rejects.toThrow(message);
    expect(existsSync(workspace.resolve('deployments'))).toBe(false);
  });
});
