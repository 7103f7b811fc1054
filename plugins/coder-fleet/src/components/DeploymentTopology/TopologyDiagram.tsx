import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  topologyTargets,
  type Topology,
  type TopologyNode,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { Subtle } from '../Subtle';
import { TopologyPart } from './TopologyPart';

const useStyles = makeStyles(
  theme => ({
    regions: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(20em, 100%), 1fr))',
      alignItems: 'start',
      margin: theme.spacing(1.5, 0, 0),
      padding: 0,
      listStyle: 'none',
    },
    region: {
      display: 'grid',
      gap: theme.spacing(1.5),
      minWidth: 0,
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      overflowWrap: 'anywhere',
    },
    cluster: {
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5),
      border: `1px dashed ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    parts: {
      display: 'grid',
      gap: theme.spacing(1),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    title: { fontWeight: 'bold' as const, lineHeight: 1.4 },
  }),
  { name: 'CoderFleetTopologyDiagram' },
);

type DiagramProps = {
  topology: Topology;
  /** A part was chosen, by mouse or keyboard. */
  onChoose: (id: string) => void;
};

/**
 * Regions side by side; in each its cluster with the parts in it, and what stands beside the cluster.
 *
 * @internal
 */
export const TopologyDiagram = (props: DiagramProps) => {
  const { topology } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const hintId = useId();
  const regions = topology.nodes.filter(({ kind }) => kind === 'region');
  return (
    <Panel title={t('topology.diagram')}>
      <Subtle>
        <Typography id={hintId} variant="body2">
          {t('topology.hint')}
        </Typography>
      </Subtle>
      <ul className={classes.regions}>
        {regions.map(region => (
          <li key={region.id} className={classes.region}>
            <NodeTitle node={region} component="h4" />
            <Parts {...props} container={region} hintId={hintId} />
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** The parts directly inside of a region or cluster. */
function Parts(
  props: DiagramProps & { container: TopologyNode; hintId: string },
) {
  const { topology, onChoose, container, hintId } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const nodes = topologyTargets(topology, container.id, 'contains');
  if (nodes.length === 0) {
    return <Subtle>{t('topology.workspacesOnly')}</Subtle>;
  }
  return (
    <ul className={classes.parts}>
      {nodes.map(node => (
        <li key={node.id}>
          {node.kind === 'cluster' ? (
            <div className={classes.cluster}>
              <NodeTitle node={node} component="h5" />
              <Parts {...props} container={node} />
            </div>
          ) : (
            <TopologyPart
              topology={topology}
              node={node}
              describedBy={hintId}
              onChoose={() => onChoose(node.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function NodeTitle(props: { node: TopologyNode; component: 'h4' | 'h5' }) {
  const { node, component } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Typography variant="body2" component={component} className={classes.title}>
      {t(`topology.${node.kind}`)} {node.label}
    </Typography>
  );
}
