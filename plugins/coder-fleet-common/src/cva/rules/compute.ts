import { placeOf } from '../../architecture/plan';
import type { ContainerSize } from '../../architecture/tiers';
import type { HelmValues } from '../../artifacts/helm/values';
import { conclude, expect } from '../conclude';
import { declared, releases, REPOSITORY } from '../declared';
import type { NodeGroupEvidence, PodEvidence, StatementId } from '../evidence';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import { isBurstable } from '../machines';
import { cpuMillis, memoryMiB } from '../quantity';
import type { Rule } from '../rule';

/** Kubernetes' autoscaler reads it on pods. */
const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

/** Above this part of CPU or memory a group of nodes has no headroom. Source: Coder docs, scale utility. */
const MAX_USAGE = 0.8;

/** Source: CVA, reference architectures (older generation), workspace nodes. */
const MAX_WORKSPACE_PODS = 256;

const names = (groups: readonly { name: string }[]): string =>
  groups.map(({ name }) => name).join(', ') || 'none';

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const SOURCE_UNSEEN = 'its source was not looked at';

const resources: Rule = {
  id: 'CVA-CMP-001',
  chapter: 'compute',
  title: 'Requests and limits are the figure of the plan',
  origin: 'cva',
  severity: 'high',
  rationale:
    "The chart's defaults are half of the smallest tier's memory; unequal requests and limits let neighbours take what was sized.",
  remediation:
    'Set coder.resources.requests and coder.resources.limits to the figures of the plan.',
  url: LINKS.cvaNodeSizing,
  needs: ['spec.plan', REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { plan } = look;
    return conclude(
      [
        ...declared(look, (values, { provisioners, proxies }) => [
          sized('control plane', values, plan.controlPlane.container.value),
          ...plan.provisioners.map(release =>
            sized(
              `provisioners in ${placeOf(release)}`,
              provisioners[placeOf(release)],
              release.container.value,
            ),
          ),
          ...plan.proxies.map(({ region, container }) =>
            sized(`proxy in ${region}`, proxies[region], container.value),
          ),
        ]),
        ...look.running('kubernetes.pods', pods =>
          podsSized(pods, plan.controlPlane.container.value),
        ),
      ],
      'Requests and limits are as planned',
    );
  },
};

function sized(
  subject: string,
  values: HelmValues | undefined,
  planned: ContainerSize,
): Check {
  const given = values?.coder?.resources;
  const right = [given?.requests, given?.limits].every(
    size =>
      cpuMillis(size?.cpu) === planned.cpuMillis &&
      memoryMiB(size?.memory) === planned.memoryGiB * 1024,
  );
  const words = (size?: { cpu?: string; memory?: string }) =>
    size ? `${size.cpu ?? 'none'} and ${size.memory ?? 'none'}` : 'none';
  return expect(right, {
    fact: REPOSITORY,
    subject: `resources of the ${subject}`,
    seen: `requests ${words(given?.requests)}, limits ${words(given?.limits)}`,
    wanted: `${planned.cpuMillis}m and ${planned.memoryGiB}Gi for both`,
  });
}

function podsSized(
  pods: readonly PodEvidence[],
  planned: ContainerSize,
): Check[] {
  const ours = pods.filter(({ role }) => role === 'control-plane');
  const wrong = ours.filter(pod =>
    [pod.requests, pod.limits].some(
      size =>
        size.cpuMillis !== planned.cpuMillis ||
        size.memoryMiB !== planned.memoryGiB * 1024,
    ),
  );
  return [
    expect(
      ours.length > 0 && wrong.length === 0,
      {
        fact: 'kubernetes.pods',
        subject: 'pods of the control plane with other resources',
        seen:
          wrong.map(({ name }) => name).join(', ') || `none of ${ours.length}`,
        wanted: `none: ${planned.cpuMillis}m and ${planned.memoryGiB}Gi`,
      },
      ours.length > 0 ? 'fail' : 'unknown',
    ),
  ];
}

const twoGroups: Rule = {
  id: 'CVA-CMP-002',
  chapter: 'compute',
  title: 'Control plane and workspaces have node groups of their own',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Workspaces come and go and use what they get: on the same nodes they take CPU and memory from the control plane.',
  remediation:
    'Create one node group for the control plane and one for workspaces, and place each by labels and taints.',
  url: LINKS.cvaCompute,
  needs: ['kubernetes.nodeGroups'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('kubernetes.nodeGroups', groups => {
        const roles = new Set(groups.map(({ role }) => role));
        return (['control-plane', 'workspace'] as const).map(role =>
          expect(roles.has(role), {
            fact: 'kubernetes.nodeGroups',
            subject: `node groups for ${role === 'workspace' ? 'workspaces' : 'the control plane'}`,
            seen: names(groups.filter(group => group.role === role)),
            wanted: 'at least one',
          }),
        );
      }),
      'Control plane and workspaces have node groups of their own',
    ),
};

