import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  dependencyClosure,
  isWorkspace,
  pruneLock,
  runtimeDependencies,
} from './lockfile.mjs';

/** The workspace that production runs; all others come along as it needs them. */
const BACKEND = 'packages/backend';

/** What production reads beside the packages. */
const FILES = ['app-config.production.yaml', 'templates', 'LICENSE'];

/** Only for the time of the stage: npm's settings and what prepack looks for. */
const NPM_SETTINGS = '.npmrc';
const TSCONFIG = 'tsconfig.json';

/**
 * Of no use to a running portal: sources (npm packs what `main` points at, which
 * is one before prepack), source maps, which carry sources, and types.
 */
const LEFT_OUT = /^src\/|\.(map|d\.ts)$/;

const MANIFEST_FIELDS = [
  'name',
  'version',
  'private',
  'description',
  'license',
  'engines',
  'overrides',
];

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

async function writeJson(file, value) {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * The workspaces that the backend needs at run time. The built pages need
 * nothing: what the frontend depends on is inside of them.
 *
 * @param root - the repository
 * @returns `lock`, `keep` (all locations of the lock file that are needed),
 *   `workspaces` (those of them that are ours)
 */
export async function productionPackages(root) {
  const lock = await readJson(join(root, 'package-lock.json'));
  const manifests = new Map();
  for (const location of Object.keys(lock.packages).filter(isWorkspace)) {
    manifests.set(
      location,
      await readJson(join(root, location, 'package.json')),
    );
  }
  const keep = dependencyClosure(lock, {
    roots: [BACKEND],
    dependenciesOf: (entry, location) =>
      manifests.get(location)?.bundled ? [] : runtimeDependencies(entry),
  });
  return { lock, keep, workspaces: [...keep].filter(isWorkspace).sort() };
}

/**
 * Copies what a package would publish, without prepack applied: that is done to
 * the copy, so that the working tree is never touched.
 *
 * @param options - `from` and `to`: folders; `files`: paths that npm packs
 */
async function copyPackage({ from, to, files }) {
  // prepack turns it into config.schema.json and then it is not needed.
  const schema = (await readJson(join(from, 'package.json'))).configSchema;
  for (const file of files) {
    if (file === schema || !LEFT_OUT.test(file)) {
      await mkdir(dirname(join(to, file)), { recursive: true });
      await copyFile(join(from, file), join(to, file));
    }
  }
}

/** What is only for developers, and what prepack keeps to undo itself. */
async function cleanPackage(folder, schema) {
  const file = join(folder, 'package.json');
  const manifest = await readJson(file);
  delete manifest.scripts;
  delete manifest.devDependencies;
  delete manifest.types;
  delete manifest.typesVersions;
  await writeJson(file, manifest);
  await rm(`${file}-prepack`, { force: true });
  if (schema?.endsWith('.d.ts')) {
    await rm(join(folder, schema), { force: true });
  }
  if (!existsSync(join(folder, 'dist'))) {
    throw new Error(`${manifest.name} is not built: it has no dist`);
  }
  return manifest;
}

/**
 * Fills `target` with everything but node_modules.
 *
 * @param options - `root`: the repository; `target`: an empty folder;
 *   `packedFiles(location)`: paths that npm would publish of a workspace;
 *   `prepack(folder)`: runs Backstage's prepack there
 * @returns the workspaces that were staged
 */
export async function stageBundle({ root, target, packedFiles, prepack }) {
  const { lock, keep, workspaces } = await productionPackages(root);
  const ours = await readJson(join(root, 'package.json'));
  const manifest = {
    ...Object.fromEntries(MANIFEST_FIELDS.map(field => [field, ours[field]])),
    workspaces,
  };
  await writeJson(join(target, 'package.json'), manifest);
  await writeJson(join(target, TSCONFIG), {});
  const manifests = { '': manifest };
  for (const location of workspaces) {
    const from = join(root, location);
    const to = join(target, location);
    const { configSchema } = await readJson(join(from, 'package.json'));
    await copyPackage({ from, to, files: await packedFiles(location) });
    await prepack(to);
    manifests[location] = await cleanPackage(to, configSchema);
  }
  await rm(join(target, TSCONFIG));
  await writeJson(
    join(target, 'package-lock.json'),
    pruneLock(lock, { keep, manifests }),
  );
  for (const name of FILES) {
    await cp(join(root, name), join(target, name), { recursive: true });
  }
  return workspaces;
}

/**
 * Runs `install` with the npm settings of the repository. They do not stay: a
 * bundle travels, and somebody's settings may have a token.
 */
export async function withNpmSettings({ root, target }, install) {
  const settings = join(target, NPM_SETTINGS);
  await copyFile(join(root, NPM_SETTINGS), settings);
  try {
    await install();
  } finally {
    await rm(settings, { force: true });
  }
}
