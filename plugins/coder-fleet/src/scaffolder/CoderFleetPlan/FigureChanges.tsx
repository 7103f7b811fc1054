import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FigureChange } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { FigureTable } from '../../components/FigureTable';
import { coderFleetTranslationRef } from '../../translation';

const useStyles = makeStyles(
  {
    figure: { width: '44%' },
    value: { width: '28%', fontVariantNumeric: 'tabular-nums' },
    after: { fontWeight: 'bold' },
  },
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
    <FigureTable label={t('changes.figures')}>
      <TableHead>
        <TableRow>
          <TableCell className={classes.figure}>
            {t('changes.figure')}
          </TableCell>
          <TableCell className={classes.value}>{t('changes.before')}</TableCell>
          <TableCell className={classes.value}>{t('changes.after')}</TableCell>
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
    </FigureTable>
  );
};
