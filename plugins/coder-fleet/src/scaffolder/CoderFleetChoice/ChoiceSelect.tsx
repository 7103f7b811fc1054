import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Choice } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { StatusLabel } from '../../components/StatusLabel';
import { coderFleetTranslationRef } from '../../translation';
import { FieldHelp, fieldFrame } from '../fieldFrame';
import { notOffered } from './choiceRules';
import type { CoderFleetChoiceProps } from './schema';

const useStyles = makeStyles(
  theme => ({
    menu: { maxHeight: theme.spacing(50) },
  }),
  { name: 'CoderFleetChoice' },
);

/**
 * Chooses one of a list. Without `choices` they are not known yet.
 *
 * @internal
 */
export const ChoiceSelect = (
  props: CoderFleetChoiceProps & { choices?: readonly Choice[] },
) => {
  const { choices, formData, onChange, schema, uiSchema } = props;
  const { disabled, rawErrors = [], readonly } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const values = choices?.map(({ value }) => value);
  const isForeign = Boolean(formData) && values?.includes(formData!) === false;
  const problem = isForeign
    ? notOffered(formData!, uiSchema['ui:options']!.choose, values!)
    : undefined;
  // The form repeats below what its own validation found.
  const own = problem && !rawErrors.includes(problem) ? problem : undefined;
  const { describedBy, frame } = fieldFrame(props);

  return (
    <TextField
      select
      {...frame}
      value={choices ? (formData ?? '') : ''}
      disabled={disabled || readonly || !choices || choices.length === 0}
      error={Boolean(problem) || rawErrors.length > 0}
      onChange={event => onChange(event.target.value)}
      SelectProps={{
        SelectDisplayProps: {
          'aria-describedby': describedBy,
        },
        MenuProps: {
          getContentAnchorEl: null,
          anchorOrigin: { vertical: 'bottom', horizontal: 'left' },
          PaperProps: { className: classes.menu },
        },
      }}
      helperText={
        <FieldHelp schema={schema} uiSchema={uiSchema}>
          {own && <StatusLabel tone="error">{own}</StatusLabel>}
          {!choices && t('choice.loading')}
          {choices?.length === 0 && !own && t('choice.none')}
        </FieldHelp>
      }
    >
      {choices?.map(({ value, title }) => (
        <MenuItem key={value} value={value}>
          {title ?? value}
        </MenuItem>
      ))}
      {isForeign && (
        <MenuItem value={formData} disabled>
          {formData}
        </MenuItem>
      )}
    </TextField>
  );
};
