import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  RULES,
  waiverCreatePermission,
  type Finding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useState } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';
import { Subtle } from '../Subtle';
import { WaiverDialog } from './WaiverDialog';
import { WaiverText } from './WaiverText';

const UNWAIVABLE: ReadonlySet<string> = new Set(
  RULES.filter(rule => rule.unwaivable).map(rule => rule.id),
);

/**
 * Who accepted a deviation and until when, or the button to accept it.
 *
 * @internal
 */
export const FindingDecision = (props: {
  name: string;
  finding: Finding;
  onDecided: () => void;
}) => {
  const { name, finding, onDecided } = props;
  const { rule, title, verdict, waiver } = finding;
  const [open, setOpen] = useState(false);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const deviates = verdict === 'fail' || verdict === 'warn';
  const unwaivable = UNWAIVABLE.has(rule);
  return (
    <>
      {waiver && <WaiverText waiver={waiver} state={waiver.state} />}
      {deviates && unwaivable && <Subtle>{t('waiver.unwaivable')}</Subtle>}
      {deviates && !unwaivable && waiver?.state !== 'active' && (
        <GuardedButton
          permission={waiverCreatePermission}
          resourceRef={name}
          deniedText={t('waiver.denied', {
            permission: waiverCreatePermission.name,
          })}
          size="small"
          aria-label={t('waiver.grantFor', { title })}
          onClick={() => setOpen(true)}
        >
          {t('waiver.grant')}
        </GuardedButton>
      )}
      {open && (
        <WaiverDialog
          name={name}
          finding={finding}
          onClose={() => setOpen(false)}
          onGranted={() => {
            setOpen(false);
            onDecided();
          }}
        />
      )}
    </>
  );
};
