import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentSummary,
  FleetSummary,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { deploymentRouteRef } from '../../routes';
import { coderFleetTranslationRef } from '../../translation';
import { STATE_LOOKS, StateBadge, STATES_BY_URGENCY } from '../StateBadge';
import { Subtle } from '../Subtle';

/** More do not fit on a screen: the table has them. */
const MAX_NODES = 20;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    states: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.body2.fontSize,
    },
    nodes: {
      display: 'grid',
      gap: theme.spacing(1),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    node: {
      display: 'grid',
      gap: theme.spacing(0.25),
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderLeftWidth: 4,
      borderRadius: theme.shape.borderRadius,
      fontSize: theme.typography.body2.fontSize,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    name: { fontWeight: 'bold' as const },
    ok: { borderLeftColor: theme.palette.status.ok },
    warning: { borderLeftColor: theme.palette.status.warning },
    error: { borderLeftColor: theme.palette.status.error },
    progress: { borderLeftColor: theme.palette.status.running },
    unknown: { borderLeftStyle: 'dashed' },
    neutral: {},
  }),
  { name: 'CoderFleetRegionCard' },
);

/**
 * One region: how many deployments are in which state, and the deployments themselves.
 *
 * @internal
 */
export const RegionCard = (props: {
  region: string;
  deployments: readonly DeploymentSummary[];
  states: FleetSummary['states'] | undefined;
  onChoose: () => void;
}) => {
  const { region, deployments, states = {}, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  const label = t('fleet.regionTotal', { count: total });
  const shown = deployments.slice(0, MAX_NODES);
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <Typography id={id} variant="h6" component="h2">
          {region}
        </Typography>
        <Button
          size="small"
          onClick={onChoose}
          aria-label={t('fleet.regionShow', { region, total: label })}
        >
          {label}
        </Button>
      </div>
      <div className={classes.states}>
        {STATES_BY_URGENCY.filter(state => states[state]).map(state => (
          <span key={state}>
            {states[state]} <StateBadge state={state} />
          </span>
        ))}
      </div>
      <ul
        className={classes.nodes}
        aria-label={t('fleet.regionsOf', { region })}
      >
        {shown.map(deployment => (
          <li key={deployment.name}>
            <DeploymentNode deployment={deployment} />
          </li>
        ))}
      </ul>
      {total > shown.length && (
        <Subtle>
          {t('fleet.regionMore', { others: total - shown.length })}
        </Subtle>
      )}
    </Paper>
  );
};

function DeploymentNode(props: { deployment: DeploymentSummary }) {
  const { name, displayName, state, stateReason, businessUnit, tier } =
    props.deployment;
  const classes = useStyles();
  const path = useRouteRef(deploymentRouteRef);
  const { tone } = STATE_LOOKS[state] ?? STATE_LOOKS.unknown;
  return (
    <div className={`${classes.node} ${classes[tone]}`}>
      <div className={classes.line}>
        <Link to={path({ name })} className={classes.name}>
          {displayName}
        </Link>
        <StateBadge state={state} />
      </div>
      <Subtle>
        {businessUnit} · {tier}
        {state === 'healthy' ? '' : ` · ${stateReason}`}
      </Subtle>
    </div>
  );
}
