import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ArtifactCommit } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(1.25),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    note: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetHistoryPanel' },
);

/**
 * The commits of the repository, the newest first.
 *
 * @internal
 */
export const HistoryPanel = (props: { history: readonly ArtifactCommit[] }) => {
  const { history } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('artifacts.history')}>
      {history.length === 0 && (
        <Typography variant="body2">{t('artifacts.noHistory')}</Typography>
      )}
      <ol className={classes.list}>
        {history.map(({ commit, message, author, date }) => (
          <li key={commit}>
            <div>{message.split('\n')[0]}</div>
            <div className={classes.note}>
              <code title={commit}>{commit.slice(0, 7)}</code> · {author} ·{' '}
              <RelativeTime at={date} />
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
};
