import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import {
  PROVISIONERS,
  VALUES,
  editByHand,
  publishGitFixture,
} from '../__testUtils__/publishGit';

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

  it('stops at a file of others where an artifact belongs', async () => {
    const { repositories, run } = setup();
    await editByHand(repositories, { files: { 'README.md': '# Ours\n' } });
    fill(deploymentOf());
    await expect(run()).rejects.toThrow(
      'Edited by hand in the repository: README.md',
    );
  });
});
