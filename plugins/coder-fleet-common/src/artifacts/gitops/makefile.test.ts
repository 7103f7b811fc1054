/* eslint-disable jest/no-standalone-expect -- what this machine has chooses between it and it.skip */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GOLDEN } from '../../__testUtils__/golden';
import { findKubectl } from '../../__testUtils__/helm';
import { plan as planOf } from '../../architecture/plan';
import { bootstrapJob } from '../bootstrap/bootstrap';
import { render } from '../render';

jest.setTimeout(60_000);

const hasMake = spawnSync('make', ['--version']).status === 0;
if (!hasMake) {
  process.stderr.write('Skipped: no make on this machine\n');
}
const withMake = hasMake ? it : it.skip;

const [, golden] = GOLDEN.find(([name]) => name === 'multi-region')!;
const { namespace } = planOf(golden).controlPlane;
const JOB = bootstrapJob(golden, planOf(golden)).metadata.name;
const HOME = join('eu-west-1', namespace);

const HANDED_OVER = [
  ['us-east', 'provisioners', 'key', `${namespace}-provisioners-us-east`],
  ['us-east', 'proxy', 'token', `${namespace}-proxy-us-east`],
  ['ap-south', 'provisioners', 'key', `${namespace}-provisioners-ap-south`],
  ['ap-south', 'proxy', 'token', `${namespace}-proxy-ap-south`],
] as const;

const VALUE = 'a+b/c==:$HOME "quoted" \'too\' %s \\n';

