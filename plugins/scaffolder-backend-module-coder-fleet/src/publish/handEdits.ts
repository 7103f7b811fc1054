import {
  ARTIFACT_PATHS,
  type Lock,
  parseLock,
  verifyArtifacts,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { shortDiff } from './shortDiff';

/**
 * A file in the repository that publishing would overwrite or remove although a person wrote it.
 *
 * - `edited`: rendered, and changed since.
 * - `deleted`: rendered, and deleted since.
 * - `foreign`: never rendered, at a path where a rendered file belongs.
 *
 * @internal
 */
export type HandEdit = {
  path: string;
  what: 'edited' | 'deleted' | 'foreign';
  /** What would be undone, in a few lines. */
  diff: string[];
};

/**
 * How what is published compares with what is to be.
 *
 * @internal
 */
export type Comparison = {
  handEdits: HandEdit[];
  /** Files that were rendered before and are not any more. */
  obsolete: string[];
};

/**
 * Compares the files of a repository with the artifacts that are to be published, by the lock that
 * was published with them. A file that already reads as it will is no hand edit, whoever wrote it.
 *
 * @internal
 */
export function compareWithPublished(options: {
  /** Texts of the repository by path; binary files as an empty text. */
  published: ReadonlyMap<string, string>;
  /** Artifacts to publish by path. */
  artifacts: ReadonlyMap<string, string>;
}): Comparison {
  const { published, artifacts } = options;
  const lock = parseLock(published.get(ARTIFACT_PATHS.lock) ?? '');
  const handEdits = [
    ...changedSince(published, lock),
    ...foreign({ published, artifacts, lock }),
  ]
    .filter(({ path }) => published.get(path) !== artifacts.get(path))
    .map(({ path, what }) => ({
      path,
      what,
      diff: shortDiff(published.get(path) ?? '', artifacts.get(path) ?? ''),
    }));
  const obsolete = Object.keys(lock?.artifacts ?? {}).filter(
    path => !artifacts.has(path) && published.has(path),
  );
  return { handEdits, obsolete };
}

type Suspect = Pick<HandEdit, 'path' | 'what'>;

function changedSince(
  published: ReadonlyMap<string, string>,
  lock?: Lock,
): Suspect[] {
  if (!lock) {
    return [];
  }
  const { edited, missing } = verifyArtifacts(published, lock);
  return [
    ...edited.map(path => ({ path, what: 'edited' as const })),
    ...missing.map(path => ({ path, what: 'deleted' as const })),
  ];
}

function foreign(options: {
  published: ReadonlyMap<string, string>;
  artifacts: ReadonlyMap<string, string>;
  lock?: Lock;
}): Suspect[] {
  const { published, artifacts, lock } = options;
  return [...artifacts.keys()]
    .filter(
      path =>
        path !== ARTIFACT_PATHS.lock &&
        published.has(path) &&
        !Object.hasOwn(lock?.artifacts ?? {}, path),
    )
    .map(path => ({ path, what: 'foreign' as const }));
}
