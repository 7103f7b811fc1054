import type { DeploymentSortField } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * The columns of the fleet table: what a click on the header sorts by, and the width in percent.
 *
 * @internal
 */
export const COLUMNS = [
  { key: 'deployment', sort: 'displayName', width: 25 },
  { key: 'state', sort: 'state', width: 23 },
  { key: 'version', sort: 'version', width: 12 },
  { key: 'region', sort: 'region', width: 11 },
  { key: 'tier', sort: 'tier', width: 8 },
  { key: 'owner', sort: 'owner', width: 11 },
  { key: 'lastSeen', sort: 'lastSeen', width: 10 },
] as const satisfies ReadonlyArray<{
  key: string;
  sort: DeploymentSortField;
  width: number;
}>;
