import { commitAuthor, commitMessage } from './commit';

describe('commitAuthor', () => {
  it.each([
    [
      {
        ref: 'user:default/jane',
        entity: {
          spec: {
            profile: { displayName: 'Jane Doe', email: 'jane@example.com' },
          },
        },
      },
      { name: 'Jane Doe', email: 'jane@example.com' },
    ],
    [
      { ref: 'user:default/guest', entity: { spec: {} } },
      {
        name: 'user:default/guest',
        email: 'user-default-guest@portal.invalid',
      },
    ],
    [undefined, { name: 'Coder Fleet', email: 'coder-fleet@portal.invalid' }],
  ])('of %j', (user, author) => {
    expect(commitAuthor(user)).toEqual(author);
  });
});

describe('commitMessage', () => {
  it('names who asked for it', () => {
    expect(
      commitMessage({
        summary: 'Update aurora',
        initiator: 'user:default/jane',
      }),
    ).toBe('Update aurora\n\nRequested-by: user:default/jane');
    expect(commitMessage({ summary: 'Update aurora' })).toBe('Update aurora');
  });
});
