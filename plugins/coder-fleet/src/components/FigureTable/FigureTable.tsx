import Table from '@material-ui/core/Table';
import TableContainer from '@material-ui/core/TableContainer';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    // The app's stripes would hide which figures belong together.
    table: {
      '& tbody tr:nth-of-type(n)': { backgroundColor: 'transparent' },
      '& td, & th': {
        padding: theme.spacing(0.75, 1.5, 0.75, 0),
        lineHeight: 1.4,
        verticalAlign: 'top',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
  }),
  { name: 'CoderFleetFigureTable' },
);

/**
 * A table of figures that are read line by line.
 *
 * @internal
 */
export const FigureTable = (props: { label: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <TableContainer>
      <Table size="small" aria-label={props.label} className={classes.table}>
        {props.children}
      </Table>
    </TableContainer>
  );
};
