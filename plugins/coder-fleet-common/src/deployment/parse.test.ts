import { deploymentInput } from '../__testUtils__/deployments';
import {
  DeploymentInputError,
  FieldProblem,
  parseDeployment,
  parseDeploymentFile,
} from './parse';

function problemsOf(input: unknown): readonly FieldProblem[] {
  try {
    parseDeployment(input);
  } catch (error) {
    if (error instanceof DeploymentInputError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('parseDeployment', () => {
  it('accepts a request and fills in what has a default', () => {
    const parsed = parseDeployment(deploymentInput());
    expect(parsed.spec.users).toEqual({ expected: 800, activeShare: 0.6 });
    expect(parsed.spec.backup.retentionDays).toBe(30);
    expect(parsed.spec.database.connectionSecret).toEqual({
      name: 'coder-db-url',
      key: 'url',
    });
  });

  it('keeps unknown fields', () => {
    const parsed = parseDeployment({
      ...deploymentInput({ costCentre: '4711' }),
      extra: true,
    });
    expect(parsed).toMatchObject({
      extra: true,
      spec: { costCentre: '4711' },
    });
  });

  it.each([
    ['no DNS label', 'Aurora_1', /DNS label/],
    ['a leading dash', '-aurora', /DNS label/],
    ['over 30 characters', 'a'.repeat(31), /at most 30 characters/],
    ['empty', '', /required/],
  ])('refuses a name that is %s', (_, name, message) => {
    expect(problemsOf(deploymentInput({}, name))).toContainEqual({
      path: 'metadata.name',
      message: expect.stringMatching(message),
    });
  });

  it('accepts a name of 30 characters', () => {
    expect(problemsOf(deploymentInput({}, 'a'.repeat(30)))).toEqual([]);
  });

  const refused: Array<[string, Record<string, unknown>, string, RegExp]> = [
    ['no users', { users: { expected: 0 } }, 'users.expected', /At least 1/],
    [
      'more users than any architecture',
      { users: { expected: 10_001 } },
      'users.expected',
      /No validated architecture covers more than 10,000 users/,
    ],
    [
      'more running workspaces than any architecture',
      { users: { expected: 10_000, activeShare: 0.7 } },
      'users.activeShare',
      /No validated architecture covers/,
    ],
    [
      'users as text',
      { users: { expected: '800' } },
      'users.expected',
      /must be a number/,
    ],
    [
      'an active share of 0',
      { users: { expected: 800, activeShare: 0 } },
      'users.activeShare',
      /above 0/,
    ],
    ...[
      'a/b/c',
      'a..b/x',
      'a.-b/x',
      'a-.b/x',
      '.a/x',
      'a./x',
      'A.b/x',
      '/x',
      'a.b/',
      '-x',
      `${'a'.repeat(64)}/x`,
      'a'.repeat(64),
      `${'a.'.repeat(126)}aa/x`,
    ].map((key): [string, Record<string, unknown>, string, RegExp] => [
      `an annotation with the key ${key}`,
      { exposure: { type: 'load-balancer', annotations: { [key]: 'x' } } },
      `exposure.annotations.${key}`,
      /The key of an annotation is a name/,
    ]),
    [
      'an annotation of more than a line',
      { exposure: { type: 'ingress', annotations: { a: 'x\ny: z' } } },
      'exposure.annotations.a',
      /one line/,
    ],
    [
      'an access URL without https',
      { accessUrl: 'http://coder.example.com' },
      'accessUrl',
      /https:/,
    ],
    [
      'an access URL with a path',
      { accessUrl: 'https://example.com/coder' },
      'accessUrl',
      /no path/,
    ],
    [
      'an access URL with a password',
      { accessUrl: 'https://me:secret@example.com' },
      'accessUrl',
      /user or password/,
    ],
    [
      'an access URL that a shell would run',
      { accessUrl: 'https://$(reboot).example.com' },
      'accessUrl',
      /access URL/,
    ],
    ['no URL at all', { accessUrl: 'coder' }, 'accessUrl', /must be a URL/],
    [
      'a wildcard in the middle',
      { wildcardUrl: 'apps.*.example.com' },
      'wildcardUrl',
      /\*\.domain or \*-suffix\.domain/,
    ],
    [
      'a wildcard with a scheme',
      { wildcardUrl: 'https://*.example.com' },
      'wildcardUrl',
      /\*\.domain/,
    ],
    [
      'a malformed version',
      { release: { version: '2.36' } },
      'release.version',
      /MAJOR\.MINOR\.PATCH/,
    ],
    [
      'a version in a gap of the calendar',
      { release: { version: '2.31.0' } },
      'release.version',
      /never released 2\.31/,
    ],
    [
      'an unknown channel',
      { release: { channel: 'nightly' } },
      'release.channel',
      /mainline/,
    ],
    [
      'a cron that never fires',
      { backup: { schedule: '0 0 30 2 *' } },
      'backup.schedule',
      /never fires/,
    ],
    [
      'a cron with six fields',
      { backup: { schedule: '0 0 2 * * *' } },
      'backup.schedule',
      /five fields/,
    ],
    [
      'a cron with an extension that Kubernetes lacks',
      { backup: { schedule: '0 2 L * *' } },
      'backup.schedule',
      /five fields/,
    ],
    [
      'a cron out of range',
      { backup: { schedule: '61 2 * * *' } },
      'backup.schedule',
      /never fires/,
    ],
    [
      'a built-in database',
      { database: { type: 'built-in' } },
      'database.type',
      /must be external/,
    ],
    [
      'a support link that is a script',
      // eslint-disable-next-line no-script-url -- what must be refused
      { supportLinks: [{ name: 'x', target: 'javascript:alert(1)' }] },
      'supportLinks.0.target',
      /https:\/\/, http:\/\/ or mailto:/,
    ],
    [
      'a password in an unknown field',
      {
        database: {
          type: 'external',
          url: 'postgres://coder:hunter2@db/coder',
        },
      },
      'database.url',
      /must not contain a password/,
    ],
    [
      'a password in a support link',
      {
        supportLinks: [{ name: 'x', target: 'https://u:hunter2@example.com' }],
      },
      'supportLinks.0.target',
      /must not contain a password/,
    ],
    [
      'a display name of two lines',
      { displayName: 'a\nb' },
      'displayName',
      /one line/,
    ],
    [
      'an owner that is no reference',
      { owner: 'platform' },
      'owner',
      /catalog reference/,
    ],
    ['no region', { regions: [] }, 'regions', /At least one region/],
    [
      'a region twice',
      {
        regions: [
          { name: 'eu', cluster: 'a' },
          {
            name: 'eu',
            cluster: 'b',
            proxy: { accessUrl: 'https://eu.example.com' },
          },
        ],
      },
      'regions.1.name',
      /listed twice/,
    ],
    [
      'a further region without a proxy',
      {
        regions: [
          { name: 'eu', cluster: 'a' },
          { name: 'us', cluster: 'b' },
        ],
      },
      'regions.1.proxy',
      /needs a workspace proxy/,
    ],
    [
      'shares that do not add up',
      { regions: [{ name: 'eu', cluster: 'a', share: 0.5 }] },
      'regions',
      /add up to 1/,
    ],
    [
      'shares that leave nothing for the rest',
      {
        edition: 'community',
        regions: [
          { name: 'eu', cluster: 'a', share: 1 },
          { name: 'us', cluster: 'b' },
        ],
      },
      'regions',
      /leave nothing/,
    ],
  ];
  it.each(refused)('refuses %s', (_, spec, path, message) => {
    expect(problemsOf(deploymentInput(spec))).toContainEqual({
      path: `spec.${path}`,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['*.coder.example.com'],
    ['*-apps.example.com'],
    ['*.aurora.coder.localhost'],
  ])('accepts the wildcard URL %s', wildcardUrl => {
    expect(problemsOf(deploymentInput({ wildcardUrl }))).toEqual([]);
  });

  it.each([
    'x',
    'a_b.C',
    'service.beta.kubernetes.io/aws-load-balancer-type',
    `${'a'.repeat(63)}.b-c/${'x'.repeat(63)}`,
    `${'a.'.repeat(126)}a/x`,
  ])('accepts an annotation with the key %s', key => {
    const exposure = { type: 'ingress', annotations: { [key]: 'x' } };
    expect(problemsOf(deploymentInput({ exposure }))).toEqual([]);
  });

  it.each([['2.36.5'], ['v2.36.5'], ['2.99.0'], ['2.24.0'], ['2.36.99']])(
    'accepts the version %s: newer and ended ones are judged by a rule',
    version => {
      expect(problemsOf(deploymentInput({ release: { version } }))).toEqual([]);
    },
  );

  it.each([
    ['0 2 * * *'],
    ['*/15 * * * *'],
    ['30 1 * * sun'],
    ['0 3 1 jan,jul *'],
  ])('accepts the schedule %s', schedule => {
    expect(problemsOf(deploymentInput({ backup: { schedule } }))).toEqual([]);
  });

  // A pattern that starts over at each letter would take minutes, and the test would be ended.
  it.each(['x', ':', 'a://'])('reads a long text of %p', text => {
    const note = text.repeat(250_000 / text.length);
    expect(parseDeployment(deploymentInput({ note })).spec.note).toBe(note);
  });

  it('names every field that is wrong, not only the first', () => {
    const problems = problemsOf(
      deploymentInput({ accessUrl: 'x', users: { expected: 0 } }, 'A'),
    );
    expect(problems.map(problem => problem.path).sort()).toEqual([
      'metadata.name',
      'spec.accessUrl',
      'spec.users.expected',
    ]);
  });
});

describe('parseDeploymentFile', () => {
  it('says what is wrong with a file that is no YAML', () => {
    expect(() => parseDeploymentFile('a: [')).toThrow(/not valid YAML/);
  });

  it('refuses a file that grows by aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    expect(() =>
      parseDeploymentFile(`l0: &l0 [x]\n${levels.join('\n')}`),
    ).toThrow(/cannot be read/);
  });

  it('refuses a very large file', () => {
    expect(() => parseDeploymentFile(`# ${'x'.repeat(300_000)}`)).toThrow(
      /256 KiB/,
    );
  });
});
