import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { AboutPanel } from './AboutPanel';
import { FactsPanel } from './FactsPanel';
import { FindingsPanel } from './FindingsPanel';
import { GlanceTiles } from './GlanceTiles';
import { PlanPanel } from './PlanPanel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.up('lg')]: {
        gridTemplateColumns: 'minmax(0, 1fr) minmax(20em, 26em)',
      },
    },
    column: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    wide: { gridColumn: '1 / -1' },
  }),
  { name: 'CoderFleetDeploymentOverview' },
);

/**
 * What was asked for, what the architecture makes of it, and what is known of the running thing.
 *
 * @internal
 */
export const DeploymentOverview = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.wide}>
        <GlanceTiles deployment={deployment} />
      </div>
      <div className={classes.column}>
        <FindingsPanel findings={deployment.findings} />
        <PlanPanel plan={deployment.plan} />
      </div>
      <div className={classes.column}>
        <AboutPanel deployment={deployment} />
        <FactsPanel deployment={deployment} />
      </div>
    </div>
  );
};
