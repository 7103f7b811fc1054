import { deploymentOf } from '../__testUtils__/deployments';
import {
  VALUES,
  editByHand,
  publishGitFixture,
} from '../__testUtils__/publishGit';

jest.setTimeout(60_000);

const { setup, fill } = publishGitFixture();

/** A repository that `group:default/team-retail` left, with a secret of theirs in it. */
async function kept(options: { isRegistered: boolean }) {
  const fixture = setup(options);
  fill(deploymentOf());
  await fixture.run();
  await editByHand(fixture.repositories, {
    files: { [VALUES]: 'theirs: confidential\n' },
  });
  return { ...fixture, before: await fixture.repositories.head('aurora') };
}

describe('coder-fleet:publish:git and a repository that nobody has registered', () => {
  it('writes nothing into that of another owner, and shows nothing of it', async () => {
    const { repositories, run, before } = await kept({ isRegistered: false });
    fill(deploymentOf({ owner: 'group:default/payments' }));
    const log: string[] = [];
    const attempt = run({ overwriteEdited: true }, { log });
    await expect(attempt).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'A repository of this name exists and belongs to somebody else: ask an administrator to move "aurora" away, or take another name',
    });
    expect(log.join('\n')).not.toContain('confidential');
    expect(await repositories.head('aurora')).toBe(before);
  });

  it('refuses in a dry run too', async () => {
    const { run } = await kept({ isRegistered: false });
    fill(deploymentOf({ owner: 'group:default/payments' }));
    await expect(run({}, { isDryRun: true })).rejects.toThrow(
      'belongs to somebody else',
    );
  });

  it('writes nothing into one of which nobody can read whose it is', async () => {
    const { repositories, run } = await kept({ isRegistered: false });
    await editByHand(repositories, {
      files: { 'coder-deployment.yaml': 'secret: [' },
    });
    fill(deploymentOf());
    const attempt = run({ overwriteEdited: true });
    await expect(attempt).rejects.toThrow('belongs to somebody else');
    await expect(attempt).rejects.not.toThrow('secret');
  });

  it.each(['group:default/team-retail', 'group:Team-Retail'])(
    'goes on in that of its owner, written %s',
    async owner => {
      const { repositories, run } = setup({ isRegistered: false });
      fill(deploymentOf());
      await run();
      fill(deploymentOf({ owner, displayName: 'Again' }));
      expect((await run()).outputs.changed).toBe(true);
      expect(await repositories.history('aurora')).toHaveLength(2);
    },
  );

  it('may give a registered one to another owner', async () => {
    const { run } = setup({ isRegistered: true });
    fill(deploymentOf());
    await run();
    fill(deploymentOf({ owner: 'group:default/payments' }));
    expect((await run()).outputs.changed).toBe(true);
  });
});
