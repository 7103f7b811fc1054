import { pullRequestNotes } from './pullRequestNotes';

const paths = (count: number) =>
  Array.from({ length: count }, (_, n) => `helm/${n}.yaml`);

describe('pullRequestNotes', () => {
  it('are empty when nothing goes and nothing was edited by hand', () => {
    expect(pullRequestNotes({ removed: [], handEdits: [] })).toBe('');
  });

  it('say what was edited first, and then what goes', () => {
    expect(
      pullRequestNotes({
        removed: ['helm/old.yaml'],
        handEdits: [{ path: 'README.md', what: 'edited' }],
      }).split('\n'),
    ).toEqual([
      expect.stringMatching(/^\*\*Edited by hand\.\*\* /),
      '',
      '- `README.md` was edited by hand',
      '',
      expect.stringMatching(/^\*\*Files that go\*\*/),
      '',
      '- `helm/old.yaml`',
    ]);
  });

  it.each([
    [15, '- `helm/14.yaml`'],
    [17, '- … and 2 more'],
  ])('list a bearable number of %i paths', (count, last) => {
    const notes = pullRequestNotes({ removed: paths(count), handEdits: [] });
    expect(notes.split('\n').at(-1)).toBe(last);
  });

  it.each([
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['a\n# b', '`a\ufffd# b`'],
    ['@all <b>', '`@all <b>`'],
    ['x'.repeat(300), `\`${'x'.repeat(200)}…\``],
  ])('show the path %j as it is, and as nothing else', (path, shown) => {
    const notes = pullRequestNotes({ removed: [path], handEdits: [] });
    expect(notes.split('\n').at(-1)).toBe(`- ${shown}`);
  });
});
