import {
  supportBundleGuide,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { BundleContentsPanel } from './BundleContentsPanel';
import { BundlePanel } from './BundlePanel';
import { ChecksPanel } from './ChecksPanel';
import { SupportLinksPanel } from './SupportLinksPanel';

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
  }),
  { name: 'CoderFleetDeploymentSupport' },
);

/**
 * Where users find help, and how to make a support bundle of this deployment.
 *
 * @internal
 */
export const DeploymentSupport = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const guide = supportBundleGuide({
    accessUrl: deployment.accessUrl,
    version: deployment.observedVersion,
  });
  return (
    <div className={classes.root}>
      <div className={classes.column}>
        <BundlePanel guide={guide} state={deployment.state} />
        <BundleContentsPanel contents={guide.contents} />
      </div>
      <div className={classes.column}>
        <SupportLinksPanel
          links={deployment.deployment.spec.supportLinks}
          edition={deployment.edition}
          fact={deployment.facts.supportLinks}
        />
        <ChecksPanel checks={guide.checks} docsUrl={guide.docsUrl} />
      </div>
    </div>
  );
};
