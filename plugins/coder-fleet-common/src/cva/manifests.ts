import { REPOSITORY } from './declared';
import type { ManifestEvidence, RepositoryEvidence } from './evidence';
import type { Check, Look } from './Look';

/**
 * Objects of a kind that a repository declares, in a namespace when one is named.
 *
 * @internal
 */
export function objectsOf(
  { manifests }: Pick<RepositoryEvidence, 'manifests'>,
  kind: string,
  namespace?: string,
): readonly ManifestEvidence[] {
  const ofKind = byKind(manifests).get(kind) ?? [];
  return namespace === undefined
    ? ofKind
    : ofKind.filter(manifest => manifest.namespace === namespace);
}

/** A repository's objects are judged again and again, and change with its commits only. */
const KINDS = new WeakMap<object, Map<string, ManifestEvidence[]>>();

function byKind(
  manifests: readonly ManifestEvidence[],
): Map<string, ManifestEvidence[]> {
  let kinds = KINDS.get(manifests);
  if (!kinds) {
    kinds = new Map();
    for (const manifest of manifests) {
      const others = kinds.get(manifest.kind);
      if (others) {
        others.push(manifest);
      } else {
        kinds.set(manifest.kind, [manifest]);
      }
    }
    KINDS.set(manifests, kinds);
  }
  return kinds;
}

/**
 * What stands at a place of an object; `undefined` where there is no such place. Objects come from people: nothing is
 * known of their shape.
 *
 * @internal
 */
export function at(object: unknown, ...path: ReadonlyArray<string | number>) {
  let node: unknown = object;
  for (const key of path) {
    if (
      typeof node !== 'object' ||
      node === null ||
      !Object.hasOwn(node, String(key))
    ) {
      return undefined;
    }
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

/**
 * A list at a place of an object; empty where there is none.
 *
 * @internal
 */
export function listAt(
  object: unknown,
  ...path: ReadonlyArray<string | number>
): unknown[] {
  const found = at(object, ...path);
  return Array.isArray(found) ? found : [];
}

/**
 * Checks the objects of a repository; `unknown` where it brings none at all, as what people keep elsewhere was not
 * looked at.
 *
 * @internal
 */
export function declaredObjects(
  look: Look,
  checks: (repository: RepositoryEvidence) => Check[],
): Check[] {
  return look.of(REPOSITORY, repository =>
    repository.manifests.length > 0
      ? checks(repository)
      : [look.unknown(REPOSITORY, 'objects of Kubernetes in the repository')],
  );
}

/**
 * What of the objects could not be read: it may say anything, so a rule that asks for all of them cannot pass.
 *
 * @internal
 */
export function unreadableObjects({
  unreadable,
}: Pick<RepositoryEvidence, 'unreadable'>): Check[] {
  return unreadable
    .filter(({ path }) => path.startsWith('kubernetes/'))
    .map(({ path, problem }) => ({
      fact: REPOSITORY,
      subject: path,
      verdict: 'unknown',
      seen: problem,
    }));
}

/**
 * A value in words, short enough for a sentence.
 *
 * @internal
 */
export function inWords(value: unknown): string {
  if (value === undefined || value === null) {
    return 'none';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
