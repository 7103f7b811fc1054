import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { usePendingRequests } from '../../hooks/usePendingRequests';
import { coderFleetTranslationRef } from '../../translation';
import { AcceptanceDialog } from '../DeploymentCva/AcceptanceDialog';
import { OwnerLink } from '../OwnerLink';
import { Panel } from '../Panel';
import { PersonLink } from '../PersonLink';
import { RelativeTime } from '../RelativeTime';
import { Subtle } from '../Subtle';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
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
  { name: 'CoderFleetPendingRequests' },
);

/**
 * Requests that wait until the user accepts that they deviate. Nothing at all while none does.
 *
 * @internal
 */
export const PendingRequests = () => {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { value, reload } = usePendingRequests();
  const { items } = value ?? { items: [] };
  if (items.length === 0) {
    return null;
  }
  return (
    <Panel
      title={t('pending.title')}
      aside={<Subtle>{t('pending.meaning')}</Subtle>}
    >
      <ul className={classes.list}>
        {items.map(request => (
          <PendingItem
            key={request.deployment}
            request={request}
            onDecided={reload}
          />
        ))}
      </ul>
    </Panel>
  );
};

function PendingItem(props: {
  request: PendingRequest;
  onDecided: () => void;
}) {
  const { request, onDecided } = props;
  const { deployment: name, owner, requestedBy, requestedAt, rules } = request;
  const [open, setOpen] = useState(false);
  const classes = useStyles();
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { pending, change: dismiss } = useChange({
    work: () => api.dismissPendingRequest(name),
    done: t('pending.dismissed', { name }),
    failed: t('pending.failed', { name }),
    onDone: onDecided,
  });
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <span>
          <strong>{name}</strong> {t('pending.for')} <OwnerLink owner={owner} />
          , {t('pending.by')} <PersonLink who={requestedBy} />{' '}
          <RelativeTime at={requestedAt} />
        </span>
        <span className={classes.actions}>
          <Button
            size="small"
            variant="outlined"
            color="primary"
            aria-label={t('pending.acceptOf', { name })}
            onClick={() => setOpen(true)}
          >
            {t('pending.accept')}
          </Button>
          <Button
            size="small"
            aria-label={t('pending.dismissOf', { name })}
            disabled={pending}
            onClick={dismiss}
          >
            {t('pending.dismiss')}
          </Button>
        </span>
      </div>
      <Rules rules={rules} />
      {open && (
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
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDecided();
          }}
        />
      )}
    </li>
  );
}

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
