import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      color: theme.palette.textSubtle,
    },
  }),
  { name: 'CoderFleetFleetCounts' },
);

/**
 * How many deployments the table has, and how fresh it is. Only a changed count is read out.
 *
 * @internal
 */
export const FleetCounts = (props: {
  matching: number;
  /** All there are, when filters leave some out. */
  total?: number;
  updatedAt: Date;
}) => {
  const { matching, total, updatedAt } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div className={classes.root}>
      <span role="status">
        {total === undefined
          ? t('fleet.count', { count: matching })
          : t('fleet.filtered', { matching, total })}
      </span>
      <span>
        {t('fleet.updated')} <RelativeTime at={updatedAt} />
      </span>
    </div>
  );
};
