import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import type { BackupsReport } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { useBackups } from '../../hooks/useBackups';
import { RefreshFailure } from '../RefreshFailure';
import { DrillsPanel } from './DrillsPanel';
import { RecordsPanel } from './RecordsPanel';
import { ReportTokensPanel } from './ReportTokensPanel';
import { StandingPanel } from './StandingPanel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    glance: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22em), 1fr))',
    },
  }),
  { name: 'CoderFleetDeploymentBackups' },
);

/**
 * How a deployment stands with its backups and the proofs that they restore, and the tokens with which its
 * jobs report.
 *
 * @internal
 */
export const DeploymentBackups = (props: { name: string }) => {
  const { name } = props;
  const { value, error, loading, updatedAt } = useBackups(name);
  if (loading) {
    return <Progress />;
  }
  if (!value || !updatedAt) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <>
      {error && <RefreshFailure error={error} updatedAt={updatedAt} />}
      <Report name={name} report={value} />
    </>
  );
};

function Report(props: { name: string; report: BackupsReport }) {
  const { name, report } = props;
  const { records, drills } = report;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.glance}>
        <StandingPanel report={report} />
        <ReportTokensPanel
          name={name}
          lastRun={`${records[0]?.runId} ${drills[0]?.runId}`}
        />
      </div>
      <RecordsPanel records={records} />
      <DrillsPanel drills={drills} />
    </div>
  );
}
