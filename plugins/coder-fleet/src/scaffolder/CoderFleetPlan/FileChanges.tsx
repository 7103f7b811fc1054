import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  type FileChange,
  isOnlyRestamped,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Subtle } from '../../components/Subtle';
import { coderFleetTranslationRef } from '../../translation';
import { ChangeItem, ChangeList } from './ChangeList';

const useStyles = makeStyles(
  theme => ({
    path: { flex: '1 1 16em', minWidth: 0 },
    lines: {
      flex: 'none',
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.textSubtle,
    },
  }),
  { name: 'CoderFleetFileChanges' },
);

/**
 * Files that come, change and go. Those of which only the first line changes are counted: they would hide the
 * others.
 *
 * @internal
 */
export const FileChanges = (props: { files?: readonly FileChange[] }) => {
  const { files } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!files) {
    return <Typography variant="body2">{t('changes.filesUnknown')}</Typography>;
  }
  const shown = files.filter(file => !isOnlyRestamped(file));
  const restamped = files.length - shown.length;
  return (
    <>
      <ChangeList>
        {shown.map(file => (
          <FileItem key={file.path} file={file} />
        ))}
      </ChangeList>
      {restamped > 0 && (
        <Subtle>{t('changes.restamped', { count: restamped })}</Subtle>
      )}
    </>
  );
};

function FileItem(props: { file: FileChange }) {
  const { path, what, lines } = props.file;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <ChangeItem what={what} word={t(`changes.${what}`)}>
      <code className={classes.path}>{path}</code>
      {lines && (
        <span className={classes.lines} title={t('changes.linesLabel', lines)}>
          {t('changes.lines', lines)}
        </span>
      )}
    </ChangeItem>
  );
}
