import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { deploymentOf } from '../__testUtils__/deployments';
import {
  PROVISIONERS,
  VALUES,
  editByHand,
  publishGitFixture,
} from '../__testUtils__/publishGit';

jest.setTimeout(60_000);

const { setup, fill } = publishGitFixture();

describe('coder-fleet:publish:git and what people wrote in the repository', () => {
  it.each([
    ['edited', { files: { [VALUES]: 'coder: {replicaCount: 9}\n' } }, VALUES],
    ['edited', { files: { [PROVISIONERS]: 'coder: {}\n' } }, PROVISIONERS],
    ['deleted', { remove: ['README.md'] }, 'README.md'],
  ])(
    'stops at a file that was %s by hand, shows it, and changes nothing',
    async (what, change, path) => {
      const { repositories, run } = setup();
      fill(deploymentOf());
      await run();
      await editByHand(repositories, change);
      const before = await repositories.head('aurora');
      const log: string[] = [];
      fill(deploymentOf({ displayName: 'Renamed' }));
      const attempt = run({}, { log });
      await expect(attempt).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(attempt).rejects.toThrow(
        `Edited by hand in the repository: ${path}. Bring the edits into coder-deployment.yaml, or set overwriteEdited to lose them`,
      );
      expect(log).toContainEqual(
        expect.stringContaining(`${path} was ${what} by hand`),
      );
      expect(log.some(line => /^ {2}[-+] /.test(line))).toBe(true);
      expect(await repositories.head('aurora')).toBe(before);
    },
  );

  it('overwrites hand edits when it is told to', async () => {
    const { repositories, run, text } = setup();
    fill(deploymentOf());
    await run();
    await editByHand(repositories, { files: { [VALUES]: 'coder: {}\n' } });
    const { log } = await run({ overwriteEdited: true });
    expect(await text(VALUES)).toContain('replicaCount: 3');
    expect(log).toContainEqual(
      expect.stringContaining(`${VALUES} was edited by hand`),
    );
  });

  it('takes no rendering by another way for a hand edit', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await run();
    const renamed = render(deploymentOf({ displayName: 'Renamed' }));
    const spec = renamed.find(({ path }) => path === 'coder-deployment.yaml')!;
    await editByHand(repositories, { files: { [spec.path]: spec.content } });
    fill(deploymentOf({ displayName: 'Renamed' }));
    expect((await run()).outputs.changed).toBe(true);
  });

  it.each([{}, { overwriteEdited: true }])(
    'overwrites nothing that is written between its check and its commit, with %j',
    async input => {
      const { repositories, publish, run, text } = setup();
      fill(deploymentOf());
      await run();
      const { publish: really } = DeploymentRepositories.prototype;
      publish.mockImplementationOnce(async options => {
        await editByHand(repositories, { files: { [VALUES]: 'mine: 1\n' } });
        return really.call(repositories, options);
      });
      fill(deploymentOf({ displayName: 'Renamed' }));
      await expect(run(input)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(
          /^\S+ published aurora on .* after this task had looked at it\. Nothing was changed/,
        ),
      });
      expect(await text(VALUES)).toBe('mine: 1\n');
      expect(await repositories.history('aurora')).toHaveLength(2);
    },
  );

  it('lets one of two tasks win that publish one new name at once', async () => {
    const { repositories, publish, run } = setup();
    const { publish: really } = DeploymentRepositories.prototype;
    let release = () => {};
    const bothChecked = new Promise<void>(resolve => {
      release = resolve;
    });
    publish.mockImplementation(async options => {
      if (publish.mock.calls.length === 2) {
        release();
      }
      await bothChecked;
      return really.call(repositories, options);
    });
    const results = await Promise.allSettled(
      ['One', 'Two'].map(displayName =>
        run({ deployment: deploymentOf({ displayName }) }),
      ),
    );
    const lost = results.filter(({ status }) => status === 'rejected');
    expect(lost).toEqual([
      expect.objectContaining({
        reason: expect.objectContaining({
          name: 'ConflictError',
          message: expect.stringMatching(
            /^user:default\/jane published aurora on .*, and start over$/,
          ),
        }),
      }),
    ]);
    expect(await repositories.history('aurora')).toHaveLength(1);
  });

  it('stops at a file of others where an artifact belongs', async () => {
    const { repositories, run } = setup();
    await editByHand(repositories, { files: { 'README.md': '# Ours\n' } });
    fill(deploymentOf());
    await expect(run()).rejects.toThrow(
      'Edited by hand in the repository: README.md',
    );
  });
});
