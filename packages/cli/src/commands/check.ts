import {
  type Artifact,
  DEPLOYMENT_KIND,
  evaluate,
  render,
  type Evidence,
  type Finding,
  findingCounts,
  findingLine,
  isAtLeast,
  plan as planOf,
  requestEvidence,
  RULE_SEVERITIES,
  type RuleSeverity,
  type TierName,
  tierByName,
  valuesEvidence,
  type CoderDeployment,
  TIER_NAMES,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { InputError } from '@backstage/errors';
import type { Command } from '../command';
import { isFolder, readArtifacts, readDeployment, readText } from '../read';
import { oneOf, readArguments } from '../usage';

const DEPLOYMENT_FILE = new RegExp(`^kind: *${DEPLOYMENT_KIND} *$`, 'm');

/** A file of values says nothing of users. */
const SMALLEST_TIER: TierName = '1k';

/**
 * `coder-fleet check`: judges the folder of a deployment, or Helm values that stand alone.
 *
 * @internal
 */
export const checkCommand: Command = {
  usage: `coder-fleet check <values.yaml|coder-deployment.yaml|folder> [--tier ${TIER_NAMES.join('|')}] [--edition premium|community]
                  [--format text|json] [--fail-on ${RULE_SEVERITIES.join('|')}] [--strict]
    judges a deployment's folder, what would be rendered from its file, or the Helm values of a control plane alone. Exit code 1 when a rule of the
    severity --fail-on (high) or a worse one fails; with --strict also when it warns or cannot tell.
    --tier      by the figures of this tier; else those that the load asks for, or for values alone ${SMALLEST_TIER}
    --edition   of values alone: premium unless said otherwise
`,
  run(args, terminal) {
    const { path, values } = readArguments(args, {
      tier: { type: 'string' },
      edition: { type: 'string', default: 'premium' },
      format: { type: 'string', default: 'text' },
      'fail-on': { type: 'string', default: 'high' },
      strict: { type: 'boolean', default: false },
    });
    const format = oneOf('format', ['text', 'json'], values.format);
    const failOn = oneOf('fail-on', RULE_SEVERITIES, values['fail-on']);
    const edition = oneOf('edition', ['premium', 'community'], values.edition);
    const tier =
      values.tier === undefined
        ? undefined
        : oneOf('tier', TIER_NAMES, values.tier);
    const { now } = terminal;
    const evidence = evidenceOf(path, { tier, edition, now });
    const { findings } = evaluate({ evidence, now });
    const failing = findings.filter(finding =>
      fails(finding, { failOn, strict: values.strict }),
    );
    const judged = evidence.spec?.plan?.value?.tier.value;
    terminal.out(
      format === 'json'
        ? `${JSON.stringify(
            {
              path,
              tier: judged,
              failOn,
              strict: values.strict,
              failing: failing.map(({ rule }) => rule),
              findings,
            },
            null,
            2,
          )}\n`
        : `${text({ path, judged, findings, failing }).join('\n')}\n`,
    );
    return failing.length > 0 ? 1 : 0;
  },
};

function evidenceOf(
  path: string,
  options: {
    tier?: TierName;
    edition: CoderDeployment['spec']['edition'];
    now: Date;
  },
): Evidence {
  const { tier, edition, now } = options;
  if (isFolder(path)) {
    const sized = withLoadOf(readDeployment(path), tier);
    return deploymentEvidence(sized, { artifacts: readArtifacts(path), now });
  }
  const content = readText(path);
  if (DEPLOYMENT_FILE.test(content)) {
    const sized = withLoadOf(readDeployment(path), tier);
    return deploymentEvidence(sized, { artifacts: render(sized), now });
  }
  return fileEvidence(path, {
    content,
    tier: tier ?? SMALLEST_TIER,
    edition,
    now,
  });
}

function deploymentEvidence(
  deployment: CoderDeployment,
  options: { artifacts: readonly Artifact[]; now: Date },
): Evidence {
  return requestEvidence({ deployment, plan: planOf(deployment), ...options });
}

/** Asks for what a tier carries, whatever the file asks for; for the same without a tier. */
function withLoadOf(
  deployment: CoderDeployment,
  tier?: TierName,
): CoderDeployment {
  if (!tier) {
    return deployment;
  }
  const { users, runningWorkspaces, concurrentBuilds } =
    tierByName(tier).limits;
  const { spec } = deployment;
  return {
    ...deployment,
    spec: {
      ...spec,
      users: { ...spec.users, expected: users },
      workspaces: {
        ...spec.workspaces,
        running: runningWorkspaces,
        concurrentBuilds,
      },
      ai: spec.ai && { ...spec.ai, agents: 0 },
    },
  };
}

function fileEvidence(
  path: string,
  options: {
    content: string;
    tier: TierName;
    edition: CoderDeployment['spec']['edition'];
    now: Date;
  },
): Evidence {
  const evidence = valuesEvidence(options);
  const { controlPlane, unreadable: [unreadable] = [] } =
    evidence.artifacts?.repository?.value ?? {};
  if (unreadable) {
    throw new InputError(
      `${path} is not a file of Helm values: ${unreadable.problem}`,
    );
  }
  if (!controlPlane?.coder) {
    throw new InputError(
      `${path} has no key "coder": give the values as Coder's chart reads them, without the key of a parent chart`,
    );
  }
  return evidence;
}

function fails(
  { severity, verdict }: Finding,
  options: { failOn: RuleSeverity; strict: boolean },
): boolean {
  return (
    isAtLeast(severity, options.failOn) &&
    (verdict === 'fail' ||
      (options.strict && (verdict === 'warn' || verdict === 'unknown')))
  );
}

/** What needs a hand in full; what is not known by rule only: most of it needs a running deployment. */
function text(options: {
  path: string;
  judged?: TierName;
  findings: readonly Finding[];
  failing: readonly Finding[];
}): string[] {
  const { path, judged, findings, failing } = options;
  const having = (verdict: Finding['verdict']) =>
    findings.filter(finding => finding.verdict === verdict);
  const unknown = having('unknown');
  return [
    `${path}, by the figures of tier ${judged}: ${findingCounts(findings)}`,
    ...having('fail').map(findingLine),
    ...having('warn').map(findingLine),
    ...(unknown.length > 0
      ? [`Not known here: ${unknown.map(({ rule }) => rule).join(', ')}`]
      : []),
    failing.length > 0
      ? `Fails by ${failing.map(({ rule }) => rule).join(', ')}`
      : 'Nothing here stops it',
  ];
}
