import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BareRepository } from './__testUtils__/bareRepository';
import { deploymentFiles } from './__testUtils__/deploymentFiles';
import { removeFolders, temporaryFolder } from './__testUtils__/folders';
import { waitFor } from './__testUtils__/waitFor';

const MAIN = require.resolve('./main.ts');
const DEMO_FAULTS = resolve(
  dirname(MAIN),
  '../../../examples/demo-fleet/simulator.yaml',
);

describe('main', () => {
  let child: ChildProcess | undefined;

  const run = (...args: string[]) => {
    const output: string[] = [];
    child = spawn(process.execPath, [
      '--import',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      MAIN,
      ...args,
    ]);
    child.stdout?.on('data', chunk => output.push(String(chunk)));
    child.stderr?.on('data', chunk => output.push(String(chunk)));
    return { child, text: () => output.join('') };
  };

  afterEach(async () => {
    child?.kill('SIGKILL');
    await removeFolders();
  });

  it('runs the repositories of the demo with its faults, says so, and ends cleanly', async () => {
    const data = await temporaryFolder();
    const git = join(data, 'git');
    for (const name of ['aurora', 'borealis']) {
      const repository = await BareRepository.create(git, name);
      await repository.commit(deploymentFiles({ name }));
    }
    const simulator = run(
      ...['--data', data, '--port', '0', '--control-port', '0'],
      ...['--boot-delay', '0', '--faults', DEMO_FAULTS],
    );
    await waitFor('three lines', () => {
      return simulator.text().trim().split('\n').length === 3;
    });
    const lines = simulator.text();
    expect(lines).toMatch(
      /^simulator listening on https:\/\/127\.0\.0\.1:\d+ \(2 deployments\)$/m,
    );
    expect(lines).toMatch(/^aurora: booted .*:7443$/m);
    expect(lines).toMatch(/^borealis: booted .* \(stopped\)$/m);
    const state = await readFile(join(data, 'simulator/state.json'), 'utf8');
    const { owner } = JSON.parse(state).deployments.aurora.tokens;
    expect(lines).not.toContain(owner);

    simulator.child.kill('SIGTERM');
    const [code] = await once(simulator.child, 'exit');
    expect(code).toBe(0);
  });

  it('says how it is used when a flag is missing, and fails', async () => {
    const simulator = run('--port', '0');
    const [code] = await once(simulator.child, 'close');
    expect(code).toBe(1);
    expect(simulator.text()).toMatch(/^--data is missing\nUsage: main.ts/);
  });
});
