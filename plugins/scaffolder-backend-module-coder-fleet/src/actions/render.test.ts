import { readFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  parseDeploymentFile,
  parseLock,
  render,
  sha256Hex,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import { runAction } from '../__testUtils__/runAction';
import { createRenderAction } from './render';

const workspace = createMockDirectory();

beforeEach(() => workspace.clear());

function run(input: Record<string, unknown>, signal?: AbortSignal) {
  return runAction(createRenderAction(), {
    input: { deployment: deploymentOf(), ...input },
    workspacePath: workspace.path,
    signal,
  });
}

const read = (path: string) => readFile(workspace.resolve(path), 'utf8');

describe('coder-fleet:render', () => {
  it('writes every artifact, and logs each with its size', async () => {
    const { log, outputs } = await run({});
    const artifacts = render(deploymentOf());
    expect(outputs.files).toEqual(artifacts.map(({ path }) => path));
    expect(log[0]).toBe(`Wrote ${artifacts.length} files`);
    for (const { path, content } of artifacts) {
      expect(await read(path)).toBe(content);
      expect(log).toContain(`  ${path} (${Buffer.byteLength(content)} bytes)`);
    }
  });

  it('gives the hash that the lock has of coder-deployment.yaml', async () => {
    const { outputs } = await run({});
    expect(outputs.specHash).toBe(
      sha256Hex(await read('coder-deployment.yaml')),
    );
    expect(parseLock(await read('.coder-fleet/lock.json'))?.specHash).toBe(
      outputs.specHash,
    );
  });

  it('writes the same bytes again', async () => {
    await run({});
    const before = workspace.content();
    await run({});
    expect(workspace.content()).toEqual(before);
  });

  it('writes into a directory of the workspace, and never out of it', async () => {
    await run({ targetPath: 'deployments/aurora' });
    expect(await read('deployments/aurora/coder-deployment.yaml')).toContain(
      'CoderDeployment',
    );
    await expect(run({ targetPath: '../outside' })).rejects.toThrow(
      /path is not allowed/i,
    );
  });

  it.each([
    'a ${{ 7*7 }} {{ x }} {% raw %}',
    'quotes " \' and # hash, colon: here',
    '$(rm -rf /) `id` && echo | cat > x',
    '&anchor *alias !!tag',
    'yes',
  ])('keeps %j as text', async displayName => {
    await run({ deployment: deploymentOf({ displayName }) });
    const file = parseDeploymentFile(await read('coder-deployment.yaml'));
    expect(file.spec.displayName).toBe(displayName);
  });

  it('refuses what is no deployment', async () => {
    await expect(run({ deployment: { kind: 'Other' } })).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(workspace.content()).toEqual({});
  });

  it('stops when the task is cancelled', async () => {
    await expect(run({}, AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(workspace.content()).toEqual({});
  });
});
