import { parsePublishHosts } from './publishHosts';

it('reads hosts in their order, and takes the directory without any', () => {
  expect(parsePublishHosts(['gitlab', 'directory'])).toEqual([
    'gitlab',
    'directory',
  ]);
  expect(parsePublishHosts(undefined)).toEqual(['directory']);
});

it.each([
  ['github', /coderFleet\.publish\.hosts: Give a list of directory, github/],
  [[], /hosts: Name at least one, or leave the key out/],
  [['gitea'], /coderFleet\.publish\.hosts\.0: Choose among directory, github/],
  [['github', 'github'], /"github" is there twice: name it once/],
])('does not take %j for hosts', (config, message) => {
  expect(() => parsePublishHosts(config)).toThrow(message);
});
