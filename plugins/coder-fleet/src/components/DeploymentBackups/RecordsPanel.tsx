import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { BackupRecord } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { Subtle } from '../Subtle';
import { formatBytes, formatDuration } from './figures';
import { RunOutcome } from './RunOutcome';
import { RunTable } from './RunTable';

/**
 * Every backup that was reported.
 *
 * @internal
 */
export const RecordsPanel = (props: { records: readonly BackupRecord[] }) => {
  const { records } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('backups.records')}>
      {records.length === 0 ? (
        <Typography variant="body2">{t('backups.noRecords')}</Typography>
      ) : (
        <RunTable<BackupRecord>
          label={t('backups.records')}
          runs={records}
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
              title: t('backups.size'),
              narrow: true,
              cell: ({ sizeBytes }) =>
                sizeBytes === undefined ? '' : formatBytes(sizeBytes),
            },
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
      )}
    </Panel>
  );
};
