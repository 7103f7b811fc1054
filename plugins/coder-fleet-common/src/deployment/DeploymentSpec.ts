import { z } from 'zod/v3';
import { backupSchema } from './backupSchema';
import { databaseSchema } from './databaseSchema';
import { deploymentFields as fields } from './fields';
import {
  aiSchema,
  loadProblems,
  usersSchema,
  workspacesSchema,
} from './loadSchemas';
import {
  airGapSchema,
  deliverySchema,
  exposureSchema,
  observabilitySchema,
  platformProblems,
} from './platformSchemas';

/**
 * `apiVersion` of a deployment's file.
 *
 * @public
 */
export const DEPLOYMENT_API_VERSION = 'coder-fleet.io/v1alpha1';

/**
 * `kind` of a deployment's file.
 *
 * @public
 */
export const DEPLOYMENT_KIND = 'CoderDeployment';

const proxySchema = z
  .object({
    accessUrl: fields.accessUrl
      .transform(url => url.replace(/\/$/, ''))
      .describe('Where the workspace proxy of the region is reached'),
    wildcardUrl: fields.wildcardUrl
      .optional()
      .describe("Host of workspace apps through the region's proxy"),
  })
  .passthrough();

const regionSchema = z
  .object({
    name: fields.region.describe('Name of the region, a DNS label'),
    cluster: fields.cluster.describe(
      "Name of the Kubernetes cluster there, as the portal's Kubernetes plugin knows it",
    ),
    share: z
      .number({ invalid_type_error: 'The share of a region must be a number' })
      .gt(0, 'The share of a region must be above 0')
      .max(1, 'The share of a region is a part of all workspaces: at most 1')
      .optional()
      .describe(
        'Part of the workspaces that run there; regions without one share the rest equally',
      ),
    proxy: proxySchema
      .optional()
      .describe('Workspace proxy; each region but the first needs one'),
  })
  .passthrough();

const releaseSchema = z
  .union([
    z
      .object({
        version: fields.version.describe(
          'An exact version, for example 2.36.5',
        ),
      })
      .strict(),
    z
      .object({
        channel: z
          .enum(['mainline', 'stable', 'esr'])
          .describe('The newest release of a channel of the release calendar'),
      })
      .strict(),
  ])
  .describe('Either an exact version or a channel');

/**
 * What was asked for: the `spec` of a deployment's file.
 *
 * @public
 */
export const deploymentSpecSchema = z
  .object({
    displayName: fields.displayName.describe('Name for people; may change'),
    owner: fields.owner.describe(
      'Catalog reference of the owning group or user',
    ),
    businessUnit: fields.businessUnit.describe(
      'The unit that the deployment belongs to',
    ),
    edition: z
      .enum(['premium', 'community'], {
        errorMap: () => ({
          message: 'The edition is either premium or community',
        }),
      })
      .describe('Community has one replica and built-in provisioners only'),
    users: usersSchema.describe('How many people it is built for'),
    workspaces: workspacesSchema
      .optional()
      .describe('What is known of the workspaces and the nodes under them'),
    ai: aiSchema.optional().describe('AI that works beside the people'),
    regions: z
      .array(regionSchema)
      .min(1, 'At least one region is required')
      .max(10, 'At most 10 regions')
      .describe('The first one holds the control plane and the database'),
    accessUrl: fields.accessUrl
      .transform(url => url.replace(/\/$/, ''))
      .describe('Where people and workspaces reach it: https, no path'),
    wildcardUrl: fields.wildcardUrl
      .optional()
      .describe('Host of workspace apps: *.domain or *-suffix.domain'),
    database: databaseSchema.describe('Where its data is kept'),
    backup: backupSchema.describe('How its database is backed up'),
    release: releaseSchema.describe('Which Coder it runs'),
    exposure: exposureSchema
      .optional()
      .describe('How users reach it; without it, by a load balancer'),
    delivery: deliverySchema
      .optional()
      .describe('What applies the files; without it, Helm and kubectl'),
    observability: observabilitySchema
      .optional()
      .describe('What scrapes it; without it, annotations of pods'),
    airGap: airGapSchema
      .optional()
      .describe('For clusters that reach no public registry'),
    organizations: z
      .array(fields.dnsLabel)
      .max(20, 'At most 20 organizations')
      .optional()
      .describe(
        'Organizations of Coder that have provisioners of their own, besides the default one',
      ),
    supportLinks: z
      .array(fields.supportLink)
      .max(20, 'At most 20 support links')
      .default([])
      .describe('Links that Coder shows to its users'),
  })
  .passthrough()
  .superRefine((spec, ctx) => {
    const problem = (path: Array<string | number>, message: string) =>
      ctx.addIssue({ code: z.ZodIssueCode.custom, path, message });
    loadProblems(spec).forEach(({ path, message }) => problem(path, message));
    if (spec.edition !== 'premium' && spec.database.encryption?.enabled) {
      problem(
        ['database', 'encryption', 'enabled'],
        'Encryption of tokens in the database needs Premium',
      );
    }
    checkOrganizations(spec, problem);
    platformProblems(spec).forEach(({ path, message }) =>
      problem(path, message),
    );
    checkRegions(spec, problem);
  });

