import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { StatusLabel } from '../../components/StatusLabel';
import { coderFleetTranslationRef } from '../../translation';
import { isAskedFor, valueProblem } from './fieldRules';
import type { CoderFleetFieldProps } from './schema';
import { type NameCheck, useNameCheck } from './useNameCheck';

const useStyles = makeStyles(
  theme => ({
    line: { display: 'block', color: theme.palette.text.primary },
    description: { display: 'block', color: theme.palette.textSubtle },
  }),
  { name: 'CoderFleetField' },
);

/**
 * A text or number of a deployment. It says what is wrong in the words of the deployment's file, once
 * the person has left it.
 *
 * @internal
 */
export const CoderFleetField = (props: CoderFleetFieldProps) => {
  const { formData, onChange, schema, uiSchema, required, disabled } = props;
  const { idSchema, rawErrors = [], readonly, name } = props;
  const classes = useStyles();
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
  const id = idSchema?.$id ?? name;

  return (
    <TextField
      id={id}
      label={uiSchema['ui:title'] ?? schema.title ?? name}
      value={text}
      placeholder={uiSchema['ui:placeholder']}
      required={required}
      disabled={disabled}
      error={Boolean(shown) || rawErrors.length > 0}
      margin="normal"
      fullWidth
      onChange={event => onChange(type(event.target.value))}
      onBlur={() => setLeft(true)}
      inputProps={{
        readOnly: readonly,
        inputMode: numeric ? 'decimal' : undefined,
        autoComplete: 'off',
        spellCheck: false,
        autoFocus: uiSchema['ui:autofocus'],
        'aria-describedby': `${id}-helper-text ${id}__error`,
      }}
      // The theme's red is too pale for small text: icon and underline carry it.
      InputLabelProps={{ error: false }}
      FormHelperTextProps={{ error: false }}
      helperText={
        <>
          <span className={classes.description}>
            {uiSchema['ui:description'] ?? schema.description}
          </span>
          <span className={classes.line} role="status">
            {own && <StatusLabel tone="error">{own}</StatusLabel>}
            {checkText}
          </span>
        </>
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
