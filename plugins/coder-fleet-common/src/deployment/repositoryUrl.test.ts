import { repositoryUrl } from './repositoryUrl';

it.each([
  ['github.com?owner=example&repo=coder', 'https://github.com/example/coder'],
  [
    'git.example.com:8443?owner=example&repo=coder',
    'https://git.example.com:8443/example/coder',
  ],
  [
    'gitlab.com?owner=platform%2Fteams%2Fcoder&repo=aurora',
    'https://gitlab.com/platform/teams/coder/aurora',
  ],
  [
    'dev.azure.com?organization=example&project=Platform%20Team&repo=coder',
    'https://dev.azure.com/example/Platform%20Team/_git/coder',
  ],
  [
    'bitbucket.org?workspace=example&project=PLAT&repo=coder',
    'https://bitbucket.org/example/coder',
  ],
])('gives the address of %s', (repoUrl, address) => {
  expect(repositoryUrl(repoUrl)).toBe(address);
});

it.each([
  '',
  'github.com',
  'github.com?owner=example',
  'github.com?repo=coder',
  'github.com?owner=&repo=coder',
  'dev.azure.com?organization=example&repo=coder',
  'user:token@github.com?owner=example&repo=coder',
  'github.com/path?owner=example&repo=coder',
  'not a host?owner=example&repo=coder',
])('says of %j what a repository looks like', repoUrl => {
  expect(() => repositoryUrl(repoUrl)).toThrow(
    /is not a repository: it has the form github\.com\?owner=/,
  );
});
