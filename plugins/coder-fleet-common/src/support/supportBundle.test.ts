import { supportBundleGuide } from './supportBundle';

const accessUrl = 'https://aurora.example.com';
const guide = (version?: string) => supportBundleGuide({ accessUrl, version });
const flags = (version?: string) => guide(version).flags.map(f => f.flag);

describe('supportBundleGuide', () => {
  it.each([
    ['v2.24.1', 'owner'],
    ['2.30.0', 'owner'],
    ['v2.30.99+abc1234', 'owner'],
    ['2.32.0-rc.1', 'anyone'],
    ['v2.36.5+abc1234', 'anyone'],
    ['3.0.0', 'anyone'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['latest', 'unknown'],
  ])('says of %s who may run it: %s', (version, audience) => {
    expect(guide(version).audience).toBe(audience);
  });

  it.each([
    ['2.27.11', false],
    ['2.28.0-rc.0', true],
    ['2.28.0', true],
    ['2.36.5', true],
    [undefined, true],
  ])('of %s: --pprof is there: %s', (version, there) => {
    expect(flags(version).includes('--pprof')).toBe(there);
    expect(flags(version)).toContain('--url-override');
  });

  it('says what a flag needs that not every version has', () => {
    const needs = Object.fromEntries(
      guide().flags.map(flag => [flag.flag, flag.needs]),
    );
    expect(needs['--pprof']).toMatch(/2\.28/);
    expect(needs['--template']).toMatch(/2\.30/);
    expect(needs['-y, --yes']).toBeUndefined();
  });

  it('logs in to this deployment first', () => {
    expect(guide('2.36.5')).toMatchObject({
      version: '2.36.5',
      command: 'coder login https://aurora.example.com\ncoder support bundle',
    });
  });

  it('keeps the port, and no slash at the end', () => {
    expect(
      supportBundleGuide({ accessUrl: 'https://a.coder.localhost:7443/' })
        .command,
    ).toMatch(/^coder login https:\/\/a\.coder\.localhost:7443$/m);
  });

  it.each([
    'https://a.example.com/;rm -rf ~',
    'https://a.example.com$(reboot)',
    'https://a.example.com`reboot`',
    'https://a.example.com\nreboot',
    "https://a.example.com'|sh",
    'https://user:secret@a.example.com',
    'http://a.example.com',
    // eslint-disable-next-line no-script-url -- what must be refused
    'javascript:alert(1)',
    '--token=x',
    '',
  ])('makes no command of %j', hostile => {
    expect(
      supportBundleGuide({ accessUrl: hostile, version: '2.36.5' }),
    ).not.toHaveProperty('command');
  });

  it('names each file once, and says which only some bundles have', () => {
    const files = guide().contents.flatMap(group =>
      group.files.map(file => `${group.folder}${file.name}`),
    );
    expect(new Set(files).size).toBe(files.length);
    expect(files).toEqual(
      expect.arrayContaining([
        'deployment/config.json',
        'deployment/health.json',
        'network/netcheck.json',
        'workspace/build_logs.txt',
        'agent/logs.txt',
        'license-status.txt',
      ]),
    );
    const profiles = guide()
      .contents.flatMap(group => group.files)
      .find(file => file.name.startsWith('pprof'));
    expect(profiles?.needs).toBe('with --pprof');
  });

  it('only asks to look at what is collected', () => {
    const { contents, checks } = guide();
    const collected = contents.flatMap(group => [
      group.folder,
      ...group.files.map(file => `${group.folder}${file.name}`),
    ]);
    const named = checks.flatMap(
      check => check.match(/\b[a-z]+\/(?:[a-z_-]+\.[a-z]+)?/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(5);
    expect(collected).toEqual(expect.arrayContaining(named));
  });
});
