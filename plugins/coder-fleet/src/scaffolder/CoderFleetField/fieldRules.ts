import { toError } from '@backstage/errors';
import {
  deploymentFields,
  fieldProblem,
  type CoderFleetApi,
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
 * Why a name cannot be had, in words. Throws nothing: a name that could not be checked is not free.
 *
 * @internal
 */
export async function takenProblem(
  name: unknown,
  api: Pick<CoderFleetApi, 'checkName'>,
): Promise<string | undefined> {
  try {
    const { available } = await api.checkName(String(name));
    return available ? undefined : `The name "${name}" is taken`;
  } catch (error) {
    return `Whether the name "${name}" is taken could not be checked: ${
      toError(error).message
    }`;
  }
}

/**
 * Whether a name must be asked for.
 *
 * @internal
 */
export function mustBeFree(
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
