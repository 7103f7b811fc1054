import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RestoreDrill } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { formatBytes, formatDuration } from './figures';
import { RunOutcome } from './RunOutcome';
import { RunTable } from './RunTable';

/**
 * Every restore drill that was reported.
 *
 * @internal
 */
export const DrillsPanel = (props: { drills: readonly RestoreDrill[] }) => {
  const { drills } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('backups.drills')}>
      {drills.length === 0 ? (
        <Typography variant="body2">{t('backups.noDrills')}</Typography>
      ) : (
        <RunTable<RestoreDrill>
          label={t('backups.drills')}
          runs={drills}
          columns={[
            {
              title: t('backups.finished'),
              narrow: true,
              cell: ({ finishedAt }) => <RelativeTime at={finishedAt} />,
            },
            {
              title: t('backups.outcome'),
              cell: run => <RunOutcome {...run} />,
            },
            {
              title: t('backups.restored'),
              cell: ({ backupRunId }) => backupRunId ?? t('backups.noSet'),
            },
            {
              title: t('backups.size'),
              narrow: true,
              cell: ({ sizeBytes }) =>
                sizeBytes === undefined ? '' : formatBytes(sizeBytes),
            },
            {
              title: t('backups.restoreTook'),
              narrow: true,
              cell: ({ restoreMillis }) =>
                restoreMillis === undefined
                  ? ''
                  : formatDuration(restoreMillis),
            },
          ]}
        />
      )}
    </Panel>
  );
};
