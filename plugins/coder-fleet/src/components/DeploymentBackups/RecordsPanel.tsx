import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { BackupRecord } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { Subtle } from '../Subtle';
import { formatDuration } from './figures';
import { RunsPanel } from './RunsPanel';

/**
 * Every backup that was reported.
 *
 * @internal
 */
export const RecordsPanel = (props: { records: readonly BackupRecord[] }) => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <RunsPanel<BackupRecord>
      title={t('backups.records')}
      empty={t('backups.noRecords')}
      runs={props.records}
      columns={[
        {
          title: t('backups.took'),
          narrow: true,
          cell: ({ startedAt, finishedAt }) =>
            formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)),
        },
        {
          title: t('backups.versions'),
          narrow: true,
          cell: ({ coderVersion, schemaVersion }) => (
            <>
              {coderVersion ?? t('backups.versionUnknown')}
              {schemaVersion !== undefined && (
                <Subtle>
                  {t('backups.schema', { version: String(schemaVersion) })}
                </Subtle>
              )}
            </>
          ),
        },
        {
          title: t('backups.location'),
          cell: ({ location, engine }) => (
            <>
              {location ?? ''}
              <Subtle>{engine}</Subtle>
            </>
          ),
        },
      ]}
    />
  );
};
