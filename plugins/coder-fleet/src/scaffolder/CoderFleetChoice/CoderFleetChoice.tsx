import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Choice } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useEffect } from 'react';
import { StatusLabel } from '../../components/StatusLabel';
import { coderFleetTranslationRef } from '../../translation';
import { CoderFleetField } from '../CoderFleetField/CoderFleetField';
import type { CoderFleetFieldProps } from '../CoderFleetField';
import { answersOf } from './answers';
import { ChoiceSelect } from './ChoiceSelect';
import type { CoderFleetChoiceProps } from './schema';
import { useChoices } from './useChoices';

/**
 * An answer that is chosen from what configuration and catalog offer, and typed where they offer nothing. The
 * only choice is made at once.
 *
 * @internal
 */
export const CoderFleetChoice = (props: CoderFleetChoiceProps) => {
  const { formContext, formData, idSchema, onChange, schema } = props;
  const choose = props.uiSchema['ui:options']?.choose ?? 'businessUnit';
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const known = useChoices(
    choose,
    answersOf(formContext?.formData, idSchema?.$id),
  );
  const choices =
    known.status === 'choices' ? titled(known.choices, schema) : undefined;
  const only = choices?.length === 1 ? choices[0].value : undefined;
  useEffect(() => {
    if (only !== undefined && formData !== only) {
      onChange(only);
    }
  }, [formData, only, onChange]);

  const problem = known.status !== 'loading' ? known.problem : undefined;
  // Where files are kept is asked only where there is a choice
  if (choose === 'host' && only !== undefined && problem === undefined) {
    return null;
  }
  return (
    <>
      {known.status === 'text' ? (
        <CoderFleetField {...asText(props)} />
      ) : (
        <ChoiceSelect {...props} choices={choices} />
      )}
      {problem !== undefined && (
        <StatusLabel tone="warning">
          {t('choice.failed', { problem })}
        </StatusLabel>
      )}
    </>
  );
};

/** The template may have names for people, and not want all of them. */
function titled(
  choices: readonly Choice[],
  schema: CoderFleetChoiceProps['schema'],
): Choice[] {
  const { enum: wanted, enumNames } = schema as {
    enum?: readonly unknown[];
    enumNames?: readonly string[];
  };
  return wanted
    ? choices
        .filter(({ value }) => wanted.includes(value))
        .map(choice => ({
          ...choice,
          title: enumNames?.[wanted.indexOf(choice.value)] ?? choice.title,
        }))
    : [...choices];
}

/** The same field as text, checked by the same rules. */
function asText(props: CoderFleetChoiceProps): CoderFleetFieldProps {
  const { uiSchema, ...others } = props;
  return {
    ...others,
    uiSchema: {
      ...uiSchema,
      'ui:options': { deploymentField: uiSchema['ui:options']?.choose },
    },
  } as CoderFleetFieldProps;
}
