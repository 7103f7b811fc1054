import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RestoreDrill } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { formatDuration } from './figures';
import { RunsPanel } from './RunsPanel';

/**
 * Every restore drill that was reported.
 *
 * @internal
 */
export const DrillsPanel = (props: { drills: readonly RestoreDrill[] }) => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <RunsPanel<RestoreDrill>
      title={t('backups.drills')}
      empty={t('backups.noDrills')}
      runs={props.drills}
      columns={[
        {
          title: t('backups.restored'),
          cell: ({ backupRunId }) => backupRunId ?? t('backups.noSet'),
        },
        {
          title: t('backups.restoreTook'),
          narrow: true,
          cell: ({ restoreMillis }) =>
            restoreMillis === undefined ? '' : formatDuration(restoreMillis),
        },
      ]}
    />
  );
};
