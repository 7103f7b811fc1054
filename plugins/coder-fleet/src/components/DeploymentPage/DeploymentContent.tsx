import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { useDeployment } from '../../hooks/useDeployment';
import { coderFleetTranslationRef } from '../../translation';
import { DeploymentArtifacts } from '../DeploymentArtifacts';
import { DeploymentBackups } from '../DeploymentBackups';
import { DeploymentCva } from '../DeploymentCva';
import { DeploymentHeader, MergeWait } from '../DeploymentHeader';
import { DeploymentHealth } from '../DeploymentHealth';
import { DeploymentOverview } from '../DeploymentOverview';
import { DeploymentSupport } from '../DeploymentSupport';
import { DeploymentTopology } from '../DeploymentTopology';
import { RefreshFailure } from '../RefreshFailure';
import { DeploymentNotFound } from './DeploymentNotFound';
import { DeploymentTabs, useDeploymentTab } from './DeploymentTabs';
import { isNotFound } from '../../api';

const useStyles = makeStyles(
  theme => ({
    root: {
      ...theme.typography.body2,
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
    },
  }),
  { name: 'CoderFleetDeploymentContent' },
);

/**
 * Everything about one deployment, in tabs that have addresses: on a page of its own and in the
 * catalog alike.
 *
 * @internal
 */
export const DeploymentContent = (props: {
  name: string;
  onUnregistered: () => void;
}) => {
  const { name, onUnregistered } = props;
  const classes = useStyles();
  const { value, error, loading, updatedAt, reload } = useDeployment(name);

  if (loading) {
    return <Progress />;
  }
  if (isNotFound(error)) {
    return <DeploymentNotFound name={name} />;
  }
  if (!value || !updatedAt) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <div className={classes.root}>
      <DeploymentHeader
        deployment={value}
        onRefreshed={reload}
        onUnregistered={onUnregistered}
      />
      {value.pullRequest?.openSince && (
        <MergeWait
          name={value.name}
          pullRequest={value.pullRequest}
          onStarted={reload}
        />
      )}
      {error && <RefreshFailure error={error} updatedAt={updatedAt} />}
      <DeploymentPanels deployment={value} />
    </div>
  );
};

function DeploymentPanels(props: { deployment: DeploymentDetail }) {
  const { deployment } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const tab = useDeploymentTab();
  return (
    <DeploymentTabs label={t('deployment.tabs')}>
      {tab === 'overview' && <DeploymentOverview deployment={deployment} />}
      {tab === 'health' && <DeploymentHealth deployment={deployment} />}
      {tab === 'cva' && <DeploymentCva name={deployment.name} />}
      {tab === 'backups' && <DeploymentBackups name={deployment.name} />}
      {tab === 'topology' && <DeploymentTopology deployment={deployment} />}
      {tab === 'artifacts' && <DeploymentArtifacts name={deployment.name} />}
      {tab === 'support' && <DeploymentSupport deployment={deployment} />}
    </DeploymentTabs>
  );
}