function checkOrganizations(
  spec: { edition: string; organizations?: string[] },
  problem: (path: Array<string | number>, message: string) => void,
) {
  const { edition, organizations = [] } = spec;
  if (organizations.length > 0 && edition !== 'premium') {
    problem(['organizations'], 'More than one organization needs Premium');
  }
  organizations.forEach((name, index) => {
    if (name === 'default' || organizations.indexOf(name) !== index) {
      problem(
        ['organizations', index],
        name === 'default'
          ? 'The default organization has provisioners in any case'
          : `The organization ${name} is listed twice`,
      );
    }
  });
}

function checkRegions(
  spec: {
    edition: string;
    regions: Array<{ name: string; share?: number; proxy?: unknown }>;
  },
  problem: (path: Array<string | number>, message: string) => void,
) {
  const names = spec.regions.map(region => region.name);
  spec.regions.forEach((region, index) => {
    if (names.indexOf(region.name) !== index) {
      problem(
        ['regions', index, 'name'],
        `The region ${region.name} is listed twice`,
      );
    }
    if (index > 0 && spec.edition === 'premium' && !region.proxy) {
      problem(
        ['regions', index, 'proxy'],
        'Each region but the first needs a workspace proxy: give its access URL',
      );
    }
  });
  const shares = spec.regions.flatMap(region => region.share ?? []);
  const sum = Number(shares.reduce((a, b) => a + b, 0).toFixed(6));
  const allGiven = shares.length === spec.regions.length;
  if (allGiven && shares.length > 0 ? sum !== 1 : sum >= 1) {
    problem(
      ['regions'],
      allGiven
        ? 'The shares of the regions must add up to 1'
        : 'The shares leave nothing for the regions without one',
    );
  }
}

/**
 * A deployment's file, `coder-deployment.yaml`. Unknown fields are kept.
 *
 * @public
 */
export const coderDeploymentSchema = z
  .object({
    apiVersion: z.literal(DEPLOYMENT_API_VERSION),
    kind: z.literal(DEPLOYMENT_KIND),
    metadata: z
      .object({
        name: fields.name.describe(
          'Identity of the deployment: a DNS label of at most 30 characters; never changes',
        ),
      })
      .passthrough(),
    spec: deploymentSpecSchema,
  })
  .passthrough()
  .superRefine((deployment, ctx) => {
    for (const path of pathsWithPasswords(deployment)) {
      ctx.addIssue({
        code: z.ZodIssueCode.custom,
        path,
        message:
          'A URL here must not contain a password: it would be kept in Git. Put it into a Secret and name that',
      });
    }
  });

/**
 * `scheme://user:password@host`, as connection URLs have it. Bounded, so that a long text takes no
 * longer than it is long.
 */
const URL_WITH_PASSWORD =
  /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:]{0,200}:[^\s/?#@]{1,1000}@/i;

/** Unknown fields are kept, so a password may hide in any text. */
function pathsWithPasswords(
  node: unknown,
  path: Array<string | number> = [],
): Array<Array<string | number>> {
  if (typeof node === 'string') {
    return URL_WITH_PASSWORD.test(node) ? [path] : [];
  }
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) =>
    pathsWithPasswords(value, [...path, key]),
  );
}

/**
 * What was asked for.
 *
 * @public
 */
export type DeploymentSpec = z.output<typeof deploymentSpecSchema>;

/**
 * A deployment's file.
 *
 * @public
 */
export type CoderDeployment = z.output<typeof coderDeploymentSchema>;

/**
 * A deployment's file as people may write it: fields with a default may be missing.
 *
 * @public
 */
export type CoderDeploymentInput = z.input<typeof coderDeploymentSchema>;