const staticGroup: Rule = {
  id: 'CVA-CMP-003',
  chapter: 'compute',
  title: 'The node group of the control plane is static',
  origin: 'cva',
  severity: 'high',
  rationale:
    'When a group shrinks, its pods are dropped, and with them the connections to dashboards and workspaces.',
  remediation:
    'Turn autoscaling off for the node group of the control plane, or set its minimum and maximum to one number.',
  url: LINKS.cvaControlPlaneNodes,
  needs: ['kubernetes.nodeGroups', 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      groupsOrWord(
        look,
        'control-plane',
        'control-plane-node-group-static',
        group =>
          expect(
            !group.autoscaling ||
              (group.minNodes !== undefined &&
                group.minNodes === group.maxNodes),
            {
              fact: 'kubernetes.nodeGroups',
              subject: `autoscaling of ${group.name}`,
              seen: group.autoscaling ? 'on' : 'off',
              wanted: 'off',
            },
          ),
      ),
      'The node group of the control plane has a fixed size',
    ),
};

/** What is seen of the groups of a role; where they cannot be seen, somebody's word. */
function groupsOrWord(
  look: Look,
  role: NodeGroupEvidence['role'],
  statement: StatementId,
  check: (group: NodeGroupEvidence) => Check,
): Check[] {
  const groups = look
    .value('kubernetes.nodeGroups')
    ?.filter(group => group.role === role);
  return groups && groups.length > 0
    ? groups.map(check)
    : [look.attested(statement)];
}

const autoscalingGroup: Rule = {
  id: 'CVA-CMP-004',
  chapter: 'compute',
  title: 'The node group of workspaces scales with use, and has headroom',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Developers start in the morning and stop in the evening: a fixed group is too small or paid for nothing.',
  remediation:
    'Turn autoscaling on for the node group of workspaces, and let it grow at 80 % of CPU or memory.',
  url: LINKS.cvaWorkspaceNodes,
  needs: [
    'kubernetes.nodeGroups',
    'kubernetes.nodeUsage',
    'attestations.statements',
  ],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const workspaceGroups = new Set(
      look
        .value('kubernetes.nodeGroups')
        ?.filter(({ role }) => role === 'workspace')
        .map(({ name }) => name),
    );
    return conclude(
      [
        ...groupsOrWord(
          look,
          'workspace',
          'workspace-node-group-autoscaling',
          group =>
            expect(group.autoscaling, {
              fact: 'kubernetes.nodeGroups',
              subject: `autoscaling of ${group.name}`,
              seen: group.autoscaling ? 'on' : 'off',
              wanted: 'on',
            }),
        ),
        ...look.running('kubernetes.nodeUsage', usage =>
          usage
            .filter(({ nodeGroup }) => workspaceGroups.has(nodeGroup))
            .map(({ nodeGroup, cpu, memory }) =>
              expect(
                cpu <= MAX_USAGE && memory <= MAX_USAGE,
                {
                  fact: 'kubernetes.nodeUsage',
                  subject: `usage of ${nodeGroup}`,
                  seen: `CPU ${percent(cpu)}, memory ${percent(memory)}`,
                  wanted: `at most ${percent(MAX_USAGE)} each`,
                },
                'warn',
              ),
            ),
        ),
      ],
      'The node group of workspaces scales with use',
    );
  },
};

const placement: Rule = {
  id: 'CVA-CMP-005',
  chapter: 'compute',
  title: "The control plane's pods are placed on its node group",
  origin: 'cva',
  severity: 'medium',
  rationale:
    'A node group of its own is of no use while the scheduler may put the control plane elsewhere.',
  remediation:
    'Set coder.nodeSelector or a required coder.affinity.nodeAffinity, and coder.tolerations for the taint of the group.',
  url: LINKS.cvaControlPlaneNodes,
  needs: [REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declared(look, (_, repository) =>
        releases(repository)
          .filter(({ name }) => !name.startsWith('provisioners'))
          .map(({ name, values: { coder } }) => {
            const selects =
              Object.keys(coder?.nodeSelector ?? {}).length > 0 ||
              requiresNodes(coder?.affinity);
            const tolerates = (coder?.tolerations ?? []).length > 0;
            return expect(selects && tolerates, {
              fact: REPOSITORY,
              subject: `placement of the ${name}`,
              seen: `${selects ? 'nodes selected' : 'no nodes selected'}, ${
                tolerates ? 'taint tolerated' : 'no taint tolerated'
              }`,
              wanted: 'nodes selected, taint tolerated',
            });
          }),
      ),
      'Its pods are placed on their node group',
    ),
};

