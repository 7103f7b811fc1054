import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { BackupsReport } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { CalendarDate } from '../CalendarDate';
import { DescriptionList } from '../DescriptionList';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { StatusLabel } from '../StatusLabel';
import { BACKUP_LOOKS, DRILL_LOOKS } from './standings';

/**
 * In a few words: is there a recent backup, does it restore, and until when is that so.
 *
 * @internal
 */
export const StandingPanel = (props: { report: BackupsReport }) => {
  const { backup, drill, schedule, retentionDays } = props.report;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const backupLook = BACKUP_LOOKS[backup.standing];
  const drillLook = DRILL_LOOKS[drill.standing];
  const time = (at: string | undefined) => at && <RelativeTime at={at} />;
  const date = (at: string | undefined) => at && <CalendarDate at={at} />;
  return (
    <Panel title={t('backups.standing')}>
      <DescriptionList
        items={[
          {
            term: t('backups.backup'),
            value: (
              <StatusLabel tone={backupLook.tone}>
                {t(backupLook.text)}
              </StatusLabel>
            ),
          },
          { term: t('backups.lastGood'), value: time(backup.lastGoodAt) },
          { term: t('backups.dueBy'), value: date(backup.dueBy) },
          {
            term: t('backups.drill'),
            value: (
              <StatusLabel tone={drillLook.tone}>
                {t(drillLook.text)}
              </StatusLabel>
            ),
          },
          { term: t('backups.lastDrill'), value: time(drill.lastAt) },
          { term: t('backups.drillDueBy'), value: date(drill.dueBy) },
          { term: t('backups.schedule'), value: `${schedule} UTC` },
          {
            term: t('backups.retention'),
            value: t('backups.days', { count: retentionDays }),
          },
        ]}
      />
    </Panel>
  );
};
