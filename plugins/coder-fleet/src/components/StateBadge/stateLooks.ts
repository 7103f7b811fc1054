import type { DeploymentState } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import ArchiveIcon from '@material-ui/icons/Archive';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import CloudOffIcon from '@material-ui/icons/CloudOff';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import ReportProblemIcon from '@material-ui/icons/ReportProblem';
import SystemUpdateAltIcon from '@material-ui/icons/SystemUpdateAlt';
import VisibilityOffIcon from '@material-ui/icons/VisibilityOff';
import type { StatusIcon, Tone } from '../StatusLabel';

/**
 * Shape and tone of each state. Only `healthy` has the tone `ok`, and no two share a shape.
 *
 * @internal
 */
export const STATE_LOOKS: Readonly<
  Record<DeploymentState, { icon: StatusIcon; tone: Tone }>
> = {
  failing: { icon: CancelIcon, tone: 'error' },
  unreachable: { icon: CloudOffIcon, tone: 'error' },
  missing: { icon: VisibilityOffIcon, tone: 'error' },
  degraded: { icon: ReportProblemIcon, tone: 'warning' },
  unknown: { icon: HelpOutlineIcon, tone: 'unknown' },
  provisioning: { icon: HourglassEmptyIcon, tone: 'progress' },
  upgrading: { icon: SystemUpdateAltIcon, tone: 'progress' },
  healthy: { icon: CheckCircleIcon, tone: 'ok' },
  retired: { icon: ArchiveIcon, tone: 'neutral' },
};

/**
 * States as they are offered to people: what needs a hand comes first.
 *
 * @internal
 */
export const STATES_BY_URGENCY = Object.keys(STATE_LOOKS) as DeploymentState[];
