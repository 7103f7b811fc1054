import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { DeploymentFilter, Scope } from '../permissions/scope';

const COLUMNS: Readonly<Record<DeploymentFilter['property'], string>> = {
  owner: 'owner',
  businessUnit: 'business_unit',
  region: 'region',
};

/**
 * Limits a query over deployments to those in a scope.
 *
 * @internal
 */
export function applyScope(query: Knex.QueryBuilder, scope: Scope): void {
  if (scope === 'none') {
    query.whereRaw('1 = 0');
  } else if (scope !== 'all') {
    query.where(inner => applyCriteria(inner, scope));
  }
}

function applyCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<DeploymentFilter>,
): void {
  if ('anyOf' in criteria) {
    for (const part of criteria.anyOf) {
      query.orWhere(inner => applyCriteria(inner, part));
    }
  } else if ('allOf' in criteria) {
    for (const part of criteria.allOf) {
      query.andWhere(inner => applyCriteria(inner, part));
    }
  } else if ('not' in criteria) {
    query.whereNot(inner => applyCriteria(inner, criteria.not));
  } else {
    query.whereIn(COLUMNS[criteria.property], criteria.values);
  }
}
