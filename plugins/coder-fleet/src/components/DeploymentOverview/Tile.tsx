import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1.5, 2), minWidth: 0 },
    label: {
      margin: 0,
      color: theme.palette.textSubtle,
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 'normal' as const,
    },
    value: {
      margin: theme.spacing(0.25, 0),
      fontSize: theme.typography.h5.fontSize,
      fontWeight: 'bold' as const,
      fontVariantNumeric: 'tabular-nums',
      overflowWrap: 'anywhere',
    },
    note: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetTile' },
);

/**
 * One figure, large, and what it means below.
 *
 * @internal
 */
export const Tile = (props: {
  label: string;
  value: ReactNode;
  note?: ReactNode;
}) => {
  const { label, value, note } = props;
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.value}>{value}</div>
      <div className={classes.note}>{note}</div>
    </Paper>
  );
};