describe('make', () => {
  let root: string;
  let kubectl: string | undefined;

  beforeAll(async () => {
    kubectl = await findKubectl();
    if (!kubectl) {
      process.stderr.write('Skipped: no kubectl on this machine\n');
    }
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'coder-fleet-make-'));
    for (const { path, content } of render(golden)) {
      write(path, content);
    }
    mkdirSync(join(root, 'bin'));
    copyFileSync(
      join(__dirname, '__testUtils__', 'kubectl.sh'),
      join(root, 'bin', 'kubectl'),
    );
    spawnSync('chmod', ['+x', join(root, 'bin', 'kubectl')]);
    // Waiting costs no time
    write('bin/sleep', '#!/bin/sh\n');
    spawnSync('chmod', ['+x', join(root, 'bin', 'sleep')]);
    mkdirSync(join(root, 'clusters-that-run'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function secret(place: string, name: string, data: object): void {
    write(
      `clusters-that-run/${place}/secret-${name}.json`,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name },
        data,
      }),
    );
  }

  /** A value of a Secret, decoded; undefined where there is none. */
  function valueOf(place: string, name: string, key: string) {
    const path = join(root, 'clusters-that-run', place, `secret-${name}.json`);
    return existsSync(path)
      ? Buffer.from(
          JSON.parse(readFileSync(path, 'utf8')).data[key],
          'base64',
        ).toString('utf8')
      : undefined;
  }

  /** A Job as the cluster has it: without an end, or with one. */
  const jobWith = (...ends: string[]) =>
    JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'any' },
      spec: { template: { spec: { containers: [], restartPolicy: 'Never' } } },
      status: {
        conditions: ends.map(type => ({ type, status: 'True' })),
      },
    });

  function make(...args: string[]) {
    const { status, stdout, stderr } = spawnSync('make', args, {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(root, 'bin')}:${process.env.PATH}`,
        KUBECTL: kubectl === 'kubectl' ? realPath('kubectl') : kubectl,
        CLUSTERS: join(root, 'clusters-that-run'),
      },
    });
    return { status, stdout, stderr };
  }

  function realPath(tool: string): string {
    return spawnSync('sh', ['-c', `command -v ${tool}`], {
      encoding: 'utf8',
    }).stdout.trim();
  }

  const calls = () =>
    readFileSync(join(root, 'clusters-that-run', 'calls'), 'utf8');

  /** What the bootstrap Job leaves beside the control plane. */
  function bootstrapped(): void {
    for (const [region, of, key] of HANDED_OVER) {
      const data = {
        [key]: Buffer.from(`${VALUE}${region}`).toString('base64'),
      };
      secret(HOME, `hand-over-${of}-${region}`, data);
      if (of === 'provisioners') {
        secret(HOME, `hand-over-${of}-${region}-of-research`, data);
      }
    }
  }

  const read = (of: string, region: string) =>
    of === 'proxy' ? `coder-proxy-token-${region}` : 'coder-provisioner-key';

  withMake('hand-over brings what a Secret holds, byte for byte', () => {
    if (!kubectl) {
      return;
    }
    bootstrapped();
    const { status, stdout } = make('hand-over');
    expect(status).toBe(0);
    for (const [region, of, key, to] of HANDED_OVER) {
      expect(valueOf(join(`${region}-1`, to), read(of, region), key)).toBe(
        `${VALUE}${region}`,
      );
    }
    // Nothing that is secret is told, or stands in an argument
    const base64 = Buffer.from(`${VALUE}us-east`).toString('base64');
    expect(stdout).not.toContain(base64);
    expect(calls()).not.toContain(base64);
  });

  withMake.each([
    ['is missing', undefined],
    ['has no key', {}],
    ['has an empty one', { key: '' }],
  ])('hand-over leaves a good key when the Secret %s', (_, data) => {
    if (!kubectl) {
      return;
    }
    bootstrapped();
    const place = join('us-east-1', `${namespace}-provisioners-us-east`);
    secret(place, 'coder-provisioner-key', {
      key: Buffer.from('good').toString('base64'),
    });
    if (data) {
      secret(HOME, 'hand-over-provisioners-us-east', data);
    } else {
      rmSync(
        join(
          root,
          'clusters-that-run',
          HOME,
          'secret-hand-over-provisioners-us-east.json',
        ),
      );
    }
    const { status, stderr } = make('hand-over');
    expect(status).not.toBe(0);
    expect(stderr).toContain('hand-over-provisioners-us-east');
    expect(valueOf(place, 'coder-provisioner-key', 'key')).toBe('good');
  });

  withMake.each(['backup-now', 'drill-now'])(
    '%s waits for the end, and shows the log',
    target => {
      if (!kubectl) {
        return;
      }
      write('clusters-that-run/job.json', jobWith());
      write(
        'clusters-that-run/job.json.next',
        jobWith('SuccessCriteriaMet', 'Complete'),
      );
      const good = make(target);
      expect(good.stdout).toMatch(
        /a-pod Running <none>\nthe log of job-name=(coder-\S+-\d+)\n\1: succeeded\n$/,
      );
      expect(good.status).toBe(0);

      write('clusters-that-run/job.json', jobWith('FailureTarget'));
      write(
        'clusters-that-run/job.json.next',
        jobWith('FailureTarget', 'Failed'),
      );
      const bad = make(target, 'NOW=2');
      expect(bad.stdout).toMatch(/the log of job-name=coder-\S+-2\n/);
      expect(bad.stderr).toMatch(/coder-\S+-2: FAILED, the log above says why/);
      expect(bad.status).not.toBe(0);
    },
  );

  withMake('drill-now proves the backup that backup-now has made', () => {
    if (!kubectl) {
      return;
    }
    write('clusters-that-run/job.json', jobWith('Complete'));
    expect(make('--jobs', '4', 'backup-now', 'drill-now').status).toBe(0);
    expect(calls()).toMatch(
      /create job --from=cronjob\/coder-backup [^]*logs --selector job-name=coder-backup-[^]*create job --from=cronjob\/coder-restore-drill /,
    );
  });

  withMake('bootstrap says at once that the administrator is missing', () => {
    if (!kubectl) {
      return;
    }
    const { status, stderr } = make('bootstrap');
    expect(status).not.toBe(0);
    expect(stderr).toContain('Create the Secret coder-bootstrap first');
    expect(calls()).not.toContain('delete job');
    expect(make('rotate-keys').status).not.toBe(0);
    expect(calls()).not.toContain('delete secret');
  });

  withMake('bootstrap ends with the Job, when that fails as well', () => {
    if (!kubectl) {
      return;
    }
    secret(HOME, 'coder-bootstrap', {});
    write(`clusters-that-run/${HOME}/job-${JOB}.json`, jobWith('Failed'));
    const { status, stdout } = make('bootstrap');
    expect(status).not.toBe(0);
    expect(stdout).toContain(`the log of job-name=${JOB}`);
    write(`clusters-that-run/${HOME}/job-${JOB}.json`, jobWith('Complete'));
    expect(make('bootstrap').status).toBe(0);
  });

  withMake('bootstrap does not wait longer than it makes sense', () => {
    if (!kubectl) {
      return;
    }
    secret(HOME, 'coder-bootstrap', {});
    write(`clusters-that-run/${HOME}/job-${JOB}.json`, jobWith());
    // An hour at each look
    write(
      'bin/date',
      '#!/bin/sh\nn=$(cat "$CLUSTERS/clock" 2>/dev/null || echo 0)\necho $((n + 3600)) | tee "$CLUSTERS/clock"\n',
    );
    spawnSync('chmod', ['+x', join(root, 'bin', 'date')]);
    const { status, stderr } = make('bootstrap');
    expect(status).not.toBe(0);
    expect(stderr).toContain(`${JOB}: not over after 2700 seconds`);
  });

  withMake('rotate-keys leaves no old key anywhere', () => {
    if (!kubectl) {
      return;
    }
    bootstrapped();
    secret(HOME, 'coder-bootstrap', {});
    secret(HOME, 'coder-provisioner-key', { key: 'b2xk' });
    write(`clusters-that-run/${HOME}/job-${JOB}.json`, jobWith('Complete'));
    // The Job of this test makes nothing: what is handed over would be old
    const { status, stderr } = make('rotate-keys');
    expect(status).not.toBe(0);
    expect(stderr).toContain('hand-over-provisioners-us-east');
    expect(readdirSync(join(root, 'clusters-that-run', HOME))).toEqual([
      `job-${JOB}.json`,
      'secret-coder-bootstrap.json',
    ]);
  });

  withMake('restart reaches everything that reads a key or a token', () => {
    expect(make('restart').status).toBe(0);
    const { provisioners, proxies } = planOf(golden);
    for (const release of [...provisioners, ...proxies]) {
      const deployment = provisioners.includes(release)
        ? 'coder-provisioner'
        : 'coder';
      expect(calls()).toContain(
        `--context ${release.cluster} --namespace ${release.namespace} rollout restart deployment/${deployment}\n`,
      );
    }
  });
});
