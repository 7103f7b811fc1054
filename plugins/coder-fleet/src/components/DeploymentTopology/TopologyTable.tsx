import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Topology,
  TopologyNode,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { StateBadge } from '../StateBadge';
import { useNodeTexts } from './useNodeTexts';

const useStyles = makeStyles(
  theme => ({
    row: {
      '&:focus': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
      '& td, & th': { verticalAlign: 'top', overflowWrap: 'anywhere' },
    },
  }),
  { name: 'CoderFleetTopologyTable' },
);

const COLUMNS = [
  'part',
  'name',
  'where',
  'state',
  'figures',
  'connects',
  'why',
] as const;

/**
 * Everything that the diagram shows, row by row, and why each state is what it is.
 *
 * @internal
 */
export const TopologyTable = (props: {
  topology: Topology;
  /** Why the deployment is in its state. */
  stateReason: string;
  rowRef: (id: string, row: HTMLTableRowElement | null) => void;
}) => {
  const { topology, stateReason, rowRef } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { figures, connections } = useNodeTexts(topology);
  const reasons: Record<TopologyNode['evidence'], string> = {
    tracker: stateReason,
    coderHealth: t('topology.byCoder'),
    none: t('topology.unseen'),
  };
  return (
    <Panel title={t('topology.table')}>
      <TableContainer>
        <Table size="small" aria-label={t('topology.table')}>
          <TableHead>
            <TableRow>
              {COLUMNS.map(column => (
                <TableCell key={column}>{t(`topology.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {topology.nodes.map(node => (
              <TableRow
                key={node.id}
                ref={(row: HTMLTableRowElement | null) => rowRef(node.id, row)}
                tabIndex={-1}
                className={classes.row}
              >
                <TableCell>{t(`topology.${node.kind}`)}</TableCell>
                <TableCell component="th" scope="row" role="rowheader">
                  {node.label}
                </TableCell>
                <TableCell>{placeOf(topology, node)}</TableCell>
                <TableCell>
                  <StateBadge state={node.state} />
                </TableCell>
                <TableCell>{figures(node).join('; ')}</TableCell>
                <TableCell>{connections(node)}</TableCell>
                <TableCell>{reasons[node.evidence]}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Panel>
  );
};

/** The nodes around a node, the outermost first. */
function placeOf(topology: Topology, node: TopologyNode): string {
  const places: string[] = [];
  let current = containerOf(topology, node.id);
  while (current) {
    places.unshift(current.label);
    current = containerOf(topology, current.id);
  }
  return places.join(' / ');
}

function containerOf(
  { nodes, edges }: Topology,
  id: string,
): TopologyNode | undefined {
  const edge = edges.find(({ to, kind }) => to === id && kind === 'contains');
  return nodes.find(node => node.id === edge?.from);
}
