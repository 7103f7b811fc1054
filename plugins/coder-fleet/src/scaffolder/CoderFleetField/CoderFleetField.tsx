import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import { StatusLabel } from '../../components/StatusLabel';
import { coderFleetTranslationRef } from '../../translation';
import { FieldHelp, fieldFrame } from '../fieldFrame';
import { isAskedFor, valueProblem } from './fieldRules';
import type { CoderFleetFieldProps } from './schema';
import { type NameCheck, useNameCheck } from './useNameCheck';

/**
 * A text or number of a deployment. It says what is wrong in the words of the deployment's file, once
 * the person has left it.
 *
 * @internal
 */
export const CoderFleetField = (props: CoderFleetFieldProps) => {
  const { formData, onChange, schema, uiSchema, disabled } = props;
  const { rawErrors = [], readonly } = props;
  const options = uiSchema['ui:options'];
  const { numeric, text, type } = useText(props);
  const [left, setLeft] = useState(false);

  const problem = valueProblem(formData, options);
  const check = useNameCheck(
    !problem && isAskedFor(formData, options) ? String(formData) : undefined,
  );
  const shown =
    check.status === 'problem' ? check.problem : (left && problem) || undefined;
  const checkText = useCheckText(check);
  // The form repeats below what its own validation found.
  const own = shown && !rawErrors.includes(shown) ? shown : undefined;
  const { describedBy, frame } = fieldFrame(props);

  return (
    <TextField
      {...frame}
      value={text}
      placeholder={uiSchema['ui:placeholder']}
      disabled={disabled}
      error={Boolean(shown) || rawErrors.length > 0}
      onChange={event => onChange(type(event.target.value))}
      onBlur={() => setLeft(true)}
      inputProps={{
        readOnly: readonly,
        inputMode: numeric ? 'decimal' : undefined,
        autoComplete: 'off',
        spellCheck: false,
        autoFocus: uiSchema['ui:autofocus'],
        'aria-describedby': describedBy,
      }}
      helperText={
        <FieldHelp schema={schema} uiSchema={uiSchema}>
          {own && <StatusLabel tone="error">{own}</StatusLabel>}
          {checkText}
        </FieldHelp>
      }
    />
  );
};

/** What is known of a name, in words; empty for a problem, which is shown as one. */
function useCheckText(check: NameCheck): string {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  switch (check.status) {
    case 'checking':
    case 'free':
      return t(`field.${check.status}`);
    case 'changes':
      return t('field.changes', { displayName: check.displayName });
    default:
      return '';
  }
}

/** Keeps what was typed: `0.` is on its way to `0.6`. `type` gives the value of a text. */
function useText(props: CoderFleetFieldProps) {
  const { formData, schema } = props;
  const numeric = schema.type === 'number' || schema.type === 'integer';
  const [text, setText] = useState(String(formData ?? ''));
  const outdated = parse(text, numeric) !== formData;
  return {
    numeric,
    text: outdated ? String(formData ?? '') : text,
    type: (typed: string) => {
      setText(typed);
      return parse(typed, numeric);
    },
  };
}

/** What is no number stays text, so that the rules can say so. */
function parse(text: string, numeric: boolean): string | number | undefined {
  if (text === '') {
    return undefined;
  }
  return numeric && /^-?\d+\.?\d*$/.test(text) ? Number(text) : text;
}
