import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HealthSection } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { DescriptionList } from '../DescriptionList';
import { Panel } from '../Panel';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';
import { HealthMessageItem } from './HealthMessageItem';
import { SeverityLabel } from './SeverityLabel';

const useStyles = makeStyles(
  theme => ({
    body: {
      display: 'grid',
      gap: theme.spacing(1.5),
      overflowWrap: 'anywhere',
    },
    messages: {
      display: 'grid',
      gap: theme.spacing(1.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
  }),
  { name: 'CoderFleetHealthSectionPanel' },
);

/**
 * One section of Coder's health report: its severity, what Coder says, and what that means.
 *
 * @internal
 */
export const HealthSectionPanel = (props: {
  section: HealthSection;
  known: boolean;
}) => {
  const { section, known } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const quiet = !section.error && section.warnings.length === 0;
  return (
    <Panel
      title={section.title}
      aside={<SeverityLabel severity={section.severity} known={known} />}
    >
      <div className={classes.body}>
        {section.dismissed && (
          <Typography variant="body2">
            <StatusLabel tone="neutral">{t('health.dismissed')}</StatusLabel>
            <br />
            {t('health.dismissedHint')}
          </Typography>
        )}
        {section.error && (
          <Typography variant="body2">{section.error}</Typography>
        )}
        {section.warnings.length > 0 && (
          <ul className={classes.messages}>
            {section.warnings.map(({ code, message }, index) => (
              <HealthMessageItem key={index} code={code} message={message} />
            ))}
          </ul>
        )}
        {quiet && <Subtle>{t('health.quiet')}</Subtle>}
        {section.details.length > 0 && (
          <DescriptionList
            items={section.details.map(({ label, value }) => ({
              term: label,
              value,
            }))}
          />
        )}
      </div>
    </Panel>
  );
};
