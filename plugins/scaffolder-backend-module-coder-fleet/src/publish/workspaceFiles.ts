import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import {
  ARTIFACT_PATHS,
  type CoderDeployment,
  parseDeploymentFile,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What is to be published.
 *
 * @internal
 */
export type WorkspaceContent = {
  deployment: CoderDeployment;
  /** Rendered files by path, the lock among them. */
  artifacts: Map<string, string>;
  /** All files by path: the artifacts, and what other steps of the template wrote. */
  files: Map<string, string>;
};

/**
 * Reads a directory of the workspace. Artifacts must be what their coder-deployment.yaml gives: those
 * that are missing or differ are rendered again, and the log says so. Throws an `InputError` when
 * there is no coder-deployment.yaml, when it is not valid, and when a file is not text.
 *
 * @internal
 */
export async function readWorkspace(
  directory: string,
  logger: LoggerService,
): Promise<WorkspaceContent> {
  const found = await readTexts(directory);
  const spec = found.get(ARTIFACT_PATHS.deployment);
  if (spec === undefined) {
    throw new InputError(
      `There is no ${ARTIFACT_PATHS.deployment} to publish: run coder-fleet:render first, with the same path`,
    );
  }
  const deployment = parseDeploymentFile(spec);
  const artifacts = new Map(
    render(deployment).map(({ path, content }) => [path, content]),
  );
  const again = [...artifacts]
    .filter(([path, content]) => found.get(path) !== content)
    .map(([path]) =>
      found.has(path)
        ? `${path} differs from its lock: rendered again`
        : `${path} is missing: rendered again`,
    );
  if (again.length > 0) {
    logger.warn(again.join('\n'));
  }
  return { deployment, artifacts, files: new Map([...found, ...artifacts]) };
}

async function readTexts(directory: string): Promise<Map<string, string>> {
  const entries = await serializeDirectoryContents(directory, {
    globPatterns: ['**', '!**/.git/**'],
  });
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  for (const { path, content, symlink } of entries) {
    if (symlink) {
      throw new InputError(
        `${path} is a symbolic link: only files are published`,
      );
    }
    try {
      texts.set(path, decoder.decode(content));
    } catch {
      throw new InputError(`${path} is not text: only text is published`);
    }
  }
  return texts;
}
