import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  BackupRecord,
  RestoreDrill,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { formatBytes } from './figures';
import { RunOutcome } from './RunOutcome';

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto', maxHeight: '28em' },
    cell: {
      verticalAlign: 'top',
      minWidth: '12em',
      overflowWrap: 'anywhere',
    },
    narrow: { verticalAlign: 'top', whiteSpace: 'nowrap' },
    head: { backgroundColor: theme.palette.background.paper },
  }),
  { name: 'CoderFleetRunsPanel' },
);

/**
 * A column of runs. Narrow ones never break.
 *
 * @internal
 */
export type RunColumn<T> = {
  title: string;
  narrow?: boolean;
  cell: (run: T) => ReactNode;
};

/** What a backup and a drill have alike. */
type Run = Pick<
  BackupRecord & RestoreDrill,
  'runId' | 'finishedAt' | 'outcome'
> &
  Partial<Pick<BackupRecord, 'error' | 'verified' | 'sizeBytes'>>;

/**
 * Runs, newest first, each with when and how it ended and how large it is, and whatever else there is to say
 * of its kind.
 *
 * @internal
 */
export const RunsPanel = <T extends Run>(props: {
  title: string;
  /** What to do where there are none. */
  empty: string;
  columns: ReadonlyArray<RunColumn<T>>;
  runs: readonly T[];
}) => {
  const { title, empty, columns, runs } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={title}>
      {runs.length === 0 ? (
        <Typography variant="body2">{empty}</Typography>
      ) : (
        <RunTable
          label={title}
          runs={runs}
          columns={[
            {
              title: t('backups.finished'),
              narrow: true,
              cell: ({ finishedAt }) => <RelativeTime at={finishedAt} />,
            },
            {
              title: t('backups.outcome'),
              cell: run => (
                <RunOutcome
                  outcome={run.outcome}
                  error={run.error}
                  verified={run.verified}
                />
              ),
            },
            {
              title: t('backups.size'),
              narrow: true,
              cell: ({ sizeBytes }) =>
                sizeBytes === undefined ? '' : formatBytes(sizeBytes),
            },
            ...columns,
          ]}
        />
      )}
    </Panel>
  );
};

function RunTable<T extends Run>(props: {
  label: string;
  columns: ReadonlyArray<RunColumn<T>>;
  runs: readonly T[];
}) {
  const { label, columns, runs } = props;
  const classes = useStyles();
  return (
    <div
      className={classes.scroll}
      role="group"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
    >
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map(({ title }) => (
              <TableCell key={title} className={classes.head}>
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {runs.map(run => (
            <TableRow key={run.runId}>
              {columns.map(({ title, narrow, cell }) => (
                <TableCell
                  key={title}
                  className={narrow ? classes.narrow : classes.cell}
                >
                  {cell(run)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
