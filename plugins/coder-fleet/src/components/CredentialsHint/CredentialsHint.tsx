import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { Subtle } from '../Subtle';
import { missingCredential } from './missingCredential';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'CoderFleetCredentialsHint' },
);

/**
 * How to give the tracker a token, when facts are missing for want of one.
 *
 * @internal
 */
export const CredentialsHint = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const missing = missingCredential(deployment);
  if (!missing) {
    return null;
  }
  const { reason, origin } = missing;
  const where = { origin, root: 'coderFleet.credentials' };
  return (
    <div className={classes.root}>
      <Typography variant="body2">
        {reason === 'off'
          ? t('credentials.off', where)
          : t('credentials.denied', where)}
      </Typography>
      <CodeBlock
        label={t('credentials.example')}
        text={[
          'coderFleet:',
          '  credentials:',
          '    origins:',
          `      - origin: ${origin}`,
          '        tracker: ${CODER_TOKEN}',
        ].join('\n')}
      />
      <Subtle>
        {t('credentials.where', {
          directory: 'coderFleet.credentials.directory',
        })}
      </Subtle>
    </div>
  );
};
