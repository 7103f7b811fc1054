import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { deploymentInput } from '../__testUtils__/deployments';
import { DeploymentInputError, parseDeployment } from '../deployment/parse';
import type { Artifact } from './artifact';
import { render } from './render';

jest.setTimeout(300_000);

/** Everything that can be asked for, so that each field is rendered somewhere. */
const FULL = {
  regions: [
    { name: 'eu-west', cluster: 'eu-west-1' },
    {
      name: 'us-east',
      cluster: 'us-east-1',
      proxy: {
        accessUrl: 'https://us.aurora.example.com',
        wildcardUrl: '*.us.aurora.example.com',
      },
    },
  ],
  database: {
    type: 'cloudnative-pg',
    connectionSecret: { name: 'my-database', key: 'url' },
    storageClass: 'fast',
    objectStore: {
      destinationPath: 's3://backups/aurora',
      endpointUrl: 'https://s3.example.com',
      credentialsSecret: 'store-credentials',
    },
    encryption: {
      enabled: true,
      keysSecret: { name: 'encryption', key: 'keys' },
    },
  },
  backup: {
    schedule: '0 2 * * *',
    drillSchedule: '0 5 * * 0',
    destination: {
      type: 'rclone',
      remote: 's3:backups/aurora',
      configSecret: { name: 'rclone', key: 'rclone.conf' },
    },
    image: 'registry.example.com/backup:17',
    report: {
      url: 'https://portal.example.com/api/coder-fleet/deployments/aurora',
      tokenSecret: { name: 'report-token', key: 'token' },
    },
  },
  exposure: {
    type: 'ingress',
    className: 'nginx',
    tls: { secret: 'tls', issuer: { name: 'letsencrypt' } },
    annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' },
  },
  delivery: {
    type: 'argo-cd',
    repositoryUrl: 'https://github.com/example/aurora',
    revision: 'main',
  },
  observability: { type: 'prometheus-operator', logstream: true },
  organizations: ['research'],
  airGap: {
    registry: 'registry.example.com',
    chartRepository: 'https://charts.example.com/coder',
    pullSecret: 'pull',
  },
  supportLinks: [{ name: 'Help', target: 'https://help.example.com' }],
  note: 'unknown fields are kept',
};

type Path = ReadonlyArray<string | number>;

/** Paths of all texts of a request. */
function textsOf(node: unknown, path: Path = []): Path[] {
  if (typeof node === 'string') {
    return [path];
  }
  return typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) =>
        textsOf(value, [...path, key]),
      )
    : [];
}

function replaced(node: any, [key, ...rest]: Path, value: string): any {
  const copy = Array.isArray(node) ? [...node] : { ...node };
  copy[key] = rest.length === 0 ? value : replaced(node[key], rest, value);
  return copy;
}

const REQUEST = deploymentInput(FULL);
const PATHS = textsOf(REQUEST);

/** What somebody might try: YAML 1.1, shells, Helm, Markdown, HCL, paths, Unicode. */
const hostile = fc.oneof(
  fc.constantFrom(
    'no',
    'on',
    '0755',
    '1e3',
    '~',
    '',
    ' ',
    'null',
    '!!python/object:x',
    'a: b',
    'a\nb: c',
    'a\r\n- b',
    '"',
    "'",
    '# x',
    'x #y',
    '- x',
    '[x',
    '{x: y}',
    '&a *a',
    '*a',
    '%x',
    '@x',
    '`id`',
    '$(id)',
    '${IFS}id',
    '$$(id)',
    '; id',
    '| id',
    '&& id',
    '> /etc/passwd',
    '\\',
    '{{ .Release.Name }}',
    '{{ fail "x" }}',
    '${var.x}',
    '%{ if true }',
    '../../etc/passwd',
    '/etc/passwd',
    '..',
    'a/../b',
    '-rf',
    '--help',
    'x'.repeat(300),
    '\u0000',
    'a\u0000b',
    '\u202eabc',
    '\u2028',
    '\ufeffx',
    '\ud800',
    'é',
    '名前',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    // eslint-disable-next-line no-script-url
    'javascript:alert(1)',
    'https://a b',
    'https://u:p@example.com',
    'https://example.com/$(id)',
    'https://example.com/?x="y',
    "s3:x'; id; '",
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  // Right at the beginning, and wrong behind
  fc
    .tuple(
      fc.constantFrom('aurora', 'https://example.com', 's3:x', '*.a.b', '0 2'),
      fc.string({ maxLength: 10 }),
    )
    .map(([head, tail]) => head + tail),
);

/** Keys and lengths of data, without its texts: what an injection would change. */
function shapeOf(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(shapeOf);
  }
  if (typeof node === 'object' && node !== null) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, shapeOf(value)]),
    );
  }
  return typeof node;
}