function requiresNodes(affinity: Record<string, unknown> | undefined): boolean {
  const { nodeAffinity } = (affinity ?? {}) as {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: unknown[];
      };
    };
  };
  const terms =
    nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  return Array.isArray(terms) && terms.length > 0;
}

const workspacePlacement: Rule = {
  id: 'CVA-CMP-006',
  chapter: 'compute',
  title: 'Templates place workspaces on the node group of workspaces',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Without placement in the template, workspaces run wherever there is room: also beside the control plane.',
  remediation:
    'Give the pods of the template a node selector or a required affinity, and the toleration of the taint.',
  url: LINKS.cvaWorkspaceNodes,
  needs: ['templates.templates'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('templates.templates', templates =>
        templates
          .filter(({ deprecated }) => !deprecated)
          .map(({ name, source }) => {
            const fact = 'templates.templates';
            const subject = `placement in ${name}`;
            if (!source) {
              return { ...look.unknown(fact, subject), seen: SOURCE_UNSEEN };
            }
            const { nodeSelector, affinity, tolerations } = source.placement;
            return expect((nodeSelector || affinity) && tolerations, {
              fact,
              subject,
              seen: `${nodeSelector || affinity ? 'nodes selected' : 'no nodes selected'}, ${
                tolerations ? 'taint tolerated' : 'no taint tolerated'
              }`,
              wanted: 'nodes selected, taint tolerated',
            });
          }),
      ),
      'Templates place workspaces on their node group',
    ),
};

const burstable: Rule = {
  id: 'CVA-CMP-007',
  chapter: 'compute',
  title: 'No node group is of a burstable class',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Burstable machines slow down once their credits are used up, which is when many people work.',
  remediation:
    'Use general-purpose machines, such as the M series of AWS, the D series of Azure or N series of Google Cloud.',
  url: LINKS.cvaNodeSizing,
  needs: ['kubernetes.nodeGroups'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('kubernetes.nodeGroups', groups =>
        groups.map(({ name, instanceType }) =>
          expect(
            instanceType !== undefined && !isBurstable(instanceType),
            {
              fact: 'kubernetes.nodeGroups',
              subject: `machines of ${name}`,
              seen: instanceType ?? 'not known',
              wanted: 'not burstable',
            },
            instanceType === undefined ? 'unknown' : 'fail',
          ),
        ),
      ),
      'No machine is of a burstable class',
    ),
};

const podsPerNode: Rule = {
  id: 'CVA-CMP-008',
  chapter: 'compute',
  title: `At most ${MAX_WORKSPACE_PODS} workspaces share a node`,
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Beyond that, a node was not validated, and its loss stops too many.',
  remediation:
    'Use smaller machines for workspaces, or limit the pods of a node.',
  url: LINKS.cvaNodeSizing,
  needs: ['kubernetes.nodeUsage'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('kubernetes.nodeUsage', usage =>
        usage.map(({ nodeGroup, maxWorkspacePods }) =>
          expect(maxWorkspacePods <= MAX_WORKSPACE_PODS, {
            fact: 'kubernetes.nodeUsage',
            subject: `most workspaces on a node of ${nodeGroup}`,
            seen: String(maxWorkspacePods),
            wanted: `at most ${MAX_WORKSPACE_PODS}`,
          }),
        ),
      ),
      `At most ${MAX_WORKSPACE_PODS} workspaces share a node`,
    ),
};

const safeToEvict: Rule = {
  id: 'DOC-CMP-001',
  chapter: 'compute',
  title: 'The autoscaler may not evict the control plane',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'An eviction drops the connections of everybody on that replica; the autoscaler looks at the annotation of pods only.',
  remediation: `Set coder.podAnnotations with ${SAFE_TO_EVICT}: "false".`,
  url: LINKS.scaleUtility,
  needs: [REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        ...declared(look, ({ coder }) => {
          const value = coder?.podAnnotations?.[SAFE_TO_EVICT];
          return expect(value === 'false', {
            fact: REPOSITORY,
            subject: `annotation ${SAFE_TO_EVICT} of the pods`,
            seen: value ?? 'not set',
            wanted: 'false',
          });
        }),
        ...look.running('kubernetes.pods', pods => {
          const without = pods.filter(
            ({ role, annotations }) =>
              role === 'control-plane' &&
              annotations[SAFE_TO_EVICT] !== 'false',
          );
          return [
            expect(without.length === 0, {
              fact: 'kubernetes.pods',
              subject: 'pods that may be evicted',
              seen: names(without),
              wanted: 'none',
            }),
          ];
        }),
      ],
      'The autoscaler may not evict the control plane',
    ),
};

/**
 * Chapter "Compute".
 *
 * @internal
 */
export const COMPUTE_RULES: readonly Rule[] = [
  resources,
  twoGroups,
  staticGroup,
  autoscalingGroup,
  placement,
  workspacePlacement,
  burstable,
  podsPerNode,
  safeToEvict,
];
