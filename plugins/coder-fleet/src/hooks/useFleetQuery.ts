import {
  DEPLOYMENT_SORT_FIELDS,
  DEPLOYMENT_STATES,
  type DeploymentQuery,
  type DeploymentSortField,
  type DeploymentState,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * The filters and the order of the fleet page: all of it is in the URL, so that a view can be sent
 * to a colleague.
 *
 * @internal
 */
export type FleetQuery = {
  state: DeploymentState[];
  region: string[];
  businessUnit: string[];
  owner: string[];
  search: string;
  sort: NonNullable<DeploymentQuery['sort']>;
};

/**
 * How the fleet is shown: row by row, or by region.
 *
 * @internal
 */
export type FleetView = 'table' | 'regions';

/**
 * The order when the URL names none.
 *
 * @internal
 */
export const DEFAULT_SORT: DeploymentSortField = 'displayName';

const VIEW_PARAMETER = 'view';

const NO_FILTERS: Omit<FleetQuery, 'sort'> = {
  state: [],
  region: [],
  businessUnit: [],
  owner: [],
  search: '',
};

/**
 * The query in the URL, and how to change it. What the URL says and nobody knows is ignored.
 *
 * @internal
 */
export function useFleetQuery() {
  const [params, setParams] = useSearchParams();
  const query = useMemo(() => parse(params), [params]);

  const view: FleetView =
    params.get(VIEW_PARAMETER) === 'regions' ? 'regions' : 'table';

  const change = useCallback(
    (patch: Partial<FleetQuery>, next?: FleetView) =>
      setParams(
        before => {
          const after = format({ ...parse(before), ...patch }, before);
          if (next) {
            after.delete(VIEW_PARAMETER);
          }
          if (next && next !== 'table') {
            after.set(VIEW_PARAMETER, next);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  const show = useCallback((next: FleetView) => change({}, next), [change]);

  return { query, isFiltered: isFiltered(query), change, clear, view, show };
}

function parse(params: URLSearchParams): FleetQuery {
  const sort = params.get('sort') ?? '';
  return {
    state: params.getAll('state').filter(isState),
    region: params.getAll('region'),
    businessUnit: params.getAll('businessUnit'),
    owner: params.getAll('owner'),
    search: params.get('search') ?? '',
    sort: isSort(sort) ? sort : DEFAULT_SORT,
  };
}

/** Parameters that are not the query's stay as they are. */
function format(query: FleetQuery, before: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(before);
  for (const [key, value] of Object.entries(query)) {
    params.delete(key);
    for (const item of [value].flat()) {
      if (item && !(key === 'sort' && item === DEFAULT_SORT)) {
        params.append(key, item);
      }
    }
  }
  return params;
}

function isFiltered(query: FleetQuery): boolean {
  const { sort, search, ...filters } = query;
  return (
    search !== '' || Object.values(filters).some(values => values.length > 0)
  );
}

function isState(text: string): text is DeploymentState {
  return (DEPLOYMENT_STATES as readonly string[]).includes(text);
}

function isSort(text: string): text is FleetQuery['sort'] {
  return (DEPLOYMENT_SORT_FIELDS as readonly string[]).includes(
    text.replace(/^-/, ''),
  );
}
