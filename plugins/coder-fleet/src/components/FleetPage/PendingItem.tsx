import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { AcceptanceDialog } from '../DeploymentCva/AcceptanceDialog';
import { OwnerLink } from '../OwnerLink';
import { PersonLink } from '../PersonLink';
import { RelativeTime } from '../RelativeTime';
import { ApprovalDialog } from './ApprovalDialog';
import { OwnStanding } from './OwnStanding';
import { PendingFigures } from './PendingFigures';

const useStyles = makeStyles(
  theme => ({
    item: {
      padding: theme.spacing(1.25, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
    },
    actions: { display: 'flex', gap: theme.spacing(1) },
    rules: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'CoderFleetPendingItem' },
);

/**
 * One request that waits, with what the user may do about it.
 *
 * @internal
 */
export const PendingItem = (props: {
  request: PendingRequest;
  onDecided: () => void;
}) => {
  const { request, onDecided } = props;
  const { deployment: name, owner, requestedBy, requestedAt } = request;
  const { rules, approval } = request;
  const own = approval?.mayApprove === false;
  const [open, setOpen] = useState<'accept' | 'approve'>();
  const classes = useStyles();
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { pending, change: dismiss } = useChange({
    work: () => api.dismissPendingRequest(name),
    done: t(own ? 'pending.withdrawn' : 'pending.dismissed', { name }),
    failed: t('pending.failed', { name }),
    onDone: onDecided,
  });
  const close = () => setOpen(undefined);
  const decided = () => {
    close();
    onDecided();
  };
  // The tracker lists only what the user may decide, and says which of it are the user's own
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <span>
          <strong>{name}</strong> {t('pending.for')} <OwnerLink owner={owner} />
          , {t('pending.by')} <PersonLink who={requestedBy} />{' '}
          <RelativeTime at={requestedAt} />
        </span>
        <span className={classes.actions}>
          {rules.length > 0 && (
            <Button
              size="small"
              variant="outlined"
              color="primary"
              aria-label={t('pending.acceptOf', { name })}
              onClick={() => setOpen('accept')}
            >
              {t('pending.accept')}
            </Button>
          )}
          {approval?.mayApprove && (
            <Button
              size="small"
              variant="outlined"
              color="primary"
              aria-label={t('pending.approveOf', { name })}
              onClick={() => setOpen('approve')}
            >
              {t('pending.approve')}
            </Button>
          )}
          <Button
            size="small"
            aria-label={t(own ? 'pending.withdrawOf' : 'pending.dismissOf', {
              name,
            })}
            disabled={pending}
            onClick={dismiss}
          >
            {t(own ? 'pending.withdraw' : 'pending.dismiss')}
          </Button>
        </span>
      </div>
      {own && <OwnStanding given={approval.given} />}
      <Rules rules={rules} />
      {approval && <PendingFigures approval={approval} />}
      {open === 'accept' && (
        <AcceptanceDialog
          title={t('pending.dialog', { name })}
          text={
            <>
              <Rules rules={rules} />
              <p>{t('pending.consequence')}</p>
            </>
          }
          work={acceptance => api.grantPendingRequest(name, acceptance)}
          done={t('pending.granted', { name })}
          failed={t('pending.failed', { name })}
          onClose={close}
          onDone={decided}
        />
      )}
      {open === 'approve' && approval && (
        <ApprovalDialog
          name={name}
          approval={approval}
          onClose={close}
          onApproved={decided}
        />
      )}
    </li>
  );
};

function Rules(props: { rules: PendingRequest['rules'] }) {
  return (
    <ul className={useStyles().rules}>
      {props.rules.map(({ rule, title, message }) => (
        <li key={rule}>
          {rule} {title}: {message}
        </li>
      ))}
    </ul>
  );
}
