import { configApiRef } from '@backstage/core-plugin-api';
import type {
  CustomFieldValidator,
  FieldExtensionUiSchema,
} from '@backstage/plugin-scaffolder-react';
import { type Answers, answersOf, answersOfRow } from './answers';
import { configuredOffer, type ConfiguredOffer } from './choiceConfig';
import { choiceProblem } from './choiceRules';
import type { CoderFleetChoiceUiOptions } from './schema';

type UiSchema = FieldExtensionUiSchema<string, CoderFleetChoiceUiOptions>;

/**
 * Checks that what was chosen is offered: a link to the form can hold any answer. For a list the form hands over
 * the whole list, once: then each entry is checked.
 *
 * @internal
 */
export const validateCoderFleetChoice: CustomFieldValidator<
  string,
  CoderFleetChoiceUiOptions
> = (value, validation, { apiHolder, formData, uiSchema = {} }) => {
  const configured = configuredOffer(apiHolder.get(configApiRef));
  const problems = Array.isArray(value)
    ? listProblems(value, { configured, formData, uiSchema })
    : [
        problemOf(value, uiSchema, {
          configured,
          answers: answersOf(formData),
        }),
      ];
  for (const problem of problems) {
    if (problem) {
      validation.addError(problem);
    }
  }
};

function problemOf(
  value: unknown,
  uiSchema: UiSchema,
  context: { configured: ConfiguredOffer; answers: Answers },
): string | undefined {
  return choiceProblem(value, uiSchema['ui:options']?.choose, context);
}

function listProblems(
  rows: unknown[],
  options: {
    configured: ConfiguredOffer;
    formData: unknown;
    uiSchema: UiSchema;
  },
): string[] {
  const { configured, formData, uiSchema } = options;
  return rows.flatMap((row, index) => {
    const answers = answersOfRow(formData, row);
    return Object.entries(row ?? {})
      .filter(([key]) => uiSchema[key]?.['ui:options']?.choose)
      .map(([key, value]) =>
        problemOf(value, uiSchema[key], { configured, answers }),
      )
      .filter(problem => problem !== undefined)
      .map(problem => `${index + 1}: ${problem}`);
  });
}
