import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  STATEMENTS,
  type AttestationEvidence,
  type StatementId,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';
import { EndDateField } from './EndDateField';
import { useEndDate } from './useEndDate';

/** Half a year: what people say ages slower than what is measured. */
const PROPOSED_DAYS = 180;

type Answer = 'holds' | 'holdsNot' | 'withdrawn';

/**
 * Asks whether a statement holds, and until when that word counts.
 *
 * @internal
 */
export const AttestationDialog = (props: {
  name: string;
  statement: StatementId;
  /** What was said before. */
  word?: AttestationEvidence;
  onClose: () => void;
  onSaid: () => void;
}) => {
  const { name, statement, word, onClose, onSaid } = props;
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const [answer, setAnswer] = useState<Answer>();
  const [note, setNote] = useState('');
  const end = useEndDate(PROPOSED_DAYS);
  const { pending, change } = useChange({
    work: () =>
      answer === 'withdrawn'
        ? api.withdrawAttestation(name, statement)
        : api.attest(name, statement, {
            holds: answer === 'holds',
            reviewBy: end.instant ?? '',
            ...(note.trim() && { note: note.trim() }),
          }),
    done: t('attestation.done'),
    failed: t('attestation.failed'),
    onDone: onSaid,
  });
  const answers: Answer[] = word
    ? ['holds', 'holdsNot', 'withdrawn']
    : ['holds', 'holdsNot'];
  const withdrawn = answer === 'withdrawn';
  return (
    <FormDialog
      title={t('attestation.title', { name })}
      text={STATEMENTS[statement]}
      confirm={t('attestation.confirm')}
      invalid={!answer || (!withdrawn && !end.instant)}
      pending={pending}
      onConfirm={change}
      onClose={onClose}
    >
      <RadioGroup
        aria-label={t('attestation.answer')}
        value={answer ?? ''}
        onChange={(_event, value) => setAnswer(value as Answer)}
      >
        {answers.map(option => (
          <FormControlLabel
            key={option}
            value={option}
            control={<Radio color="primary" />}
            label={t(`attestation.answers.${option}`)}
          />
        ))}
      </RadioGroup>
      {!withdrawn && (
        <>
          <TextField
            id={id}
            label={t('attestation.note')}
            value={note}
            onChange={event => setNote(event.target.value)}
            inputProps={{ maxLength: 1000 }}
            fullWidth
            multiline
            margin="normal"
          />
          <EndDateField label={t('attestation.until')} end={end} />
        </>
      )}
    </FormDialog>
  );
};
