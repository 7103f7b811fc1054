import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { isUnsupported, shortVersion, supportOf } from './versionSupport';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column' },
    note: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetVersionLabel' },
);

/**
 * The version that was observed, or the planned one until then, marked when it is not supported.
 *
 * @internal
 */
export const VersionLabel = (props: { observed?: string; planned: string }) => {
  const { observed, planned } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const version = shortVersion(observed ?? planned);
  const support = supportOf(version);
  const differs = observed && version !== shortVersion(planned);
  return (
    <span className={classes.root} title={observed}>
      <span>{version}</span>
      {isUnsupported(support) && (
        <span className={classes.note} title={support?.message}>
          <StatusLabel tone="warning">{t('version.unsupported')}</StatusLabel>
        </span>
      )}
      {!observed && (
        <span className={classes.note}>{t('version.planned')}</span>
      )}
      {differs && !isUnsupported(support) && (
        <span className={classes.note}>
          {t('version.plannedOther', { version: shortVersion(planned) })}
        </span>
      )}
    </span>
  );
};
