import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FigureChange } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    table: {
      '& tbody tr:nth-of-type(n)': { backgroundColor: 'transparent' },
      '& td, & th': {
        padding: theme.spacing(0.75, 1.5, 0.75, 0),
        lineHeight: 1.4,
        verticalAlign: 'top',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
    figure: { width: '44%' },
    value: { width: '28%', fontVariantNumeric: 'tabular-nums' },
    after: { fontWeight: 'bold' as const },
  }),
  { name: 'CoderFleetFigureChanges' },
);

/**
 * Figures of a plan, before and after.
 *
 * @internal
 */
export const FigureChanges = (props: { figures: readonly FigureChange[] }) => {
  const { figures } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (figures.length === 0) {
    return <Typography variant="body2">{t('changes.noFigures')}</Typography>;
  }
  return (
    <TableContainer>
      <Table
        size="small"
        aria-label={t('changes.figures')}
        className={classes.table}
      >
        <TableHead>
          <TableRow>
            <TableCell className={classes.figure}>
              {t('changes.figure')}
            </TableCell>
            <TableCell className={classes.value}>
              {t('changes.before')}
            </TableCell>
            <TableCell className={classes.value}>
              {t('changes.after')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {figures.map(({ label, before, after }) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row" role="rowheader">
                {label}
              </TableCell>
              <TableCell className={classes.value}>{before ?? '–'}</TableCell>
              <TableCell className={`${classes.value} ${classes.after}`}>
                {after ?? '–'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
