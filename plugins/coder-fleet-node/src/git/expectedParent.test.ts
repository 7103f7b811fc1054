import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeploymentRepositories } from './DeploymentRepositories';

describe('DeploymentRepositories: expectedParent', () => {
  let directory: string;
  let repositories: DeploymentRepositories;

  function publish(
    files: Record<string, string>,
    options: { expectedParent?: string | null } = {},
  ) {
    return repositories.publish({
      name: 'one',
      files: new Map(Object.entries(files)),
      message: 'Change',
      author: { name: 'Jane Doe', email: 'jane@example.com' },
      now: new Date('2026-02-10T08:00:00Z'),
      ...options,
    });
  }

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coder-fleet-'));
    repositories = DeploymentRepositories.create({ directory });
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('publishes only onto the commit that the change was made from', async () => {
    const meanwhile = {
      name: 'ConflictError',
      message:
        'Somebody else published to the repository one meanwhile: run the task again',
    };
    const first = await publish({ a: '1' }, { expectedParent: null });
    await expect(
      publish({ a: '2' }, { expectedParent: null }),
    ).rejects.toMatchObject(meanwhile);
    const second = await publish({ a: '2' }, { expectedParent: first.commit });
    await expect(
      publish({ a: '3' }, { expectedParent: first.commit }),
    ).rejects.toMatchObject(meanwhile);
    expect(await repositories.head('one')).toBe(second.commit);
    await publish({ a: '3' });
    expect((await repositories.file('one', 'a')).text).toBe('3');
  });

  it('lets one of several first publications win', async () => {
    const names = ['a', 'b', 'c'];
    const results = await Promise.allSettled(
      names.map(name => publish({ [name]: '1' }, { expectedParent: null })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(await repositories.history('one')).toHaveLength(1);
    expect((await repositories.tree('one')).map(({ path }) => path)).toEqual([
      names[results.findIndex(({ status }) => status === 'fulfilled')],
    ]);
  });

  it('refuses to publish onto a commit of a repository that has none', async () => {
    await expect(
      publish({ a: '1' }, { expectedParent: '1'.repeat(40) }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(repositories.head('one')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});
