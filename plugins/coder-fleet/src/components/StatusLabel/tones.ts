import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import ReportProblemIcon from '@material-ui/icons/ReportProblem';
import ScheduleIcon from '@material-ui/icons/Schedule';
import type { ComponentType } from 'react';

/**
 * How good or bad something is. `ok` is kept for what is known to be well.
 *
 * @internal
 */
export type Tone =
  'ok' | 'warning' | 'error' | 'progress' | 'unknown' | 'neutral';

/**
 * An icon that takes its size and colour from where it stands.
 *
 * @internal
 */
export type StatusIcon = ComponentType<{
  fontSize?: 'inherit' | 'small';
  className?: string;
}>;

/**
 * The shape of each tone: it can be told without colours.
 *
 * @internal
 */
export const TONE_ICONS: Readonly<Record<Tone, StatusIcon>> = {
  ok: CheckCircleIcon,
  warning: ReportProblemIcon,
  error: CancelIcon,
  progress: ScheduleIcon,
  unknown: HelpOutlineIcon,
  neutral: RemoveCircleOutlineIcon,
};
