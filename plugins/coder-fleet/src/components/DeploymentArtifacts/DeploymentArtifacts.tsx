import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  ArtifactCommit,
  ArtifactTree,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { useSearchParams } from 'react-router-dom';
import { useArtifacts } from '../../hooks/useArtifacts';
import { coderFleetTranslationRef } from '../../translation';
import { isNotFound } from '../../api';
import { Notice } from '../Notice';
import { RefreshFailure } from '../RefreshFailure';
import { ArtifactList } from './ArtifactList';
import { ArtifactViewer } from './ArtifactViewer';
import { HistoryPanel } from './HistoryPanel';

/** What everything else was rendered from. */
const FIRST_FILE = 'coder-deployment.yaml';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.up('md')]: {
        gridTemplateColumns: 'minmax(20em, 2fr) minmax(0, 5fr)',
      },
    },
    column: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  }),
  { name: 'CoderFleetDeploymentArtifacts' },
);

/**
 * The files that were rendered for a deployment, as they are in its repository now.
 *
 * @internal
 */
export const DeploymentArtifacts = (props: { name: string }) => {
  const { name } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { value, error, loading, updatedAt } = useArtifacts(name);
  if (loading) {
    return <Progress />;
  }
  if (!value && isNotFound(error)) {
    return (
      <Notice
        title={t('artifacts.notHere.title')}
        description={t('artifacts.notHere.description')}
      />
    );
  }
  if (!value || !updatedAt) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <>
      {error && <RefreshFailure error={error} updatedAt={updatedAt} />}
      <Repository name={name} {...value} />
    </>
  );
};

function Repository(props: {
  name: string;
  tree: ArtifactTree;
  history: ArtifactCommit[];
}) {
  const { name, tree, history } = props;
  const classes = useStyles();
  const [params] = useSearchParams();
  const wanted = params.get('file');
  const entry =
    [wanted, FIRST_FILE].flatMap(
      wish => tree.items.find(({ path }) => path === wish) ?? [],
    )[0] ?? tree.items[0];
  return (
    <div className={classes.root}>
      <div className={classes.column}>
        <ArtifactList items={tree.items} current={entry?.path} />
        <HistoryPanel history={history} />
      </div>
      {entry && (
        <ArtifactViewer name={name} entry={entry} commit={tree.commit} />
      )}
    </div>
  );
}
