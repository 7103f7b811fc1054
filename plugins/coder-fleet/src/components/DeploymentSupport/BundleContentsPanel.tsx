import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { SupportBundleGroup } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { Subtle } from '../Subtle';

const useStyles = makeStyles(
  theme => ({
    groups: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(18em, 100%), 1fr))',
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    title: { fontWeight: 'bold' as const },
    files: { margin: 0, paddingLeft: theme.spacing(2.5) },
    needs: { color: theme.palette.textSubtle },
  }),
  { name: 'CoderFleetBundleContentsPanel' },
);

/**
 * The files of a support bundle, folder by folder.
 *
 * @internal
 */
export const BundleContentsPanel = (props: {
  contents: readonly SupportBundleGroup[];
}) => {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('support.contents')}>
      <div className={classes.groups}>
        {props.contents.map(({ folder, title, files }) => (
          <div key={folder}>
            <Typography
              variant="body2"
              component="h4"
              className={classes.title}
            >
              {title}
            </Typography>
            <Subtle>{folder || t('support.topLevel')}</Subtle>
            <ul className={classes.files}>
              {files.map(({ name, needs }) => (
                <li key={name}>
                  {name}
                  {needs && <span className={classes.needs}> ({needs})</span>}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  );
};
