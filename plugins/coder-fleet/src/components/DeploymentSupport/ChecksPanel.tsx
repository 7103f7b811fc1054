import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { SafeLink } from '../SafeLink';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(0.75),
      margin: theme.spacing(0, 0, 1.5),
      paddingLeft: theme.spacing(2.5),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'CoderFleetChecksPanel' },
);

/**
 * What to look at before a support bundle is sent.
 *
 * @internal
 */
export const ChecksPanel = (props: {
  checks: readonly string[];
  docsUrl: string;
}) => {
  const { checks, docsUrl } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('support.checks')}>
      <ul className={classes.list}>
        {checks.map(check => (
          <Typography key={check} variant="body2" component="li">
            {check}
          </Typography>
        ))}
      </ul>
      <Typography variant="body2">
        <SafeLink to={docsUrl}>{t('support.docs')}</SafeLink>
      </Typography>
    </Panel>
  );
};
