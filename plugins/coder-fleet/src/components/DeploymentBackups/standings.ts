import type {
  BackupStanding,
  DrillStanding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Tone } from '../StatusLabel';

/**
 * Tone and text of each standing of backups. Only `recent` is green.
 *
 * @internal
 */
export const BACKUP_LOOKS = {
  recent: { tone: 'ok', text: 'backups.recent' },
  failing: { tone: 'warning', text: 'backups.failing' },
  overdue: { tone: 'error', text: 'backups.overdue' },
  never: { tone: 'unknown', text: 'backups.neverReported' },
} as const satisfies Record<BackupStanding, { tone: Tone; text: string }>;

/**
 * Tone and text of each standing of drills. Only `proved` is green.
 *
 * @internal
 */
export const DRILL_LOOKS = {
  proved: { tone: 'ok', text: 'backups.proved' },
  failed: { tone: 'error', text: 'backups.drillFailed' },
  overdue: { tone: 'warning', text: 'backups.drillOverdue' },
  never: { tone: 'unknown', text: 'backups.neverDrilled' },
} as const satisfies Record<DrillStanding, { tone: Tone; text: string }>;
