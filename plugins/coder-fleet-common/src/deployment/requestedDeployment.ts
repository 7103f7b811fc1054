import { InputError } from '@backstage/errors';
import { changedFields } from './changedFields';
import type { CoderDeployment } from './DeploymentSpec';
import { type DeploymentForm, specOfForm } from './form';
import { formOfSpec } from './formOfSpec';
import { parseDeployment, toDeployment } from './parse';
import { regionsByName } from './regionsByName';

/**
 * What a form asks for, and what it leaves as it is.
 *
 * @public
 */
export type RequestedDeployment = {
  deployment: CoderDeployment;
  /** Sorted paths of what the form has no question for and was taken over from the present deployment. */
  kept: string[];
};

/**
 * The deployment that a form asks for. Of the one that is registered under the name, what the form has no
 * question for stays as it is, unless the part that it belongs to goes. Backup jobs report to the portal, unless
 * they report somewhere already. Throws a `DeploymentInputError`.
 *
 * @public
 */
export function requestedDeployment(options: {
  form: DeploymentForm;
  /** What is registered under the name; absent when nothing is, or when nobody may know. */
  present?: CoderDeployment;
  /** Where backup jobs report to, the portal's API; absent when clusters cannot reach it safely. */
  reportsBaseUrl?: string;
}): RequestedDeployment {
  const { form, present, reportsBaseUrl } = options;
  const asked = specOfForm(form);
  const alone = () =>
    reportingTo(toDeployment({ name: form.name, spec: asked }), reportsBaseUrl);
  if (!present || present.metadata.name !== form.name) {
    return { deployment: alone(), kept: [] };
  }
  const deployment = reportingTo(
    parseDeployment({ ...present, spec: withKept(asked, present) }),
    reportsBaseUrl,
  );
  return { deployment, kept: keptFields(deployment, present, alone) };
}

/**
 * Lets the backup jobs of a deployment report to the portal, unless it says where they report to.
 *
 * @public
 */
export function reportingTo(
  deployment: CoderDeployment,
  reportsBaseUrl: string | undefined,
): CoderDeployment {
  const { metadata, spec } = deployment;
  return spec.backup.report || !reportsBaseUrl
    ? deployment
    : parseDeployment({
        ...deployment,
        spec: {
          ...spec,
          backup: {
            ...spec.backup,
            report: { url: `${reportsBaseUrl}/deployments/${metadata.name}` },
          },
        },
      });
}

/** What was taken over makes a difference, or it need not be told. */
function keptFields(
  deployment: CoderDeployment,
  present: CoderDeployment,
  alone: () => CoderDeployment,
): string[] {
  try {
    return changedFields(alone(), deployment);
  } catch (error) {
    if (error instanceof InputError) {
      // It takes what was kept to be right at all
      return formOfSpec(present.metadata.name, present.spec).beyond;
    }
    throw error;
  }
}

type Node = Record<string, unknown>;

/** Parts that are there for their fields only: they come back with what is kept of them. */
const LOOSE_PARTS: ReadonlySet<string> = new Set(['workspaces', 'ai']);

function withKept(asked: Node, present: CoderDeployment): Node {
  const { form } = formOfSpec(present.metadata.name, present.spec);
  const spec = merged(
    {
      present: regionsByName(fitting(present.spec, asked)),
      answered: regionsByName(specOfForm(form)),
      asked: regionsByName(asked),
    },
    '',
  ) as Node;
  const regions = isNode(spec.regions) ? spec.regions : {};
  return {
    ...spec,
    regions: (asked.regions as Node[]).map(
      region => regions[String(region.name)] ?? region,
    ),
  };
}

/**
 * A three-way merge: what is asked for wins; what the form knew and is not asked for any more goes; the rest of
 * what is present stays.
 */
function merged(
  nodes: { present: unknown; answered: unknown; asked: unknown },
  path: string,
): unknown {
  const { present, answered, asked } = nodes;
  if (!isNode(present)) {
    return asked === undefined && answered === undefined ? present : asked;
  }
  const goes =
    asked === undefined && answered !== undefined && !LOOSE_PARTS.has(path);
  if (goes || (asked !== undefined && !isNode(asked))) {
    return asked;
  }
  const keys = new Set([...Object.keys(asked ?? {}), ...Object.keys(present)]);
  const entries = [...keys].map(key => [
    key,
    merged(
      {
        present: own(present, key),
        answered: own(answered, key),
        asked: own(asked, key),
      },
      path ? `${path}.${key}` : key,
    ),
  ]);
  const filled = entries.filter(([, value]) => value !== undefined);
  return filled.length > 0 || asked !== undefined
    ? Object.fromEntries(filled)
    : undefined;
}

/** Without what belongs to another choice than the one that is asked for. */
function fitting(spec: CoderDeployment['spec'], asked: Node): Node {
  const { backup, database, exposure, regions } = spec;
  const { destination, ...backupRest } = backup;
  const { connectionSecret, ...databaseRest } = database;
  const [home, ...further] = regions;
  const { share, ...homeRest } = home;
  return {
    ...spec,
    backup:
      destination.type === own(own(asked.backup, 'destination'), 'type')
        ? backup
        : backupRest,
    database:
      database.type === own(asked.database, 'type') ? database : databaseRest,
    ...(exposure && { exposure: fittingExposure(exposure, asked.exposure) }),
    // Where every other region has its share, the first one has the rest
    regions: [
      (asked.regions as Node[])
        .slice(1)
        .some(region => region.share === undefined)
        ? home
        : homeRest,
      ...further,
    ],
  };
}

/** Annotations are for one kind of object: a Service with an address, an Ingress or an HTTPRoute. */
function fittingExposure(
  exposure: NonNullable<CoderDeployment['spec']['exposure']>,
  asked: unknown,
): Node {
  const { annotations, ...rest } = exposure;
  const type = own(asked, 'type') ?? 'load-balancer';
  return exposure.type === type ? exposure : rest;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(node: unknown, key: string): unknown {
  return isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}
