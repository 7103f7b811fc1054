import { InputError } from '@backstage/errors';
import semver from 'semver';
import { z } from 'zod/v3';
import type { Plan } from '../architecture/plan';
import { TIER_NAMES } from '../architecture/tiers';
import type { CoderDeployment } from './DeploymentSpec';
import type { FieldProblem } from './parse';

/**
 * Key of the configuration that holds what units may ask for.
 *
 * @public
 */
export const REQUEST_POLICIES_KEY = 'coderFleet.requests';

/**
 * Who has to approve what a business unit asks for.
 *
 * - `none`: nobody.
 * - `portal`: somebody else, on the page of the fleet, before it is registered.
 * - `pull-request`: whoever merges it; what is new is registered as requested, and starts once it is merged.
 *
 * @public
 */
export const REQUEST_APPROVALS = ['none', 'portal', 'pull-request'] as const;

/**
 * One of {@link REQUEST_APPROVALS}.
 *
 * @public
 */
export type RequestApproval = (typeof REQUEST_APPROVALS)[number];

/**
 * Stands for every unit that has no entry of its own.
 *
 * @internal
 */
export const ANY_UNIT = '*';

const names = z.array(z.string().min(1)).min(1).optional();

const policySchema = z
  .object({
    businessUnit: z.string().min(1),
    tiers: z.array(z.enum(TIER_NAMES)).min(1).optional(),
    regions: names,
    clusters: names,
    databases: names,
    versions: z
      .string()
      .refine(text => semver.validRange(text) !== null, {
        message: 'versions must be a range such as ">=2.34 <2.37"',
      })
      .optional(),
    maxDeployments: z.number().int().min(0).optional(),
    approval: z.enum(REQUEST_APPROVALS).optional(),
  })
  .strict();

/**
 * What a business unit may ask for; what is left out is not limited. `businessUnit: '*'` stands for every unit
 * without an entry of its own. `versions` is a range of semantic versions. Without `approval` nobody has to
 * approve.
 *
 * @public
 */
export type RequestPolicy = {
  businessUnit: string;
  tiers?: string[];
  regions?: string[];
  clusters?: string[];
  databases?: string[];
  versions?: string;
  maxDeployments?: number;
  approval?: RequestApproval;
};

/**
 * Reads `coderFleet.requests`. Throws an `InputError` that says what is wrong.
 *
 * @public
 */
export function parseRequestPolicies(config: unknown): RequestPolicy[] {
  const parsed = z.array(policySchema).safeParse(config ?? []);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      `${[REQUEST_POLICIES_KEY, ...path].join('.')}: ${message}`,
    );
  }
  const units = parsed.data.map(({ businessUnit }) => businessUnit);
  const twice = units.find((unit, index) => units.indexOf(unit) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `${REQUEST_POLICIES_KEY}: "${twice}" has more than one entry`,
    );
  }
  return parsed.data;
}

/**
 * Who has to approve what a business unit asks for: as its own entry says, else the one of `*`, else nobody.
 *
 * @public
 */
export function approvalOf(
  policies: readonly RequestPolicy[],
  businessUnit: string,
): RequestApproval {
  return policyOf(policies, businessUnit)?.approval ?? 'none';
}

/**
 * What applies to a unit where something is configured: its own entry, or else that of all others.
 * `undefined` when there is neither, and it may ask for nothing.
 *
 * @internal
 */
export function policyOf(
  policies: readonly RequestPolicy[],
  businessUnit: string | undefined,
): RequestPolicy | undefined {
  return (
    policies.find(policy => policy.businessUnit === businessUnit) ??
    policies.find(policy => policy.businessUnit === ANY_UNIT)
  );
}

/**
 * What a request asks for that its business unit may not, by field. `others` is how many other deployments
 * the unit has; without it that limit is not looked at. Where nothing is configured nothing is limited; where
 * something is, a unit without an entry may ask for nothing.
 *
 * @public
 */
export function requestPolicyProblems(
  policies: readonly RequestPolicy[],
  request: { deployment: CoderDeployment; plan: Plan; others?: number },
): FieldProblem[] {
  const { deployment, plan, others } = request;
  const { spec } = deployment;
  if (policies.length === 0) {
    return [];
  }
  const policy = policyOf(policies, spec.businessUnit);
  if (!policy) {
    return [
      {
        path: 'spec.businessUnit',
        message: `No requests are taken for the business unit ${spec.businessUnit}`,
      },
    ];
  }
  const within = (
    path: string,
    what: string,
    value: string,
    allowed: readonly string[] | undefined,
  ): FieldProblem[] =>
    !allowed || allowed.includes(value)
      ? []
      : [
          {
            path,
            message: `${what} ${value} is not open to ${spec.businessUnit}: choose ${allowed.join(', ')}`,
          },
        ];
  const version = plan.release.version.value;
  return [
    ...within('spec.users.expected', 'The tier', plan.tier.value, policy.tiers),
    ...spec.regions.flatMap(({ name, cluster }, index) => [
      ...within(
        `spec.regions.${index}.name`,
        'The region',
        name,
        policy.regions,
      ),
      ...within(
        `spec.regions.${index}.cluster`,
        'The cluster',
        cluster,
        policy.clusters,
      ),
    ]),
    ...within(
      'spec.database.type',
      'The database',
      spec.database.type,
      policy.databases,
    ),
    ...(policy.versions && !semver.satisfies(version, policy.versions)
      ? [
          {
            path: 'spec.release',
            message: `Version ${version} is not open to ${spec.businessUnit}: choose one of ${policy.versions}`,
          },
        ]
      : []),
    ...(policy.maxDeployments !== undefined &&
    others !== undefined &&
    others >= policy.maxDeployments
      ? [
          {
            path: 'spec.businessUnit',
            message: `${spec.businessUnit} has ${others} deployments, and may have ${policy.maxDeployments}`,
          },
        ]
      : []),
  ];
}
