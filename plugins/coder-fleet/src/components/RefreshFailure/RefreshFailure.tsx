import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.status.warning}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'CoderFleetRefreshFailure' },
);

/**
 * Says that what is shown is not fresh, and since when.
 *
 * @internal
 */
export const RefreshFailure = (props: { error: Error; updatedAt: Date }) => {
  const { error, updatedAt } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div className={classes.root} role="alert">
      <StatusLabel tone="warning">
        {t('live.failed', {
          time: DateTime.fromJSDate(updatedAt).toLocaleString(
            DateTime.TIME_WITH_SECONDS,
          ),
          message: error.message,
        })}
      </StatusLabel>
    </div>
  );
};
