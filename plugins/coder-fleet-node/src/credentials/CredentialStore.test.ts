import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { CredentialStore } from './CredentialStore';

const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';

describe('CredentialStore', () => {
  let directory: string;
  let now: number;
  const logger = mockServices.logger.mock();

  function store(credentials: JsonObject = { directory }) {
    return CredentialStore.fromConfig(
      new ConfigReader({ coderFleet: { credentials } }),
      { logger, clock: () => new Date(now) },
    );
  }

  function write(name: string, text: string) {
    return writeFile(join(directory, name), text);
  }

  function warnings() {
    return logger.warn.mock.calls.map(([message]) => message);
  }

  beforeEach(async () => {
    jest.resetAllMocks();
    now = 0;
    directory = await mkdtemp(join(tmpdir(), 'coder-fleet-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('gives a token to the origin that it is for, in any notation, and to no other', async () => {
    await write('a.yaml', `origin: HTTPS://One.example.com:443/\ntracker: t1`);
    const tokens = store();
    expect(tokens.get(ONE, 'tracker')).toBe('t1');
    expect(tokens.get('https://ONE.example.com:443/', 'tracker')).toBe('t1');
    expect(tokens.get(ONE, 'publisher')).toBeUndefined();
    for (const other of [
      TWO,
      'http://one.example.com',
      'https://one.example.com:8443',
      'https://one.example.com.evil.example',
      'https://x.one.example.com',
      'https://one.example.com/path',
      'nonsense',
    ]) {
      expect(tokens.get(other, 'tracker')).toBeUndefined();
    }
  });

  it('reads both slots, from files of any name and from the configuration', async () => {
    await write('one', `origin: ${ONE}\ntracker: t1\npublisher: 'p1'\n`);
    const tokens = store({
      directory,
      origins: [{ origin: TWO, tracker: 't2', publisher: 'p2' }],
    });
    expect(tokens.get(ONE, 'tracker')).toBe('t1');
    expect(tokens.get(ONE, 'publisher')).toBe('p1');
    expect(tokens.get(TWO, 'tracker')).toBe('t2');
    expect(tokens.get(TWO, 'publisher')).toBe('p2');
    expect(warnings()).toEqual([]);
  });

  it('works without configuration', () => {
    const tokens = CredentialStore.fromConfig(new ConfigReader({}), { logger });
    expect(tokens.get(ONE, 'tracker')).toBeUndefined();
  });

  it('picks up a changed, a new and a removed file', async () => {
    await write('a.yaml', `origin: ${ONE}\ntracker: old`);
    const tokens = store();
    expect(tokens.get(ONE, 'tracker')).toBe('old');
    expect(tokens.get(TWO, 'tracker')).toBeUndefined();

    await write('a.yaml', `origin: ${ONE}\ntracker: new`);
    await write('b.yaml', `origin: ${TWO}\ntracker: t2`);
    // A missing token is looked for at once, a known one after some seconds.
    now = 1_000;
    expect(tokens.get(TWO, 'tracker')).toBe('t2');
    now = 6_000;
    expect(tokens.get(ONE, 'tracker')).toBe('new');

    await unlink(join(directory, 'a.yaml'));
    now = 12_000;
    expect(tokens.get(ONE, 'tracker')).toBeUndefined();
    expect(tokens.get(TWO, 'tracker')).toBe('t2');
  });

  it('follows the symbolic links of a mounted Secret when they are swapped', async () => {
    const version = async (name: string, token: string) => {
      await mkdir(join(directory, name));
      await write(`${name}/one.yaml`, `origin: ${ONE}\ntracker: ${token}`);
      await symlink(name, join(directory, '..next'));
      await rename(join(directory, '..next'), join(directory, '..data'));
    };
    await version('..2026_1', 'old');
    await symlink('..data/one.yaml', join(directory, 'one.yaml'));
    const tokens = store();
    expect(tokens.get(ONE, 'tracker')).toBe('old');
    await version('..2026_2', 'new');
    now = 5_000;
    expect(tokens.get(ONE, 'tracker')).toBe('new');
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['not YAML', `origin: "${ONE}\ntracker: SECRET`, 'is not YAML'],
    ['a list', `- origin: ${ONE}\n- SECRET`, 'must be a mapping'],
    ['without an origin', `tracker: SECRET`, 'has no origin'],
    ['a URL', `origin: ${ONE}/path\ntracker: SECRET`, 'An origin is'],
    ['a number', `origin: ${ONE}\ntracker: 12345`, 'is not a token'],
    ['two lines', `origin: ${ONE}\ntracker: "SEC\\nRET"`, 'is not a token'],
    ['too large', `# SECRET ${'x'.repeat(70_000)}`, 'larger than'],
  ])(
    'reports a file that is %s once, without its content, and uses the others',
    async (_, text, reason) => {
      await write('bad.yaml', text);
      await write('good.yaml', `origin: ${TWO}\ntracker: t2`);
      const tokens = store();
      for (now = 0; now < 30_000; now += 5_000) {
        expect(tokens.get(TWO, 'tracker')).toBe('t2');
        expect(tokens.get(ONE, 'tracker')).toBeUndefined();
      }
      expect(warnings()).toEqual([expect.stringContaining('bad.yaml')]);
      expect(warnings()[0]).toContain(reason);
      expect(inspect(logger.warn.mock.calls)).not.toMatch(/SEC|RET|12345/);

      await write('bad.yaml', `origin: ${ONE}\ntracker: t1`);
      now += 5_000;
      expect(tokens.get(ONE, 'tracker')).toBe('t1');
    },
  );

  it('says once that the directory is missing, and reads it once it is there', async () => {
    const later = join(directory, 'later');
    const tokens = store({ directory: later });
    now = 5_000;
    expect(tokens.get(ONE, 'tracker')).toBeUndefined();
    expect(warnings()).toEqual([
      expect.stringContaining('cannot be read (ENOENT)'),
    ]);
    await mkdir(later);
    await write('later/a.yaml', `origin: ${ONE}\ntracker: t1`);
    now = 10_000;
    expect(tokens.get(ONE, 'tracker')).toBe('t1');
  });

  it('prefers the configuration, then the first file by name, and warns', async () => {
    await write('c.yaml', `origin: ${TWO}\ntracker: c`);
    await write('b.yaml', `origin: ${TWO}/\ntracker: b`);
    await write('a.yaml', `origin: ${ONE}\ntracker: a`);
    const tokens = store({
      directory,
      origins: [{ origin: ONE, tracker: 'configured' }],
    });
    expect(tokens.get(ONE, 'tracker')).toBe('configured');
    expect(tokens.get(TWO, 'tracker')).toBe('b');
    await write('d.yaml', 'origin: https://three.example.com');
    now = 5_000;
    tokens.get(TWO, 'tracker');
    expect(warnings()).toEqual([
      expect.stringMatching(/one.*origins and in a\.yaml/),
      expect.stringMatching(/two.*b\.yaml and in c\.yaml/),
    ]);
  });

  it('names a malformed entry of the configuration without its token', () => {
    const broken = () =>
      store({ origins: [{ origin: 'nowhere', tracker: 'SECRET' }] });
    expect(broken).toThrow('coderFleet.credentials.origins[0] An origin is');
    expect(broken).not.toThrow('SECRET');
  });

  it('shows no token when it is printed or serialised', async () => {
    await write('a.yaml', `origin: ${ONE}\ntracker: SECRET-A`);
    const tokens = store({
      directory,
      origins: [{ origin: TWO, tracker: 'SECRET-B' }],
    });
    expect(tokens.get(ONE, 'tracker')).toBe('SECRET-A');
    const shown = [
      JSON.stringify(tokens),
      String(tokens),
      inspect(tokens, { depth: 20, showHidden: true }),
      JSON.stringify({ ...tokens }),
    ].join();
    expect(shown).not.toContain('SECRET');
  });
});
