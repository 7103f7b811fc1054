import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deploymentTopology,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo, useRef } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { Notice } from '../Notice';
import { TopologyDiagram } from './TopologyDiagram';
import { TopologyTable } from './TopologyTable';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  }),
  { name: 'CoderFleetDeploymentTopology' },
);

/**
 * Where the parts of a deployment are and how they hang together: a diagram, and the same in a table.
 *
 * @internal
 */
export const DeploymentTopology = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const topology = useMemo(() => deploymentTopology(deployment), [deployment]);
  const rows = useRef(new Map<string, HTMLTableRowElement | null>());
  if (topology.nodes.length === 0) {
    return (
      <Notice
        title={t('topology.none.title')}
        description={t('topology.none.description')}
      />
    );
  }
  return (
    <div className={classes.root}>
      <TopologyDiagram
        topology={topology}
        onChoose={id => rows.current.get(id)?.focus()}
      />
      <TopologyTable
        topology={topology}
        stateReason={deployment.stateReason}
        rowRef={(id, row) => rows.current.set(id, row)}
      />
    </div>
  );
};
