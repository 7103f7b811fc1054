import { DATABASE_TYPES } from './databaseSchema';
import type { Place } from './places';
import type { PublishHost } from './publishHosts';
import { ANY_UNIT, policyOf, type RequestPolicy } from './requestPolicy';

/**
 * What a person chooses when a deployment is requested.
 *
 * @public
 */
export const REQUEST_CHOICES = [
  'businessUnit',
  'region',
  'cluster',
  'database',
  'host',
] as const;

/**
 * One of {@link REQUEST_CHOICES}.
 *
 * @public
 */
export type RequestChoice = (typeof REQUEST_CHOICES)[number];

/**
 * One value to choose, with its name for people where it has one.
 *
 * @public
 */
export type Choice = { value: string; title?: string };

/**
 * What is known of an installation: where deployments can run, what units may ask for, where files can be kept,
 * and the units of the catalog.
 *
 * @public
 */
export type RequestOffer = {
  places: readonly Place[];
  policies: readonly RequestPolicy[];
  hosts: readonly PublishHost[];
  units: readonly Choice[];
};

/**
 * What can be chosen, after what was answered before: clusters are those of the region, and nothing is offered
 * that the business unit may not ask for. `undefined` where nothing is known, so that any text will do; an
 * empty list where there is no choice for this unit.
 *
 * @public
 */
export function requestChoices(
  choose: RequestChoice,
  offer: RequestOffer,
  answers: { businessUnit?: string; region?: string } = {},
): Choice[] | undefined {
  const { places, policies } = offer;
  if (choose === 'businessUnit') {
    return businessUnits(offer);
  }
  if (choose === 'host') {
    return offer.hosts.map(value => ({ value }));
  }
  const isLimited = policies.length > 0 && Boolean(answers.businessUnit);
  const policy = policyOf(policies, answers.businessUnit);
  if (isLimited && !policy) {
    return [];
  }
  // Before a unit is chosen nothing is known of what it may ask for
  const limits: Partial<RequestPolicy> = (isLimited && policy) || {};
  const open = places.filter(
    ({ region, cluster }) =>
      isIn(limits.regions, region) && isIn(limits.clusters, cluster),
  );
  switch (choose) {
    case 'region':
      return places.length > 0
        ? distinct(open.map(({ region }) => ({ value: region })))
        : limits.regions?.map(value => ({ value }));
    case 'cluster':
      return places.length > 0
        ? open
            .filter(
              ({ region }) => !answers.region || region === answers.region,
            )
            .map(({ cluster, title }) => ({
              value: cluster,
              ...(title && { title }),
            }))
        : limits.clusters?.map(value => ({ value }));
    default:
      return DATABASE_TYPES.filter(type => isIn(limits.databases, type)).map(
        value => ({ value }),
      );
  }
}

/** Units of the catalog first: they have names for people. */
function businessUnits({
  policies,
  units,
}: RequestOffer): Choice[] | undefined {
  const named = policies
    .map(({ businessUnit }) => ({ value: businessUnit }))
    .filter(({ value }) => value !== ANY_UNIT);
  const all = distinct([...units, ...named]);
  if (all.length === 0) {
    return undefined;
  }
  return policies.length > 0
    ? all.filter(({ value }) => {
        const policy = policyOf(policies, value);
        return policy !== undefined && policy.maxDeployments !== 0;
      })
    : all;
}

function isIn(allowed: readonly string[] | undefined, value: string): boolean {
  return !allowed || allowed.includes(value);
}

/** The first of each value. */
function distinct(choices: readonly Choice[]): Choice[] {
  const values = choices.map(({ value }) => value);
  return choices.filter(({ value }, index) => values.indexOf(value) === index);
}
