import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import { coderFleetTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { safeHref } from '../SafeLink';
import { StateBadge } from '../StateBadge';
import { ChangeButton } from './ChangeButton';
import { RefreshButton } from './RefreshButton';
import { UnregisterButton } from './UnregisterButton';
import { UpgradeButton } from './UpgradeButton';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
    },
    text: { minWidth: 0, flex: '1 1 24em' },
    title: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
    },
    name: { margin: 0, overflowWrap: 'anywhere' },
    state: { fontWeight: 'bold' as const },
    reason: { color: theme.palette.textSubtle },
    actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'CoderFleetDeploymentHeader' },
);

/**
 * Which deployment it is, how it is, and what can be done with it.
 *
 * @internal
 */
export const DeploymentHeader = (props: {
  deployment: DeploymentDetail;
  onRefreshed: () => void;
  onUnregistered: () => void;
}) => {
  const { deployment, onRefreshed, onUnregistered } = props;
  const { displayName, state, stateReason, lastSeen, accessUrl } = deployment;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const coder = safeHref(accessUrl, ['https:']);
  return (
    <header className={classes.root}>
      <div className={classes.text}>
        <div className={classes.title}>
          <Typography variant="h4" component="h2" className={classes.name}>
            {displayName}
          </Typography>
          <StateBadge state={state} className={classes.state} />
        </div>
        <div className={classes.reason}>
          {stateReason} · {t('deployment.lastSeen')}{' '}
          {lastSeen ? <RelativeTime at={lastSeen} /> : t('time.never')}
        </div>
      </div>
      <div className={classes.actions}>
        {coder && (
          <Button
            variant="outlined"
            href={coder}
            target="_blank"
            rel="noopener noreferrer"
            endIcon={<OpenInNewIcon />}
          >
            {t('deployment.open')}
          </Button>
        )}
        <RefreshButton name={deployment.name} onRefreshed={onRefreshed} />
        <ChangeButton deployment={deployment} />
        <UpgradeButton deployment={deployment} onChanged={onRefreshed} />
        <UnregisterButton
          name={deployment.name}
          onUnregistered={onUnregistered}
        />
      </div>
    </header>
  );
};
