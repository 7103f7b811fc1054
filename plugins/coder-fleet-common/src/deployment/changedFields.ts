import { canonicalJson } from './canonicalJson';
import type { CoderDeployment } from './DeploymentSpec';

/**
 * Fields in which two deployments differ, as sorted paths such as `spec.users.expected`. A list is one field.
 *
 * @public
 */
export function changedFields(
  before: CoderDeployment,
  after: CoderDeployment,
): string[] {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter(path => old.get(path) !== now.get(path))
    .sort();
}

/**
 * The text of every field, by path.
 *
 * @internal
 */
export function fieldsOf(
  value: unknown,
  path: string[] = [],
): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map(
      value === undefined ? [] : [[path.join('.'), canonicalJson(value)]],
    );
  }
  return new Map(
    Object.entries(value).flatMap(([key, child]) => [
      ...fieldsOf(child, [...path, key]),
    ]),
  );
}
