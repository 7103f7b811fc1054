import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  STATEMENTS,
  waiverCreatePermission,
  type AttestationEvidence,
  type StatementId,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useState } from 'react';
import { useNow } from '../../time';
import { coderFleetTranslationRef } from '../../translation';
import { CalendarDate } from '../CalendarDate';
import { GuardedButton } from '../GuardedButton';
import { Panel } from '../Panel';
import { PersonLink } from '../PersonLink';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';
import { AttestationDialog } from './AttestationDialog';
import { DecisionList } from '../DecisionList';

/**
 * What no program can see: statements, and whether somebody said that they hold.
 *
 * @internal
 */
export const AttestationsPanel = (props: {
  name: string;
  attestations: readonly AttestationEvidence[];
  onDecided: () => void;
}) => {
  const { attestations, ...rest } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('attestation.all')}>
      <Subtle>{t('attestation.meaning')}</Subtle>
      <DecisionList>
        {(Object.keys(STATEMENTS) as StatementId[]).map(statement => (
          <StatementItem
            key={statement}
            statement={statement}
            word={attestations.find(given => given.statement === statement)}
            {...rest}
          />
        ))}
      </DecisionList>
    </Panel>
  );
};

function StatementItem(props: {
  name: string;
  statement: StatementId;
  word?: AttestationEvidence;
  onDecided: () => void;
}) {
  const { name, statement, word, onDecided } = props;
  const [open, setOpen] = useState(false);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const text = STATEMENTS[statement];
  return (
    <li>
      <div>{text}</div>
      <Word word={word} />
      <GuardedButton
        permission={waiverCreatePermission}
        resourceRef={name}
        deniedText={t('attestation.denied', {
          permission: waiverCreatePermission.name,
        })}
        size="small"
        aria-label={t(word ? 'attestation.changeOf' : 'attestation.sayOf', {
          statement: text,
        })}
        onClick={() => setOpen(true)}
      >
        {t(word ? 'attestation.change' : 'attestation.say')}
      </GuardedButton>
      {open && (
        <AttestationDialog
          name={name}
          statement={statement}
          word={word}
          onClose={() => setOpen(false)}
          onSaid={() => {
            setOpen(false);
            onDecided();
          }}
        />
      )}
    </li>
  );
}

function Word(props: { word?: AttestationEvidence }) {
  const { word } = props;
  const now = useNow();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!word) {
    return <StatusLabel tone="unknown">{t('attestation.unsaid')}</StatusLabel>;
  }
  const over = new Date(word.reviewBy) <= now;
  const held = word.holds ? 'holds' : 'holdsNot';
  const tone = word.holds ? 'ok' : 'error';
  return (
    <div>
      <StatusLabel tone={over ? 'unknown' : tone}>
        {t(over ? 'attestation.over' : `attestation.${held}`)}{' '}
        <CalendarDate at={word.reviewBy} />
      </StatusLabel>{' '}
      {t('attestation.by')} <PersonLink who={word.attestedBy} />
      {word.note && <>: {word.note}</>}
    </div>
  );
}
