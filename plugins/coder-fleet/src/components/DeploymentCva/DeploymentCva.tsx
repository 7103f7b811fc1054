import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import type { CvaReport } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { useCva } from '../../hooks/useCva';
import { RefreshFailure } from '../RefreshFailure';
import { AttestationsPanel } from './AttestationsPanel';
import { FindingsByChapter } from './FindingsByChapter';
import { ScorePanel } from './ScorePanel';
import { WaiversPanel } from './WaiversPanel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.up('lg')]: {
        gridTemplateColumns: 'minmax(0, 1fr) minmax(20em, 28em)',
      },
    },
    column: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  }),
  { name: 'CoderFleetDeploymentCva' },
);

/**
 * How far a deployment follows the Coder Validated Architecture, and what people decided about the rest.
 *
 * @internal
 */
export const DeploymentCva = (props: { name: string }) => {
  const { name } = props;
  const { value, error, loading, updatedAt, reload } = useCva(name);
  if (loading) {
    return <Progress />;
  }
  if (!value || !updatedAt) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <>
      {error && <RefreshFailure error={error} updatedAt={updatedAt} />}
      <Report name={name} report={value} onDecided={reload} />
    </>
  );
};

function Report(props: {
  name: string;
  report: CvaReport;
  onDecided: () => void;
}) {
  const { report, ...decide } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.column}>
        <FindingsByChapter findings={report.findings} {...decide} />
      </div>
      <div className={classes.column}>
        <ScorePanel score={report.score} evaluatedAt={report.evaluatedAt} />
        <WaiversPanel waivers={report.waivers} {...decide} />
        <AttestationsPanel attestations={report.attestations} {...decide} />
      </div>
    </div>
  );
}
