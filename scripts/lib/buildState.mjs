import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const BUILT = join(root, 'packages/app/dist/index.html');
const SKIPPED = new Set(['node_modules', 'dist', 'dist-types']);

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    return stat.mtimeMs;
  }
  return readdirSync(path)
    .filter(name => !SKIPPED.has(name))
    .reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/** Whether the built frontend is older than anything that it is built from. */
export function needsBuild() {
  if (!existsSync(BUILT)) {
    return true;
  }
  const built = statSync(BUILT).mtimeMs;
  return ['packages/app', 'plugins', 'app-config.yaml', 'package-lock.json']
    .map(source => join(root, source))
    .some(source => newest(source) > built);
}
