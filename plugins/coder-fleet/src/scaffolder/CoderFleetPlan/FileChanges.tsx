import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  type FileChange,
  isOnlyRestamped,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import EditIcon from '@material-ui/icons/Edit';
import RemoveIcon from '@material-ui/icons/Remove';
import { StatusLabel, type StatusIcon } from '../../components/StatusLabel';
import { Subtle } from '../../components/Subtle';
import { coderFleetTranslationRef } from '../../translation';

const ICONS: Readonly<Record<FileChange['what'], StatusIcon>> = {
  added: AddIcon,
  changed: EditIcon,
  removed: RemoveIcon,
};

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(0.5),
      margin: theme.spacing(0, 0, 1),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
    },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      overflowWrap: 'anywhere',
    },
    what: { flex: '0 0 7em' },
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
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!files) {
    return <Typography variant="body2">{t('changes.filesUnknown')}</Typography>;
  }
  const shown = files.filter(file => !isOnlyRestamped(file));
  const restamped = files.length - shown.length;
  return (
    <>
      <ul className={classes.list}>
        {shown.map(file => (
          <FileItem key={file.path} file={file} />
        ))}
      </ul>
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
    <li className={classes.item}>
      <span className={classes.what}>
        <StatusLabel tone="neutral" icon={ICONS[what]}>
          {t(`changes.${what}`)}
        </StatusLabel>
      </span>
      <code className={classes.path}>{path}</code>
      {lines && (
        <span className={classes.lines} title={t('changes.linesLabel', lines)}>
          {t('changes.lines', lines)}
        </span>
      )}
    </li>
  );
}
