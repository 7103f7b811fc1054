import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentState,
  FleetSummary,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { StateBadge, STATES_BY_URGENCY } from '../StateBadge';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flex: '1 1 32em',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
    },
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: theme.spacing(4.5),
      padding: theme.spacing(0.5, 1.5),
      borderRadius: theme.spacing(2.25),
      border: `1px solid ${theme.palette.divider}`,
      backgroundColor: theme.palette.background.paper,
      color: theme.palette.text.primary,
      fontSize: theme.typography.body2.fontSize,
      fontFamily: theme.typography.fontFamily,
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 1,
      },
    },
    selected: {
      borderColor: theme.palette.text.primary,
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.primary}`,
      backgroundColor: theme.palette.action.selected,
    },
    count: { fontWeight: 'bold' as const, fontVariantNumeric: 'tabular-nums' },
  }),
  { name: 'CoderFleetStateChips' },
);

/**
 * How many deployments are in each state; a click shows just those.
 *
 * @internal
 */
export const StateChips = (props: {
  summary: FleetSummary;
  selected: readonly DeploymentState[];
  onChange: (selected: DeploymentState[]) => void;
}) => {
  const { summary, selected, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const states = STATES_BY_URGENCY.filter(
    state => summary.states[state] || selected.includes(state),
  );
  const toggle = (state: DeploymentState) =>
    onChange(
      selected.includes(state)
        ? selected.filter(other => other !== state)
        : [...selected, state],
    );
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('fleet.filterByState')}
    >
      <Chip
        count={summary.total}
        pressed={selected.length === 0}
        onClick={() => onChange([])}
      >
        {t('fleet.all')}
      </Chip>
      {states.map(state => (
        <Chip
          key={state}
          count={summary.states[state] ?? 0}
          pressed={selected.includes(state)}
          onClick={() => toggle(state)}
        >
          <StateBadge state={state} />
        </Chip>
      ))}
    </div>
  );
};

function Chip(props: {
  count: number;
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { count, pressed, onClick, children } = props;
  const classes = useStyles();
  return (
    <ButtonBase
      className={`${classes.chip} ${pressed ? classes.selected : ''}`}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {children}
      <span className={classes.count}>{count.toLocaleString()}</span>
    </ButtonBase>
  );
}
