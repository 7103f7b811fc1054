import { plan as planOf, PlanOptions } from '../architecture/plan';
import { tierByName } from '../architecture/sizing';
import type { TierName } from '../architecture/tiers';
import { ARTIFACT_PATHS } from '../artifacts/artifact';
import type { HelmValues } from '../artifacts/helm/values';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { toDeployment } from '../deployment/parse';
import { parseCoderVersion } from '../release/version';
import { Evidence, knownFact, repositoryEvidence } from './evidence';
import { envValue } from './evidence/artifacts';
import { partlyTold } from './untold';

const WHY =
  "a values file alone does not tell; the deployment's repository does";

/**
 * Evidence of Helm values of a control plane that stand alone, as of an installation made by hand. Only
 * what such a file tells is judged, by the figures of a tier; rules that ask for more say `unknown`.
 * Whether the text is one of values at all stands in `artifacts.repository.unreadable`.
 *
 * @public
 */
export function valuesEvidence(
  options: {
    /** Text of `values.yaml`. */
    content: string;
    /** Whose figures are wanted: a file says nothing of users. */
    tier: TierName;
    edition: CoderDeployment['spec']['edition'];
    now: Date;
  } & PlanOptions,
): Evidence {
  const { content, tier, edition, generation, now } = options;
  const repository = repositoryEvidence([
    { path: ARTIFACT_PATHS.controlPlaneValues, content },
  ]);
  const { controlPlane: values = {} } = repository;
  const { deployment, told } = deploymentOf(values, {
    tier,
    edition,
    generation,
  });
  const plan = planOf(deployment, { generation });
  const fact = <T>(value: T) => knownFact(value, { now, collector: 'values' });
  return {
    spec: {
      deployment: fact({
        ...deployment,
        spec: partlyTold(deployment.spec, ['edition', ...told.spec], WHY),
      }),
      plan: fact(
        partlyTold(
          {
            ...plan,
            controlPlane: partlyTold(
              plan.controlPlane,
              ['replicas', 'container', 'builtInProvisioners'],
              WHY,
            ),
          },
          ['cvaGeneration', 'tier', 'load', 'controlPlane', ...told.plan],
          WHY,
        ),
      ),
    },
    artifacts: {
      repository: fact(
        partlyTold(repository, ['controlPlane', 'unreadable'], WHY),
      ),
    },
  };
}

/** A deployment that carries the load of a tier, and which parts of it are from the values. */
function deploymentOf(
  values: HelmValues,
  options: Pick<
    Parameters<typeof valuesEvidence>[0],
    'tier' | 'edition' | 'generation'
  >,
) {
  const { limits } = tierByName(options.tier, options.generation);
  const version = parseCoderVersion(values.coder?.image?.tag ?? '');
  const tag = values.coder?.image?.tag?.replace(/^v/, '');
  const accessUrl = envValue(values, 'CODER_ACCESS_URL');
  const wildcardUrl = envValue(values, 'CODER_WILDCARD_ACCESS_URL');
  const deployment = toDeployment({
    name: 'values',
    spec: {
      displayName: 'values',
      owner: 'group:default/unknown',
      businessUnit: 'unknown',
      edition: options.edition,
      users: {
        expected: limits.users,
        activeShare: Math.min(1, limits.runningWorkspaces / limits.users),
      },
      workspaces: {
        running: limits.runningWorkspaces,
        concurrentBuilds: limits.concurrentBuilds,
      },
      regions: [{ name: 'unknown', cluster: 'unknown' }],
      accessUrl: 'https://unknown.invalid',
      database: { type: 'external' },
      backup: { schedule: '0 0 * * *' },
      release: version ? { version: tag } : { channel: 'stable' },
    },
  });
  return {
    // As they were written: whether they are right is for the rules to say
    deployment: {
      ...deployment,
      spec: {
        ...deployment.spec,
        ...(accessUrl !== undefined && { accessUrl }),
        ...(wildcardUrl !== undefined && { wildcardUrl }),
      },
    },
    told: {
      spec: [
        ...(accessUrl === undefined ? [] : ['accessUrl' as const]),
        ...(wildcardUrl === undefined ? [] : ['wildcardUrl' as const]),
      ],
      plan: version ? ['release' as const] : [],
    },
  };
}
