import { DEPLOYMENT_STATES } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  DeploymentQuery,
  DeploymentSortField,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';

const UNCHANGED_COLUMNS = [
  'name',
  'display_name',
  'search_text',
  'access_url',
  'owner',
  'business_unit',
  'region',
  'edition',
  'tier',
  'planned_version',
  'observed_version',
  'last_seen',
  'deployment',
  'plan',
  'repository',
  'upgrade_window',
  'requested_at',
  'pull_request',
  'merge_obstacle',
  'registered_at',
];

/**
 * The deployments as a table `fleet`. Its `state` is what holds at `now`: a row that nobody polls any more
 * turns by itself at `state_until`.
 *
 * @internal
 */
export function fromFleet(client: Knex, now: Date): Knex.QueryBuilder {
  const at = now.getTime();
  const effective = (name: 'state' | 'state_reason') =>
    client.raw(
      `case when state_until <= ? then next_${name} else ${name} end as ${name}`,
      [at],
    );
  const fleet = client
    .select(
      ...UNCHANGED_COLUMNS,
      effective('state'),
      effective('state_reason'),
      client.raw(
        'coalesce(observed_version_sort, planned_version_sort) as version_sort',
      ),
    )
    .from('deployments');
  return client.from(fleet.as('fleet'));
}

/** The filters that compare a column with alternatives. */
const FILTERS = {
  state: 'state',
  region: 'region',
  businessUnit: 'business_unit',
  owner: 'owner',
  edition: 'edition',
  tier: 'tier',
} as const;

/**
 * Limits a query of the fleet to what a list asks for.
 *
 * @internal
 */
export function applyFilters(
  query: Knex.QueryBuilder,
  filters: DeploymentQuery,
): void {
  for (const [key, column] of Object.entries(FILTERS)) {
    const values = filters[key as keyof typeof FILTERS];
    if (values && values.length > 0) {
      query.whereIn(column, values);
    }
  }
  const search = filters.search?.trim().toLocaleLowerCase('en');
  if (search) {
    const pattern = search.replace(/[\\%_]/g, found => `\\${found}`);
    query.whereRaw(`search_text like ? escape '\\'`, [`%${pattern}%`]);
  }
}

/** States have an order of their own; who was never seen comes before all who were. */
const SORT_EXPRESSIONS: Readonly<Record<DeploymentSortField, string>> = {
  name: 'name',
  displayName: 'lower(display_name)',
  state: `case state ${DEPLOYMENT_STATES.map(
    (state, rank) => `when '${state}' then ${rank}`,
  ).join(' ')} end`,
  version: 'version_sort',
  region: 'region',
  businessUnit: 'business_unit',
  owner: 'owner',
  tier: 'tier',
  lastSeen: 'coalesce(last_seen, 0)',
};

/**
 * Orders a query of the fleet. Equal rows are ordered by name, so that pages neither miss nor repeat one.
 *
 * @internal
 */
export function applySort(
  query: Knex.QueryBuilder,
  sort: DeploymentQuery['sort'] = 'name',
): void {
  const descending = sort.startsWith('-');
  const field = sort.replace(/^-/, '') as DeploymentSortField;
  query.orderByRaw(`${SORT_EXPRESSIONS[field]} ${descending ? 'desc' : 'asc'}`);
  if (field !== 'name') {
    query.orderBy('name');
  }
}
