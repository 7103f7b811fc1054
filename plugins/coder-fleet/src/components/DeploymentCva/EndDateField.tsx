import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import type { EndDate } from './useEndDate';

/**
 * Asks for the last day of a decision.
 *
 * @internal
 */
export const EndDateField = (props: { label: string; end: EndDate }) => {
  const { label, end } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const wrong = !end.instant;
  return (
    <TextField
      id={useId()}
      label={label}
      type="date"
      value={end.value}
      onChange={event => end.set(event.target.value)}
      error={wrong}
      helperText={wrong ? t('decision.endWrong') : t('decision.endHint')}
      InputLabelProps={{ shrink: true }}
      inputProps={{ min: end.min, max: end.max }}
      fullWidth
      margin="normal"
      required
    />
  );
};
