import {
  ARTIFACT_PATHS,
  type Artifact,
  sha256Hex,
} from '../artifacts/artifact';
import type { PresentFiles } from './presentDeployment';

/**
 * A file that would be added, changed or removed.
 *
 * @public
 */
export type FileChange = {
  path: string;
  what: 'added' | 'changed' | 'removed';
  /**
   * Lines that come and go, without the first line of a rendered file, which names what it was rendered from, and
   * without those that only move. Absent when the present text is not known.
   */
  lines?: { added: number; removed: number };
};

/**
 * A file that a person wrote and publishing would undo: rendered and edited since, rendered and deleted since, or
 * never rendered, at a path where a rendered file belongs.
 *
 * @public
 */
export type HandEditedFile = {
  path: string;
  what: 'edited' | 'deleted' | 'foreign';
};

/**
 * Whether of a file only its first line changes, which names the spec that it was rendered from.
 *
 * @public
 */
export function isOnlyRestamped({ what, lines }: FileChange): boolean {
  return what === 'changed' && lines?.added === 0 && lines.removed === 0;
}

type Comparison = { files: FileChange[]; handEdits: HandEditedFile[] };

/**
 * Compares files to publish with those that are there, by their lock. The lock itself does not count: it follows
 * from the others.
 *
 * @internal
 */
export function fileChanges(options: {
  present: PresentFiles;
  /** What the present deployment renders to: old texts, where the lock says that they are the same. */
  rendered: readonly Artifact[];
  /** What is to be published. */
  artifacts: readonly Artifact[];
}): Comparison {
  const { present, rendered, artifacts } = options;
  const before = new Map(rendered.map(({ path, content }) => [path, content]));
  const after = new Map(artifacts.map(({ path, content }) => [path, content]));
  const statuses = new Map(
    present.items.map(({ path, status }) => [path, status]),
  );
  const paths = new Set([
    ...after.keys(),
    ...Object.keys(present.lock?.artifacts ?? {}),
  ]);
  paths.delete(ARTIFACT_PATHS.lock);
  const result: Comparison = { files: [], handEdits: [] };
  for (const path of [...paths].sort()) {
    const one = compared({
      path,
      status: statuses.get(path),
      hash: hashOf(present, path),
      edited: present.edited.get(path),
      before: before.get(path),
      after: after.get(path),
    });
    result.files.push(...(one.file ? [{ path, ...one.file }] : []));
    result.handEdits.push(
      ...(one.handEdit ? [{ path, what: one.handEdit }] : []),
    );
  }
  return result;
}

function hashOf({ lock }: PresentFiles, path: string): string | undefined {
  return lock && Object.hasOwn(lock.artifacts, path)
    ? lock.artifacts[path]
    : undefined;
}

type One = {
  file?: Omit<FileChange, 'path'>;
  handEdit?: HandEditedFile['what'];
};

function compared(options: {
  path: string;
  status: PresentFiles['items'][number]['status'] | undefined;
  hash?: string;
  edited?: string;
  before?: string;
  after?: string;
}): One {
  const { status, hash, edited, before, after } = options;
  switch (status) {
    case undefined:
      return after === undefined ? {} : { file: addition(after) };
    case 'missing':
      return after === undefined
        ? {}
        : { file: addition(after), handEdit: 'deleted' };
    case 'edited':
      return edited !== undefined && edited === after
        ? {}
        : { file: change(edited, after), handEdit: 'edited' };
    case 'rendered':
      return after !== undefined && sha256Hex(after) === hash
        ? {}
        : { file: change(textOf(before, hash), after) };
    default:
      return { file: change(undefined, after), handEdit: 'foreign' };
  }
}

/** A text is the one of a lock when its digest is. */
function textOf(text: string | undefined, hash?: string): string | undefined {
  return text !== undefined && sha256Hex(text) === hash ? text : undefined;
}

function addition(after: string): Omit<FileChange, 'path'> {
  return { what: 'added', lines: countLines('', after) };
}

/** Of a file that is there; `before` is `undefined` when its text is not known. */
function change(
  before: string | undefined,
  after: string | undefined,
): Omit<FileChange, 'path'> {
  return {
    what: after === undefined ? 'removed' : 'changed',
    ...(before !== undefined && { lines: countLines(before, after ?? '') }),
  };
}

const HEADER = /^# Rendered by Coder Fleet .*\n/;

function countLines(before: string, after: string) {
  const old = linesOf(before);
  const now = linesOf(after);
  return { added: missingIn(now, old), removed: missingIn(old, now) };
}

/** How often each line is there. */
function linesOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const body = text.replace(HEADER, '').replace(/\n$/, '');
  for (const line of body === '' ? [] : body.split('\n')) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}

function missingIn(
  some: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
): number {
  let missing = 0;
  for (const [line, count] of some) {
    missing += Math.max(0, count - (others.get(line) ?? 0));
  }
  return missing;
}
