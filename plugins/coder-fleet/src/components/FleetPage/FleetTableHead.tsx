import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import type { FleetQuery } from '../../hooks/useFleetQuery';
import { coderFleetTranslationRef } from '../../translation';
import { COLUMNS } from './columns';

/**
 * The header of the fleet table: each column sorts, on the server.
 *
 * @internal
 */
export const FleetTableHead = (props: {
  sort: FleetQuery['sort'];
  onSort: (sort: FleetQuery['sort']) => void;
}) => {
  const { sort, onSort } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const descending = sort.startsWith('-');
  const field = sort.replace(/^-/, '');
  const direction = descending ? 'desc' : 'asc';
  return (
    <TableHead>
      <TableRow aria-rowindex={1}>
        {COLUMNS.map(column => {
          const active = column.sort === field;
          return (
            <TableCell
              key={column.key}
              style={{ width: `${column.width}%` }}
              sortDirection={active && direction}
            >
              <TableSortLabel
                active={active}
                direction={active ? direction : 'asc'}
                onClick={() =>
                  onSort(
                    active && !descending ? `-${column.sort}` : column.sort,
                  )
                }
              >
                {t(`fleet.column.${column.key}`)}
              </TableSortLabel>
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
};
