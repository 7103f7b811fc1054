import {
  nextUsual,
  nodeGroupsOf,
  sizeInWords,
} from '../../../architecture/nodeGroups';
import type { Plan } from '../../../architecture/plan';
import {
  DAEMON_SETS,
  NODE_RESERVATION,
} from '../../../architecture/reference/nodeReservation';
import type { Source } from '../../../architecture/source';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import {
  CONTROL_PLANE_NODES,
  DATABASE_NODES,
  NODE_GROUP_LABEL,
} from '../../helm/pods';
import { cnpgInstances } from '../../kubernetes/database';
import { markdownTable } from '../../markdown';
import { hasBundle } from '../../observability/bundle';
import { inWords, kubectl, shell } from '../shell';

const NAMES = {
  [CONTROL_PLANE_NODES]: `\`${CONTROL_PLANE_NODES}\``,
  [DATABASE_NODES]: `\`${DATABASE_NODES}\``,
  general: 'general',
  workspaces: 'workspaces',
} as const;

/** What a person puts the name of a node into. */
const NODE_VARIABLES = {
  [CONTROL_PLANE_NODES]: 'CONTROL_PLANE_NODE',
  [DATABASE_NODES]: 'DATABASE_NODE',
} as const;

const GIB_PER_GB = 1000 ** 3 / 1024 ** 3;

/**
 * How many nodes of which size each cluster needs, and how those of the control plane and of the database are marked.
 *
 * @internal
 */
export function nodeGroupsSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const groups = nodeGroupsOf(plan);
  const marked = [
    ...new Set(
      [plan.controlPlane, ...plan.proxies].map(({ cluster }) => cluster),
    ),
  ];
  const isOperated = isDatabaseOperated(spec);
  const own = [
    NAMES[CONTROL_PLANE_NODES],
    ...(isOperated ? [NAMES[DATABASE_NODES]] : []),
  ];
  const rows = groups.map(
    ({ cluster, group: name, nodes, node, carries, source }) => [
      `\`${cluster}\``,
      NAMES[name],
      String(nodes),
      sizeInWords(node),
      carries,
      link(source),
    ],
  );
  return [
    '## Node groups',
    markdownTable(
      ['Cluster', 'node group', 'nodes', 'each at least', 'for', 'source'],
      [
        ...rows.filter(([, name]) => name !== NAMES.workspaces),
        ...databaseRows(spec, plan),
        ...rows.filter(([, name]) => name === NAMES.workspaces),
      ],
    ),
    'A source says what the pods ask for, or how many stand on a node. That each pod of the control plane has a node of its own, and that there is one node more for updates, is a rule of Coder Fleet.',
    `A node keeps something for itself, so a pod never fits on a node of its own size. The sizes are the next usual ones that have room for the pods, for DaemonSets that ask for ${sizeInWords(DAEMON_SETS)}, and for what ${link(NODE_RESERVATION.source)} says that a node keeps; another platform keeps more or less (\`kubectl describe node\`, Allocatable). Take no burstable machines.`,
    `${inWords(own)} ${isOperated ? 'are' : 'is'} of a fixed size, and nothing else runs there. Give ${isOperated ? 'their' : 'its'} nodes this label and taint, best in the settings of the group, so that new nodes have them too:`,
    ...marked.map(cluster => mark(cluster, CONTROL_PLANE_NODES)),
    ...(isOperated ? [mark(plan.controlPlane.cluster, DATABASE_NODES)] : []),
    `Pods of ${inWords([
      'the control plane',
      ...(plan.proxies.length > 0 ? ['proxies'] : []),
      ...(isOperated ? ['the database'] : []),
    ])} stay pending when the label is missing, or when no node with it has room for one of them.`,
    `General nodes have neither label nor taint. What has no place of its own runs there: ${inWords(
      [
        ...(plan.provisioners.length > 0 ? ['provisioners'] : []),
        ...(hasBundle(spec) ? ['Prometheus, Loki and Grafana'] : []),
        'jobs',
        'what else you install',
      ],
    )}. ${
      plan.provisioners.length > 0
        ? 'The table counts provisioners alone: add room for the rest.'
        : 'The table has no row for it: add room.'
    } Without such nodes it takes room on those for workspaces: add the figures of both then.${
      plan.provisioners.length > 0
        ? ' No autoscaler removes a node while a provisioner is on it.'
        : ''
    }`,
    'The nodes for workspaces scale. Beside general nodes, keep other pods away from them with a taint of your own, and let templates tolerate it and select these nodes.',
  ];
}

/** Whether the database runs in the cluster of the control plane, and needs nodes there. */
function isDatabaseOperated({ database }: CoderDeployment['spec']): boolean {
  return database.type === 'cloudnative-pg';
}

/** Commands that make a node one of a group. */
function mark(
  cluster: string,
  group: typeof CONTROL_PLANE_NODES | typeof DATABASE_NODES,
): string {
  const node = `"$${NODE_VARIABLES[group]}"`;
  const label = `${NODE_GROUP_LABEL}=${group}`;
  return shell(
    `${kubectl({ cluster })} label nodes ${node} ${label}`,
    `${kubectl({ cluster })} taint nodes ${node} ${label}:NoSchedule`,
  );
}

function databaseRows(spec: CoderDeployment['spec'], plan: Plan): string[][] {
  if (!isDatabaseOperated(spec)) {
    return [];
  }
  const { vcpu, memoryGB } = plan.database;
  const instances = cnpgInstances(plan);
  return [
    [
      `\`${plan.controlPlane.cluster}\``,
      NAMES.database,
      String(instances),
      sizeInWords(
        nextUsual({
          cpuMillis: vcpu.value * 1000,
          memoryGiB: memoryGB.value * GIB_PER_GB,
        }),
      ),
      `the database, ${instances === 1 ? 'an instance' : 'an instance on each node,'} of ${vcpu.value} vCPU, ${memoryGB.value} GB`,
      link(vcpu.source),
    ],
  ];
}

function link({ title, section, url }: Source): string {
  const text = section ? `${title}, ${section}` : title;
  return url ? `[${text}](${url})` : text;
}
