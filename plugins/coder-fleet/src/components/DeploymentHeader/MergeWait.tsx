import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deploymentUpdatePermission,
  type PullRequestStanding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';
import { RelativeTime } from '../RelativeTime';
import { SafeLink } from '../SafeLink';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      overflowWrap: 'anywhere',
    },
    text: { minWidth: 0, flex: '1 1 24em' },
  }),
  { name: 'CoderFleetMergeWait' },
);

/**
 * Says that a deployment starts once its pull request is merged, and what is in the way. Where nothing here can
 * read that, who may change the deployment says it.
 *
 * @internal
 */
export const MergeWait = (props: {
  name: string;
  pullRequest: PullRequestStanding;
  onStarted: () => void;
}) => {
  const { name, pullRequest, onStarted } = props;
  const { url, openSince, obstacle } = pullRequest;
  const classes = useStyles();
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { pending, change } = useChange({
    work: () => api.confirmMerged(name),
    done: t('merge.started', { name }),
    failed: t('merge.failed', { name }),
    onDone: onStarted,
  });
  return (
    <section className={classes.root} aria-label={t('merge.title')}>
      <div className={classes.text}>
        <StatusLabel tone={obstacle ? 'warning' : 'progress'}>
          {t('merge.waits')} <SafeLink to={url} />
          {openSince && (
            <>
              {' '}
              ({t('merge.requested')} <RelativeTime at={openSince} />)
            </>
          )}
        </StatusLabel>
        {obstacle?.kind === 'different' && (
          <Subtle>{t('merge.different')}</Subtle>
        )}
        {obstacle?.kind === 'unreadable' && (
          <Subtle>
            {t('merge.unreadable')} <RelativeTime at={obstacle.since} />
            {obstacle.message && `: ${obstacle.message}`}
          </Subtle>
        )}
      </div>
      {obstacle?.kind === 'unreadable' && (
        <GuardedButton
          permission={deploymentUpdatePermission}
          resourceRef={name}
          deniedText={t('merge.denied', {
            permission: deploymentUpdatePermission.name,
          })}
          pending={pending}
          onClick={change}
        >
          {t('merge.confirm')}
        </GuardedButton>
      )}
    </section>
  );
};
