import {
  assertFilePath,
  assertRefName,
  assertRepositoryName,
  cleanAuthor,
  cleanMessage,
} from './validation';

describe('assertRepositoryName', () => {
  it.each(['a', 'coder-eu-1', '0', 'x'.repeat(63)])('accepts %s', name => {
    expect(() => assertRepositoryName(name)).not.toThrow();
  });

  it.each([
    '',
    'x'.repeat(64),
    'Upper',
    '-a',
    'a-',
    'a.b',
    'a/b',
    '..',
    'a\n',
    'ü',
  ])('refuses %j', name => {
    expect(() => assertRepositoryName(name)).toThrow('name of a repository');
  });
});

describe('assertFilePath', () => {
  it.each([
    'a',
    'helm/control-plane/values.yaml',
    '.coder-fleet/lock.json',
    '.gitignore',
    '.github/workflows/a.yml',
    'digit.git',
    'ünïcode/文.md',
    'with space',
    '...',
  ])('accepts %s', path => {
    expect(() => assertFilePath(path)).not.toThrow();
  });

  it.each([
    '',
    '/etc/passwd',
    'a//b',
    'a/',
    '.',
    './a',
    '..',
    '../a',
    'a/../../b',
    'a\\b',
    'a\0b',
    'a\nb',
    '.git',
    '.git/config',
    'a/.git/hooks/post-update',
    '.GIT/config',
    '.git./config',
    '.git /config',
    '.git::$INDEX_ALLOCATION/config',
    'git~1/config',
    '.g\u200cit/config',
    'x'.repeat(256),
    `${'x/'.repeat(600)}x`,
  ])('refuses %j', path => {
    expect(() => assertFilePath(path)).toThrow('The path');
  });
});

describe('assertRefName', () => {
  it.each(['main', 'v1.2.3', 'feature/a_b'])('accepts %s', ref => {
    expect(() => assertRefName(ref)).not.toThrow();
  });

  it.each([
    '',
    '../../config',
    'a..b',
    '-x',
    '/a',
    'a/',
    'a//b',
    'a/.b',
    'a.lock',
    'a b',
    'a@{1}',
    'a\n',
    'ref: x',
  ])('refuses %j', ref => {
    expect(() => assertRefName(ref)).toThrow('A ref is');
  });
});

describe('what goes into a commit', () => {
  it('cannot break out of its header', () => {
    expect(
      cleanAuthor({
        name: 'Eve <x>\ncommitter Eve',
        email: 'eve@example.com> 0 +0000\n',
      }),
    ).toEqual({
      name: 'Eve xcommitter Eve',
      email: 'eve@example.com 0 +0000',
    });
    expect(() => cleanAuthor({ name: '<>', email: 'a' })).toThrow('author');
  });

  it('has a message without control characters', () => {
    expect(cleanMessage(' Title\r\n\r\n\tbody\0\u001b[31m ')).toBe(
      'Title\n\n\tbody[31m\n',
    );
    expect(() => cleanMessage(' \n')).toThrow('message');
  });
});
