import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import { makeStyles } from '@material-ui/core/styles';
import { useRef } from 'react';
import type { FleetQuery } from '../../hooks/useFleetQuery';
import type { FleetRows } from '../../hooks/useFleetRows';
import { coderFleetTranslationRef } from '../../translation';
import { COLUMNS } from './columns';
import { FleetRow } from './FleetRow';
import { FleetTableHead } from './FleetTableHead';
import { useRemainingHeight } from './useRemainingHeight';
import { useVirtualRows } from './useVirtualRows';

const useStyles = makeStyles(
  theme => ({
    scroller: {
      overflow: 'auto',
      // The browser must not move the scroll position when rows above change.
      overflowAnchor: 'none',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    table: {
      tableLayout: 'fixed',
      minWidth: 1100,
      '& th, & td': { padding: theme.spacing(0.75, 1.5) },
      '& thead th': { whiteSpace: 'nowrap' },
      // The app's stripes count the rows in the document: they would jump with every scroll.
      '& tbody tr:nth-of-type(n)': { backgroundColor: 'transparent' },
      '& tbody tr:hover:nth-of-type(n)': {
        backgroundColor: theme.palette.action.hover,
      },
    },
    outdated: { opacity: 0.6 },
    spacer: { '& td': { padding: 0, border: 0 } },
  }),
  { name: 'CoderFleetFleetTable' },
);

/**
 * The fleet as a table. Only what is on screen is in the document, however many rows there are.
 *
 * @internal
 */
export const FleetTable = (props: {
  rows: FleetRows;
  sort: FleetQuery['sort'];
  onSort: (sort: FleetQuery['sort']) => void;
}) => {
  const { rows, sort, onSort } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const maxHeight = useRemainingHeight(scroller);

  const { items, above, below } = useVirtualRows(scroller, rows);
  return (
    <Paper
      variant="outlined"
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight }}
      role="region"
      aria-label={t('fleet.tableLabel')}
      tabIndex={0}
    >
      <Table
        stickyHeader
        size="small"
        className={classes.table}
        aria-label={t('fleet.tableLabel')}
        aria-rowcount={rows.totalItems + 1}
        aria-colcount={COLUMNS.length}
        aria-busy={rows.outdated}
      >
        <FleetTableHead sort={sort} onSort={onSort} />
        <TableBody className={rows.outdated ? classes.outdated : undefined}>
          <Spacer height={above} className={classes.spacer} />
          {items.map(item => (
            <FleetRow
              key={item.key}
              rowIndex={item.index + 2}
              deployment={rows.rowAt(item.index)}
            />
          ))}
          <Spacer height={below} className={classes.spacer} />
        </TableBody>
      </Table>
    </Paper>
  );
};

/** Stands for the rows that are not in the document. */
function Spacer(props: { height: number; className: string }) {
  const { height, className } = props;
  return height > 0 ? (
    <tr aria-hidden className={className} style={{ height }}>
      <td colSpan={COLUMNS.length} />
    </tr>
  ) : null;
}
