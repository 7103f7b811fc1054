import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Topology,
  TopologyNode,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { STATE_LOOKS, StateBadge } from '../StateBadge';
import { useNodeTexts } from './useNodeTexts';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      width: '100%',
      gap: theme.spacing(0.25),
      justifyItems: 'start',
      padding: theme.spacing(1, 1.5),
      textAlign: 'left',
      fontSize: theme.typography.body2.fontSize,
      border: `1px solid ${theme.palette.divider}`,
      borderLeftWidth: 4,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    ok: { borderLeftColor: theme.palette.status.ok },
    warning: { borderLeftColor: theme.palette.status.warning },
    error: { borderLeftColor: theme.palette.status.error },
    progress: { borderLeftColor: theme.palette.status.running },
    unknown: { borderLeftStyle: 'dashed' },
    neutral: {},
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      width: '100%',
      gap: theme.spacing(0, 2),
    },
    kind: { fontWeight: 'bold' as const },
    note: { color: theme.palette.textSubtle },
  }),
  { name: 'CoderFleetTopologyPart' },
);

/**
 * One part of the diagram: what it is, its state in colour, shape and word, its figures, and whom it
 * connects to.
 *
 * @internal
 */
export const TopologyPart = (props: {
  topology: Topology;
  node: TopologyNode;
  describedBy: string;
  onChoose: () => void;
}) => {
  const { topology, node, describedBy, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { figures, connections } = useNodeTexts(topology);
  const { tone } = STATE_LOOKS[node.state] ?? STATE_LOOKS.unknown;
  const targets = connections(node);
  // Blanks between the parts: they become the name of the button.
  return (
    <ButtonBase
      className={`${classes.root} ${classes[tone]}`}
      aria-describedby={describedBy}
      onClick={onChoose}
    >
      <span className={classes.head}>
        <span className={classes.kind}>{t(`topology.${node.kind}`)}</span>{' '}
        <StateBadge state={node.state} />
      </span>{' '}
      <span>{node.label}</span>{' '}
      {figures(node).map(text => (
        <span key={text} className={classes.note}>
          {text}{' '}
        </span>
      ))}
      {targets && (
        <span className={classes.note}>
          {t('topology.connectsTo', { targets })}
        </span>
      )}
    </ButtonBase>
  );
};
