import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentSpec } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { SafeLink, safeHref } from '../SafeLink';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

const PROTOCOLS = ['https:', 'http:', 'mailto:'];

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(1),
      margin: theme.spacing(0, 0, 1.5),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    hint: { fontSize: theme.typography.body2.fontSize },
  }),
  { name: 'CoderFleetSupportLinksPanel' },
);

/**
 * The links that Coder shows to its users, with where each leads.
 *
 * @internal
 */
export const SupportLinksPanel = (props: {
  links: DeploymentSpec['supportLinks'];
  edition: string;
}) => {
  const { links, edition } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('support.links')}>
      {links.length === 0 ? (
        <Typography variant="body2">{t('support.noLinks')}</Typography>
      ) : (
        <>
          <ul className={classes.list}>
            {links.map(({ name, target }, index) => (
              <li key={index}>
                <SafeLink to={target} protocols={PROTOCOLS}>
                  {name}
                </SafeLink>
                <Subtle>{target}</Subtle>
                {!safeHref(target, PROTOCOLS) && (
                  <StatusLabel tone="warning">
                    {t('support.refused')}
                  </StatusLabel>
                )}
              </li>
            ))}
          </ul>
          <div className={classes.hint}>
            <Subtle>{t('support.linksHint')}</Subtle>
          </div>
        </>
      )}
      {edition === 'community' && (
        <Typography variant="body2">{t('support.linksPremium')}</Typography>
      )}
    </Panel>
  );
};
