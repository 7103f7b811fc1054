import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  ArtifactEntry,
  ArtifactStatus,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { StatusLabel, type Tone } from '../StatusLabel';

const TONES: Readonly<Record<ArtifactStatus, Tone>> = {
  rendered: 'ok',
  edited: 'warning',
  missing: 'error',
  other: 'neutral',
};

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      padding: theme.spacing(0.75, 1),
      borderLeft: '3px solid transparent',
      fontSize: theme.typography.body2.fontSize,
    },
    current: {
      borderLeftColor: theme.palette.primary.main,
      fontWeight: 'bold' as const,
    },
    path: { overflowWrap: 'anywhere', fontWeight: 'inherit' as const },
    status: {
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 'normal' as const,
      color: theme.palette.textSubtle,
    },
  }),
  { name: 'CoderFleetArtifactList' },
);

/**
 * The files of the repository, and how each compares with what was rendered.
 *
 * @internal
 */
export const ArtifactList = (props: {
  items: readonly ArtifactEntry[];
  current?: string;
}) => {
  const { items, current } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('artifacts.files')}>
      {items.length === 0 && (
        <Typography variant="body2">{t('artifacts.noFiles')}</Typography>
      )}
      <ul className={classes.list}>
        {items.map(({ path, status }) => (
          <li
            key={path}
            className={`${classes.item} ${
              path === current ? classes.current : ''
            }`}
          >
            <Link
              to={`?${new URLSearchParams({ file: path })}`}
              className={classes.path}
              aria-current={path === current ? 'true' : undefined}
            >
              {path}
            </Link>
            <div className={classes.status}>
              <StatusLabel tone={TONES[status] ?? 'unknown'}>
                {t(`artifacts.${status}`)}
              </StatusLabel>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