const isYaml = (path: string) =>
  /\.ya?ml$/.test(path) && path !== 'coder-deployment.yaml';
const isCode = (path: string) =>
  /(?:\.sh|\.sql|Makefile|Containerfile)$/.test(path);

/** Texts that mean nothing to a shell, to make or to Docker. */
const HARMLESS = /^[A-Za-z0-9._:/@*-]*$/;

const shapesOf = (artifacts: readonly Artifact[]) =>
  JSON.stringify(
    artifacts
      .filter(({ path }) => isYaml(path))
      .map(({ content }) =>
        parseAllDocuments(content, { version: '1.1' }).map(document =>
          document.errors.length > 0 ? 'no YAML' : shapeOf(document.toJS()),
        ),
      ),
  );

const BENIGN = render(parseDeployment(REQUEST));
const BENIGN_SHAPES = shapesOf(BENIGN);

/** What is rendered; else why it was refused. Anything but a word on a field is passed on. */
function attempt(
  request: unknown,
): { artifacts: Artifact[] } | { refusedAt: string[] } {
  try {
    return { artifacts: render(parseDeployment(request)) };
  } catch (error) {
    if (!(error instanceof DeploymentInputError)) {
      throw error;
    }
    return { refusedAt: error.problems.map(({ path }) => path) };
  }
}

/** Everything that is wrong with files in which a hostile text may stand. */
function complaintsOf(artifacts: readonly Artifact[], text: string): string[] {
  const complaints: string[] = [];
  for (const { path, content } of artifacts) {
    if (/\.\.|^\/|[^A-Za-z0-9._/-]/.test(path)) {
      complaints.push(`${path} is no path for a file`);
    }
    if (
      isCode(path) &&
      text.length > 3 &&
      content.includes(text) &&
      !HARMLESS.test(text)
    ) {
      complaints.push(`${path} has it as code`);
    }
    if (path.endsWith('.md') && /<script|\]\(javascript:/.test(content)) {
      complaints.push(`${path} runs it`);
    }
  }
  // A cluster that two regions share takes files away; else every file has the shape that it always has
  if (
    artifacts.length === BENIGN.length &&
    shapesOf(artifacts) !== BENIGN_SHAPES
  ) {
    complaints.push('a file has another shape');
  }
  return complaints;
}

describe('whatever stands in a field', () => {
  it('arrives as text, or is refused at the field', () => {
    let rendered = 0;
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), hostile, (path, text) => {
        const result = attempt(replaced(REQUEST, path, text));
        if ('refusedAt' in result) {
          // The field itself, or the one that holds it
          const field = path.join('.');
          return result.refusedAt.some(refused => field.startsWith(refused));
        }
        rendered += 1;
        return complaintsOf(result.artifacts, text).length === 0;
      }),
      { numRuns: 1000 },
    );
    // Otherwise nothing was proved of what is accepted
    expect(rendered).toBeGreaterThan(20);
  });

  it('cannot make a name lead out of the repository', () => {
    const leads = fc.property(hostile, name => {
      const result = attempt({ ...REQUEST, metadata: { name } });
      return (
        'refusedAt' in result || complaintsOf(result.artifacts, '').length === 0
      );
    });
    expect(fc.check(leads, { numRuns: 1000 })).toMatchObject({ failed: false });
  });

  it.each([
    ['a command', 'Makefile', 'all:\n\t$(id)', '$(id)'],
    ['a script', 'README.md', '<script>', '<script>'],
    ['a way out', '../x', '', ''],
  ])('would notice %s', (_, path, content, text) => {
    expect(complaintsOf([{ path, content }], text)).not.toEqual([]);
  });
});
