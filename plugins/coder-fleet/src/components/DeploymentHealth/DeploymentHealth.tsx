import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { CredentialsHint } from '../CredentialsHint';
import { factTrust } from '../FactStatusLabel';
import { HealthSectionPanel } from './HealthSectionPanel';
import { HealthTimes } from './HealthTimes';
import { HealthUnknown } from './HealthUnknown';
import { SeverityLabel } from './SeverityLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
    },
    overall: {
      display: 'inline-flex',
      gap: theme.spacing(1),
      fontWeight: 'bold' as const,
    },
    sections: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(26em, 100%), 1fr))',
      alignItems: 'start',
    },
  }),
  { name: 'CoderFleetDeploymentHealth' },
);

/**
 * Coder's own health report, section by section. What is not known now is never shown as well.
 *
 * @internal
 */
export const DeploymentHealth = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const fact = deployment.facts.health;
  const known = factTrust(deployment.facts, 'health') === 'ok';
  const report = fact?.value;
  return (
    <div className={classes.root}>
      {!known && (
        <div>
          <HealthUnknown deployment={deployment} />
          <CredentialsHint deployment={deployment} />
        </div>
      )}
      {report && (
        <>
          <div className={classes.head}>
            <span className={classes.overall}>
              {t('health.overall')}
              <SeverityLabel severity={report.severity} known={known} />
            </span>
            <HealthTimes
              reportedAt={report.reportedAt}
              observedAt={fact.observedAt}
            />
          </div>
          {report.sections.length === 0 && (
            <Typography>{t('health.none')}</Typography>
          )}
          <div className={classes.sections}>
            {report.sections.map((section, index) => (
              <HealthSectionPanel key={index} section={section} known={known} />
            ))}
          </div>
        </>
      )}
    </div>
  );
};
