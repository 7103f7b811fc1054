/**
 * Where a command works.
 *
 * @internal
 */
export type Place = { cluster: string; namespace?: string };

/**
 * A block of commands.
 *
 * @internal
 */
export function shell(...commands: string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}

/**
 * A block of commands that each need the one before. It ends at the first that fails, in whatever shell it is pasted into.
 *
 * @internal
 */
export function strictly(...commands: string[]): string {
  return shell('(', 'set -e', ...commands, ')');
}

/**
 * The beginning of a command of kubectl: contexts are called as the clusters are.
 *
 * @internal
 */
export function kubectl({ cluster, namespace }: Place): string {
  return `kubectl --context ${cluster}${
    namespace === undefined ? '' : ` --namespace ${namespace}`
  }`;
}

/**
 * Steps with numbers. The first line of a step carries the number; blocks stand below it.
 *
 * @internal
 */
export function numbered(
  steps: ReadonlyArray<readonly string[]>,
  first = 1,
): string[] {
  return steps.flatMap(([head, ...rest], index) => [
    `${first + index}. ${head}`,
    ...rest,
  ]);
}

/**
 * Makes a namespace, or does nothing when it is there.
 *
 * @internal
 */
export function createNamespace({
  cluster,
  namespace,
}: Required<Place>): string {
  return `${kubectl({ cluster })} create namespace ${namespace} --dry-run=client --output yaml | ${kubectl({ cluster })} apply --filename -`;
}

/**
 * Waits until the namespaces of a cluster are there.
 *
 * @internal
 */
export function awaitNamespaces(
  cluster: string,
  namespaces: readonly string[],
): string {
  return `until ${kubectl({ cluster })} get namespace ${namespaces.join(' ')}; do sleep 10; done`;
}

/**
 * In words: `a`, `a and b`, `a, b and c`.
 *
 * @internal
 */
export function inWords(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/**
 * Groups in the order in which their keys come first.
 *
 * @internal
 */
export function groupedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Array<[key: string, items: T[]]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups];
}
