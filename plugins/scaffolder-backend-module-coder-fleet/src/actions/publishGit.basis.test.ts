import { deploymentOf } from '../__testUtils__/deployments';
import { editByHand, publishGitFixture } from '../__testUtils__/publishGit';

jest.setTimeout(60_000);

const { setup, fill } = publishGitFixture();
const UNKNOWN = '0'.repeat(40);

describe('coder-fleet:publish:git and what the request was made from', () => {
  it('takes a commit that holds the same already for its own, as after a kill', async () => {
    const { run } = setup();
    fill(deploymentOf());
    await run({ basedOn: 'none' });
    const { outputs } = await run({ basedOn: 'none' });
    expect(outputs.changed).toBe(false);
  });

  it('goes on from the commit that it was made from', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await run({ basedOn: 'none' });
    const basedOn = await repositories.head('aurora');
    fill(deploymentOf({ displayName: 'Renamed' }));
    expect((await run({ basedOn })).outputs.changed).toBe(true);
  });

  it.each(['none', UNKNOWN])(
    'stops at a commit that came after %s, and says whose it is and when',
    async basedOn => {
      const { repositories, run } = setup();
      fill(deploymentOf());
      await run({ basedOn: 'none' });
      fill(deploymentOf({ displayName: 'Renamed' }));
      await expect(run({ basedOn })).rejects.toMatchObject({
        name: 'ConflictError',
        message:
          'user:default/jane published aurora on 2026-10-01 at 12:00:00 UTC, after this task had looked at it. Nothing was changed: look at what is there, and start over',
      });
      expect(await repositories.history('aurora')).toHaveLength(1);
    },
  );

  it('stops where only a removal is left to do', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await run({ basedOn: 'none' });
    const first = await repositories.head('aurora');
    fill(deploymentOf({ edition: 'community', users: { expected: 120 } }));
    await expect(run({ basedOn: UNKNOWN })).rejects.toThrow('start over');
    expect(await repositories.head('aurora')).toBe(first);
  });

  it('stops when the repository is gone', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await expect(run({ basedOn: UNKNOWN })).rejects.toThrow(
      'The repository aurora was removed after this task had looked at it',
    );
    expect(await repositories.list()).toEqual([]);
  });

  it('shows an edit by hand first', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await run();
    await editByHand(repositories, { files: { 'README.md': 'mine' } });
    fill(deploymentOf({ displayName: 'Renamed' }));
    await expect(run({ basedOn: 'none' })).rejects.toThrow(
      'Edited by hand in the repository: README.md',
    );
  });
});
