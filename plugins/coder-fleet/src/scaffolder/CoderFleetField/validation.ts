import type { ApiHolder } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type {
  CustomFieldValidator,
  FieldExtensionUiSchema,
} from '@backstage/plugin-scaffolder-react';
import { coderFleetApiRef } from '../../api';
import { nameStanding } from '../nameStanding';
import { isAskedFor, valueProblem } from './fieldRules';
import type { CoderFleetFieldUiOptions } from './schema';

type Value = string | number;
type UiSchema = FieldExtensionUiSchema<Value, CoderFleetFieldUiOptions>;

/**
 * Checks what was filled in by the rules of the deployment's file. For a list the form hands over the
 * whole list, once: then each entry is checked.
 *
 * @internal
 */
export const validateCoderFleetField: CustomFieldValidator<
  Value,
  CoderFleetFieldUiOptions
> = async (value, validation, { apiHolder, uiSchema = {} }) => {
  const problems = Array.isArray(value)
    ? listProblems(value, uiSchema)
    : [await singleProblem(value, uiSchema, apiHolder)];
  for (const problem of problems) {
    if (problem) {
      validation.addError(problem);
    }
  }
};

async function singleProblem(
  value: unknown,
  uiSchema: UiSchema,
  apiHolder: ApiHolder,
): Promise<string | undefined> {
  const options = uiSchema['ui:options'];
  const problem = valueProblem(value, options);
  const api = apiHolder.get(coderFleetApiRef);
  if (problem || !api || !isAskedFor(value, options)) {
    return problem;
  }
  const permissions = apiHolder.get(permissionApiRef);
  const standing = await nameStanding(String(value), { api, permissions });
  return standing.status === 'problem' ? standing.problem : undefined;
}

function listProblems(list: unknown[], uiSchema: UiSchema): string[] {
  return list.flatMap((entry, index) =>
    entryProblems(entry, uiSchema).map(problem => `${index + 1}: ${problem}`),
  );
}

function entryProblems(entry: unknown, uiSchema: UiSchema): string[] {
  const checked: Array<[unknown, UiSchema]> = isRecord(entry)
    ? Object.entries(entry).map(([key, value]) => [value, uiSchema[key] ?? {}])
    : [[entry, uiSchema]];
  return checked.flatMap(([value, own]) =>
    own['ui:options']?.deploymentField
      ? (valueProblem(value, own['ui:options']) ?? [])
      : [],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
