import type { Sample } from './samples';
import { alternativesOf, valueAt, withAt } from './variants';

/** What a client made of an answer, as a value at each path. */
export type Flat = ReadonlyMap<string, unknown>;

/**
 * A result as a value at each path. Entries of lists are known by their key or label, texts by
 * themselves: what is left out does not rename what follows.
 */
export function flatten(value: unknown): Flat {
  const flat = new Map<string, unknown>();
  const walk = (part: unknown, path: string) => {
    if (Array.isArray(part)) {
      part.forEach((item, index) =>
        walk(item, `${path}[${nameOf(item, index)}]`),
      );
    } else if (typeof part === 'object' && part !== null) {
      for (const [key, item] of Object.entries(part)) {
        // A label is in the path already.
        if (key !== 'label') {
          walk(item, `${path}.${key}`);
        }
      }
    } else if (part !== undefined) {
      flat.set(path, part);
    }
  };
  walk(value, '');
  return flat;
}

function nameOf(item: unknown, index: number): string {
  if (typeof item === 'string') {
    return item;
  }
  const { key, label } = (item ?? {}) as { key?: unknown; label?: unknown };
  return String(key ?? label ?? index);
}

/** The paths at which two results differ. */
export function difference(a: Flat, b: Flat): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    path => a.get(path) !== b.get(path),
  );
}

/**
 * Which paths of the result each part of a sample has an influence on: found by giving it every other
 * kind of value that it may have. What is inside of a part counts for the part.
 */
export async function influencesOf(
  sample: Sample,
  read: (value: unknown) => Promise<Flat | undefined>,
): Promise<Map<string, Set<string>>> {
  const base = (await read(sample.value)) ?? new Map();
  const influences = new Map<string, Set<string>>();
  for (const part of sample.parts) {
    const current = valueAt(sample.value, part.path);
    for (const alternative of alternativesOf(part, current)) {
      const result = await read(withAt(sample.value, part.path, alternative));
      const paths = result ? difference(base, result) : [];
      part.path.forEach((_, index) => {
        const key = pathKey(part.path.slice(0, index + 1));
        influences.set(
          key,
          new Set([...(influences.get(key) ?? []), ...paths]),
        );
      });
    }
  }
  return influences;
}

/** A path as a key of a map. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}
