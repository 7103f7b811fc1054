import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto', maxHeight: '28em' },
    cell: {
      verticalAlign: 'top',
      minWidth: '12em',
      overflowWrap: 'anywhere',
    },
    narrow: { verticalAlign: 'top', whiteSpace: 'nowrap' },
    head: { backgroundColor: theme.palette.background.paper },
  }),
  { name: 'CoderFleetRunTable' },
);

/**
 * A column of runs. Narrow ones never break.
 *
 * @internal
 */
export type RunColumn<T> = {
  title: string;
  narrow?: boolean;
  cell: (run: T) => ReactNode;
};

/**
 * Runs, one a row, newest first.
 *
 * @internal
 */
export const RunTable = <T extends { runId: string }>(props: {
  label: string;
  columns: ReadonlyArray<RunColumn<T>>;
  runs: readonly T[];
}) => {
  const { label, columns, runs } = props;
  const classes = useStyles();
  return (
    <div
      className={classes.scroll}
      role="group"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
    >
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map(({ title }) => (
              <TableCell key={title} className={classes.head}>
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {runs.map(run => (
            <TableRow key={run.runId}>
              {columns.map(({ title, narrow, cell }) => (
                <TableCell
                  key={title}
                  className={narrow ? classes.narrow : classes.cell}
                >
                  {cell(run)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
};
