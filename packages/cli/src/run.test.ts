import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  parseDeploymentFile,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { run } from './run';

const NOW = new Date('2026-11-27T12:00:00Z');
const LYRA = join(__dirname, '../../../examples/demo-fleet/lyra.yaml');

const BY_HAND = `
coder:
  image: { tag: latest }
  replicaCount: 1
  env:
    - { name: CODER_ACCESS_URL, value: 'http://coder.example.com' }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coder-fleet-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function coderFleet(...args: string[]) {
  let out = '';
  let err = '';
  const code = await run(args, {
    out: text => (out += text),
    err: text => (err += text),
    now: NOW,
  });
  return { code, out, err };
}

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const verdicts = (out: string): Record<string, string> =>
  Object.fromEntries(
    JSON.parse(out).findings.map(
      (finding: { rule: string; verdict: string }) => [
        finding.rule,
        finding.verdict,
      ],
    ),
  );

describe('coder-fleet check', () => {
  it('fails Helm values made by hand, and says what to do', async () => {
    const { code, out } = await coderFleet(
      'check',
      write('values.yaml', BY_HAND),
    );
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL DOC-RDY-001 .*latest.*Set coder\.image\.tag/);
    expect(out).toMatch(/FAIL DOC-NET-002 .*wanted: https/);
    expect(out).toMatch(/Fails by .*DOC-RDY-001/);
  });

  it('does not judge what values alone do not tell', async () => {
    const { out } = await coderFleet(
      'check',
      write('values.yaml', BY_HAND),
      '--format',
      'json',
    );
    expect(verdicts(out)).toMatchObject({
      // Flows, backups, further regions, support links: in other files, or nowhere
      'CVA-NET-001': 'unknown',
      'CVA-REC-001': 'unknown',
      'CVA-TOP-003': 'unknown',
      'CVA-SUP-001': 'unknown',
    });
    const { findings } = JSON.parse(out);
    for (const { message } of findings) {
      expect(message).not.toMatch(/stumbled|\.invalid/);
    }
  });

  it('judges by the figures of the tier that is given', async () => {
    const values = write(
      'values.yaml',
      `coder: { replicaCount: 3, resources: { requests: { cpu: 1, memory: 2Gi }, limits: { cpu: 1, memory: 2Gi } } }`,
    );
    const sizes = async (tier: string) =>
      JSON.parse(
        (await coderFleet('check', values, '--tier', tier, '--format', 'json'))
          .out,
      );
    const [small, large] = [await sizes('1k'), await sizes('10k')];
    expect([small.tier, large.tier]).toEqual(['1k', '10k']);
    const replicas = ({ findings }: any) =>
      findings.find(({ rule }: any) => rule === 'CVA-TOP-001').verdict;
    expect([replicas(small), replicas(large)]).toEqual(['pass', 'fail']);
  });

  it('has nothing against the folder of a deployment as it was rendered', async () => {
    const deployment = parseDeploymentFile(readFileSync(LYRA, 'utf8'));
    for (const { path, content } of render(deployment)) {
      write(path, content);
    }
    const json = await coderFleet('check', folder, '--format', 'json');
    expect(json.code).toBe(0);
    expect(verdicts(json.out)).toMatchObject({
      'CVA-TOP-001': 'pass',
      'DOC-RDY-001': 'pass',
      'CVA-NET-001': 'pass',
    });
    // With a tier that is larger, the same files are too small
    const larger = await coderFleet('check', folder, '--tier', '10k');
    expect(larger.code).toBe(1);
    expect(larger.out).toMatch(/FAIL CVA-TOP-001/);
  });

  it('sees an edit of a rendered file', async () => {
    const deployment = parseDeploymentFile(readFileSync(LYRA, 'utf8'));
    for (const { path, content } of render(deployment)) {
      write(
        path,
        path === 'helm/control-plane/values.yaml'
          ? content.replace(
              /CODER_PROMETHEUS_ENABLE/,
              'CODER_PROMETHEUS_ENABLED',
            )
          : content,
      );
    }
    const { code, out } = await coderFleet('check', folder);
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL CVA-OBS-001/);
  });

  it('counts warnings and what is not known with --strict, and only bad enough rules', async () => {
    const values = write('values.yaml', BY_HAND);
    const failing = async (...args: string[]) =>
      JSON.parse(
        (await coderFleet('check', values, '--format', 'json', ...args)).out,
      ).failing;
    // The connection URL of the database is missing
    expect(await failing('--fail-on', 'critical')).toEqual(['CVA-DB-001']);
    const low = await failing('--fail-on', 'low');
    expect(low).toEqual(expect.arrayContaining(['DOC-TOP-003', 'DOC-RDY-001']));
    expect(low).not.toContain('FLT-RDY-003');
    const strict = await failing('--fail-on', 'low', '--strict');
    expect(strict).toEqual(
      expect.arrayContaining(['FLT-RDY-003', 'CVA-NET-001']),
    );
  });
});

describe('coder-fleet plan and render', () => {
  it('plans with sources, by the tables that are asked for', async () => {
    const text = await coderFleet('plan', LYRA);
    expect(text.code).toBe(0);
    expect(text.out).toMatch(/^Load of lyra/);
    expect(text.out).toMatch(/Control plane, replicas +\d+ +\S/);
    const json = await coderFleet(
      'plan',
      LYRA,
      '--format',
      'json',
      '--generation',
      'legacy',
    );
    expect(JSON.parse(json.out)).toMatchObject({
      name: 'lyra',
      cvaGeneration: 'legacy',
    });
  });

  it('renders what the portal renders, into a new folder only', async () => {
    const output = join(folder, 'rendered');
    expect((await coderFleet('render', LYRA, '--output', output)).code).toBe(0);
    for (const { path, content } of render(
      parseDeploymentFile(readFileSync(LYRA, 'utf8')),
    )) {
      expect(readFileSync(join(output, path), 'utf8')).toBe(content);
    }
    const again = await coderFleet('render', LYRA, '--output', output);
    expect(again).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not empty/),
    });
  });
});

describe('coder-fleet', () => {
  it.each<[string[], RegExp]>([
    [[], /Say what to do/],
    [['constructor'], /There is no command "constructor"/],
    [['check'], /Give a path/],
    [['check', 'a', 'b'], /one path, not 2/],
    [['check', '/does/not/exist'], /There is no \/does\/not\/exist/],
    [['check', __dirname], /There is no coder-deployment.yaml/],
    [['check', LYRA, '--tier', '5k'], /--tier is one of 1k, 2k, 3k, 10k/],
    [['check', LYRA, '--fail-on', 'bad'], /--fail-on is one of/],
    [['check', LYRA, '--unknown'], /--unknown/],
    [['render', LYRA], /Say with --output/],
    [['plan', join(__dirname, 'run.ts')], /not valid YAML|required|must be/i],
  ])('%j ends with code 2 and says why', async (args, message) => {
    const { code, err, out } = await coderFleet(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it.each([
    [
      'a key of another type',
      'coder: [1]',
      /is not a file of Helm values: coder/,
    ],
    [
      'values of a parent chart',
      'my-chart: { coder: {} }',
      /has no key "coder"/,
    ],
  ])('refuses %s', async (_, content, message) => {
    const path = write('values.yaml', content);
    expect(await coderFleet('check', path)).toMatchObject({
      code: 2,
      err: expect.stringMatching(message),
    });
  });

  it('judges what would be rendered from a deployment file', async () => {
    const { code, out } = await coderFleet('check', LYRA, '--format', 'json');
    expect(code).toBe(0);
    expect(verdicts(out)).toMatchObject({ 'CVA-NET-001': 'pass' });
  });

  it('explains itself', async () => {
    expect(await coderFleet('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /coder-fleet check.*coder-fleet plan.*coder-fleet render/s,
      ),
    });
    expect((await coderFleet('check', '--help')).out).toMatch(
      /^coder-fleet check/,
    );
  });
});
