import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentChanges,
  HandEditedFile,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { Panel } from '../../components/Panel';
import { StatusLabel } from '../../components/StatusLabel';
import { Subtle } from '../../components/Subtle';
import { coderFleetTranslationRef } from '../../translation';
import { FigureChanges } from './FigureChanges';
import { FileChanges } from './FileChanges';
import { FindingChanges } from './FindingChanges';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2.5) },
    heading: { margin: theme.spacing(0, 0, 0.5), fontWeight: 'bold' as const },
    list: {
      display: 'grid',
      gap: theme.spacing(0.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      overflowWrap: 'anywhere',
      fontSize: theme.typography.body2.fontSize,
    },
  }),
  { name: 'CoderFleetChangesPanel' },
);

/**
 * What a request would change of what is registered.
 *
 * @internal
 */
export const ChangesPanel = (props: {
  changes: DeploymentChanges;
  /** Paths of the spec that the form has no question for. */
  kept: readonly string[];
}) => {
  const { changes, kept } = props;
  const { figures, fields, files, handEdits } = changes;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const nothing =
    figures.length + fields.length + handEdits.length === 0 &&
    files?.length === 0;
  return (
    <Panel
      title={t('changes.title')}
      aside={<Subtle>{t('changes.compared')}</Subtle>}
    >
      <div className={classes.root}>
        {nothing && (
          <StatusLabel tone="neutral">{t('changes.none')}</StatusLabel>
        )}
        {handEdits.length > 0 && <HandEdits handEdits={handEdits} />}
        {!nothing && (
          <>
            <Part title={t('changes.figures')}>
              <FigureChanges figures={figures} />
            </Part>
            <Part title={t('changes.findings')}>
              <FindingChanges findings={changes.findings} />
            </Part>
            {fields.length > 0 && (
              <Part title={t('changes.fields')}>
                <Paths paths={fields} />
              </Part>
            )}
          </>
        )}
        {kept.length > 0 && (
          <Part title={t('changes.kept')}>
            <Paths paths={kept} />
          </Part>
        )}
        {!nothing && (
          <Part title={t('changes.files')}>
            <FileChanges files={files} />
          </Part>
        )}
      </div>
    </Panel>
  );
};

function Part(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Typography
        id={id}
        variant="body2"
        component="h4"
        className={classes.heading}
      >
        {props.title}
      </Typography>
      {props.children}
    </div>
  );
}

function Paths(props: { paths: readonly string[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {props.paths.map(path => (
        <li key={path}>
          <code>{path}</code>
        </li>
      ))}
    </ul>
  );
}

function HandEdits(props: { handEdits: readonly HandEditedFile[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div>
      <Typography variant="body2">{t('changes.handEdits')}</Typography>
      <ul className={classes.list}>
        {props.handEdits.map(({ path, what }) => (
          <li key={path}>
            <StatusLabel tone="warning">
              {t(`changes.${what}`, { path })}
            </StatusLabel>
          </li>
        ))}
      </ul>
    </div>
  );
}
