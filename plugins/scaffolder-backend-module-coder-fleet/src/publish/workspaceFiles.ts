import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import {
  ARTIFACT_PATHS,
  type CoderDeployment,
  parseDeployment,
  parseDeploymentFile,
  type PlanOptions,
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
 * Reads a directory of the workspace. Artifacts must be what the deployment gives, by default that of
 * coder-deployment.yaml there: those that are missing or differ are rendered again, and the log says
 * so. A workspace may be empty, since it does not survive the loss of the disk that it is on. Throws an
 * `InputError` when there is no deployment at all, when it is not valid, and when a file is not text.
 *
 * @internal
 */
export async function readWorkspace(
  directory: string,
  options: { given?: unknown; logger: LoggerService } & PlanOptions,
): Promise<WorkspaceContent> {
  return contentOf(await readTexts(directory), options);
}

/**
 * The same of files that were read.
 *
 * @internal
 */
export function contentOf(
  found: ReadonlyMap<string, string>,
  options: {
    given?: unknown;
    logger: LoggerService;
    /** Where the files are, for the log: empty, or ending with a slash. */
    prefix?: string;
  } & PlanOptions,
): WorkspaceContent {
  const { given, generation, logger, prefix = '' } = options;
  const deployment =
    given === undefined ? rendered(found) : parseDeployment(given);
  const artifacts = new Map(
    render(deployment, { generation }).map(({ path, content }) => [
      path,
      content,
    ]),
  );
  const again = [...artifacts]
    .filter(([path, content]) => found.get(path) !== content)
    .map(([path]) =>
      found.has(path)
        ? `${prefix}${path} differs from its lock: rendered again`
        : `${prefix}${path} is missing: rendered again`,
    );
  if (again.length > 0) {
    logger.warn(again.join('\n'));
  }
  return { deployment, artifacts, files: new Map([...found, ...artifacts]) };
}

function rendered(found: ReadonlyMap<string, string>): CoderDeployment {
  const spec = found.get(ARTIFACT_PATHS.deployment);
  if (spec === undefined) {
    throw new InputError(
      `There is no ${ARTIFACT_PATHS.deployment} to publish: run coder-fleet:render first, with the same path`,
    );
  }
  return parseDeploymentFile(spec);
}

/**
 * The files of a directory of the workspace by path. Throws an `InputError` when one is no text, or a symbolic
 * link.
 *
 * @internal
 */
export async function readTexts(
  directory: string,
): Promise<Map<string, string>> {
  const entries = await serializeDirectoryContents(directory, {
    globPatterns: ['**', '!**/.git/**'],
  });
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  for (const { path, content, symlink } of entries) {
    if (symlink) {
      throw new InputError(`${path} is a symbolic link: only files are read`);
    }
    try {
      texts.set(path, decoder.decode(content));
    } catch {
      throw new InputError(`${path} is not text: only text is published`);
    }
  }
  return texts;
}
