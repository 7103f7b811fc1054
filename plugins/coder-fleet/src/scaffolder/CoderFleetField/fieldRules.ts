import {
  deploymentFields,
  fieldProblem,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderFleetFieldUiOptions } from './schema';

/** A template's author may have got them wrong. */
type Options = Partial<CoderFleetFieldUiOptions>;

/**
 * The first thing that is wrong with one value, in words. An optional field may be empty: the form
 * says itself when a required one is.
 *
 * @internal
 */
export function valueProblem(
  value: unknown,
  options: Options | undefined,
): string | undefined {
  const field = options?.deploymentField;
  if (!field || !Object.hasOwn(deploymentFields, field)) {
    return `The template must name the field in ui:options: deploymentField is one of ${Object.keys(
      deploymentFields,
    ).join(', ')}`;
  }
  return isEmpty(value) ? undefined : fieldProblem(field, value);
}

/**
 * Whether a name must be asked for.
 *
 * @internal
 */
export function isAskedFor(
  value: unknown,
  options: Options | undefined,
): boolean {
  return (
    options?.deploymentField === 'name' &&
    Boolean(options.checkTaken) &&
    !isEmpty(value)
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
