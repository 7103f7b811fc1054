import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { FleetQuery } from '../../hooks/useFleetQuery';
import type { FleetRows } from '../../hooks/useFleetRows';
import { coderFleetTranslationRef } from '../../translation';
import { COLUMNS } from './columns';
import { FleetRow, ROW_HEIGHT } from './FleetRow';
import { FleetTableHead } from './FleetTableHead';
import { useRemainingHeight } from './useRemainingHeight';

/** Rows kept beyond what is visible, so that scrolling does not show gaps. */
const OVERSCAN = 8;

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

  const virtualizer = useVirtualizer({
    count: rows.totalItems,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  const { show, outdated } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  // Another query begins at its top.
  useEffect(() => {
    if (outdated && scroller.current) {
      scroller.current.scrollTop = 0;
    }
  }, [outdated]);

  const above = items[0]?.start ?? 0;
  const below =
    virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0);
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
        aria-busy={outdated}
      >
        <FleetTableHead sort={sort} onSort={onSort} />
        <TableBody className={outdated ? classes.outdated : undefined}>
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
