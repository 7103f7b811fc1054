import { HEALTH_SECTIONS, HealthSection } from '../faults/faults';
import { json } from './reply';
import type { Route } from './Route';

/** Other names than in the report. Source: Coder, healthsdk. */
const NAMES: Readonly<Record<HealthSection, string>> = {
  access_url: 'AccessURL',
  database: 'Database',
  derp: 'DERP',
  websocket: 'Websocket',
  workspace_proxy: 'WorkspaceProxy',
  provisioner_daemons: 'ProvisionerDaemons',
};

/**
 * Sections of the health report that were dismissed.
 *
 * @internal
 */
export const healthSettingsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/debug/health/settings',
    access: { read: 'debug_info', refusal: 'forbidden' },
    handle: ({ deployment }) =>
      json(200, {
        dismissed_healthchecks: HEALTH_SECTIONS.filter(
          section => deployment.faults.health?.[section]?.dismissed,
        ).map(section => NAMES[section]),
      }),
  },
];
