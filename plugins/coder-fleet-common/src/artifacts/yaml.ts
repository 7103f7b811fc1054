import { parse, stringify } from 'yaml';

/**
 * Writes YAML that readers of YAML 1.1 and 1.2 agree on (Helm reads 1.1: an unquoted `no` is a
 * boolean there, `0755` a number). Sorted keys: the same data gives the same bytes.
 *
 * @internal
 */
export function toYaml(data: unknown): string {
  return stringify(data, {
    version: '1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
}

/**
 * Reads YAML that {@link toYaml} wrote, as Helm would. `undefined` when it is not YAML.
 *
 * @internal
 */
export function fromYaml(text: string): unknown {
  try {
    return parse(text, { version: '1.1', maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
