import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type Artifact,
  ARTIFACT_PATHS,
  type CoderDeployment,
  parseDeploymentFile,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { InputError } from '@backstage/errors';

/** Not part of what is deployed. */
const IGNORED = new Set(['.git', 'node_modules']);
/** A deployment has some twenty files of a few kilobytes. */
const MAX_FILES = 2000;
const MAX_BYTES = 1024 * 1024;

/**
 * Whether a path is a folder. Throws an `InputError` when there is nothing.
 *
 * @internal
 */
export function isFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new InputError(`There is no ${path}`);
  }
  return found.isDirectory();
}

/**
 * Text of a file of at most 1 MiB. Throws an `InputError`.
 *
 * @internal
 */
export function readText(path: string): string {
  const { size } = lstatSync(path);
  if (size > MAX_BYTES) {
    throw new InputError(`${path} is larger than 1 MiB`);
  }
  return readFileSync(path, 'utf8');
}

/**
 * Reads `coder-deployment.yaml`, given as a file or as the folder that it is in. Throws an `InputError`.
 *
 * @internal
 */
export function readDeployment(path: string): CoderDeployment {
  const file = isFolder(path) ? join(path, ARTIFACT_PATHS.deployment) : path;
  if (!lstatSync(file, { throwIfNoEntry: false })) {
    throw new InputError(
      `There is no ${ARTIFACT_PATHS.deployment} in ${path}: give the folder of a deployment, or its Helm values`,
    );
  }
  return parseDeploymentFile(readText(file));
}

/**
 * The files below a folder, as artifacts. Links are not followed. Throws an `InputError` when it is too
 * much to be a deployment.
 *
 * @internal
 */
export function readArtifacts(folder: string): Artifact[] {
  const artifacts: Artifact[] = [];
  const visit = (current: string) => {
    for (const entry of readdirSync(current, { withFileTypes: true })) {
      const path = join(current, entry.name);
      if (entry.isDirectory() && !IGNORED.has(entry.name)) {
        visit(path);
      } else if (entry.isFile()) {
        if (artifacts.length === MAX_FILES) {
          throw new InputError(
            `${folder} has more than ${MAX_FILES} files: give the folder of one deployment`,
          );
        }
        artifacts.push({
          path: relative(folder, path).split(sep).join('/'),
          content: readText(path),
        });
      }
    }
  };
  visit(folder);
  return artifacts;
}
