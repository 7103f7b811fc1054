import {
  CopyTextButton,
  Progress,
  ResponseErrorPanel,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ArtifactEntry } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useArtifactFile } from '../../hooks/useArtifacts';
import { coderFleetTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { Panel } from '../Panel';

const useStyles = makeStyles(
  theme => ({
    aside: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      color: theme.palette.textSubtle,
      fontSize: theme.typography.body2.fontSize,
    },
    code: { maxHeight: '75vh' },
  }),
  { name: 'CoderFleetArtifactViewer' },
);

/**
 * The text of one file.
 *
 * @internal
 */
export const ArtifactViewer = (props: {
  name: string;
  entry: ArtifactEntry;
  commit: string;
}) => {
  const { name, entry, commit } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return entry.status === 'missing' ? (
    <Panel title={entry.path}>
      <Typography>{t('artifacts.isMissing')}</Typography>
    </Panel>
  ) : (
    <FileContent name={name} path={entry.path} commit={commit} />
  );
};

function FileContent(props: { name: string; path: string; commit: string }) {
  const { path } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { value, error, loading } = useArtifactFile(props);
  if (loading) {
    return <Progress />;
  }
  if (!value) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <Panel
      title={path}
      aside={
        <div className={classes.aside}>
          <span title={value.commit}>
            {t('artifacts.commit')} {value.commit.slice(0, 7)}
          </span>
          <span>{t('artifacts.bytes', { size: value.size })}</span>
          {value.content !== undefined && (
            <CopyTextButton
              text={value.content}
              variant="secondary"
              aria-label={t('artifacts.copy')}
            />
          )}
        </div>
      }
    >
      {value.content === undefined ? (
        <Typography>{t('artifacts.notText')}</Typography>
      ) : (
        <CodeBlock
          text={value.content}
          label={t('artifacts.contentOf', { path })}
          lineNumbers
          className={classes.code}
        />
      )}
    </Panel>
  );
}
