import type { Artifact } from '../../artifacts/artifact';
import { CNPG_CLUSTER } from '../../artifacts/kubernetes/database';
import type { Evidence } from '../evidence';
import { goodEvidence } from '../__testUtils__/evidence';
import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import {
  asked,
  good,
  lost,
  SMALL,
  TWO_REGIONS,
  wrote,
} from '../__testUtils__/cases';
import { BACKUP_JOB_RULES } from './backupJobs';
import { BUDGET_RULES } from './budgets';
import { DATABASE_CLUSTER_RULES } from './databaseCluster';
import { DECLARED_ALERT_RULES } from './declaredAlerts';
import { EXPOSURE_RULES } from './exposure';
import { NAMESPACE_RULES } from './namespaces';
import { PART_FLOW_RULES } from './partFlows';
import { REPOSITORY_SECRET_RULES } from './repositorySecrets';
import { RIGHTS_RULES } from './rights';
import { WORKSPACE_REACH_RULES } from './workspaceReach';

const RULES = [
  ...BUDGET_RULES,
  ...NAMESPACE_RULES,
  ...RIGHTS_RULES,
  ...EXPOSURE_RULES,
  ...PART_FLOW_RULES,
  ...WORKSPACE_REACH_RULES,
  ...DATABASE_CLUSTER_RULES,
  ...BACKUP_JOB_RULES,
  ...REPOSITORY_SECRET_RULES,
  ...DECLARED_ALERT_RULES,
];

/** A repository that somebody keeps by hand: Helm values, and objects elsewhere. */
const valuesOnly = (spec?: Record<string, unknown>) => () =>
  goodEvidence({
    spec,
    edit: files => files.filter(({ path }) => path.startsWith('helm/')),
  });

const without = (removed: string, spec?: Record<string, unknown>) => () =>
  goodEvidence({
    spec,
    edit: files => files.filter(({ path }) => path !== removed),
  });

const added = (path: string, content: string) => () =>
  goodEvidence({
    edit: (files: readonly Artifact[]) => [...files, { path, content }],
  });

const OPERATED = {
  database: {
    type: 'cloudnative-pg',
    highlyAvailable: true,
    objectStore: { destinationPath: 's3://backups/aurora' },
  },
};
/** Two regions in one cluster: each with a namespace of its own. */
const SHARED_CLUSTER = {
  regions: TWO_REGIONS.regions.map(region => ({
    ...region,
    cluster: 'shared',
  })),
};
const OWN_PORTS = {
  ...TWO_REGIONS,
  accessUrl: 'https://aurora.example.com:7443',
};
const INGRESS = {
  ...TWO_REGIONS,
  exposure: { type: 'ingress', tls: { issuer: { name: 'letsencrypt' } } },
};
const GATEWAY = {
  exposure: {
    type: 'gateway',
    gateway: { name: 'public', namespace: 'gateways' },
  },
};
const TLS = { exposure: { type: 'load-balancer', tls: { secret: 'web' } } };
const BUNDLED = {
  ...TWO_REGIONS,
  observability: { type: 'coder-observability' },
};
const WATCHED = { observability: { type: 'prometheus-operator' } };

const CRON_JOBS = 'kubernetes/backup/cron-jobs.yaml';
const CLUSTER = 'kubernetes/database/cluster.yaml';
const OF_WORKSPACES = 'kubernetes/workspaces/us-east/network-policies.yaml';
const OF_DATABASE = 'kubernetes/database/network-policies.yaml';
const OF_BUNDLE = 'kubernetes/observability/us-east-1/network-policies.yaml';
const ALERTS = 'kubernetes/control-plane/alerts.yaml';
const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: wide, namespace: coder-aurora }
`;
const SECRET = `apiVersion: v1
kind: Secret
metadata: { name: database, namespace: coder-aurora }
`;

const opensMetadata = (podSelector: string) =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: own, namespace: coder-aurora-workspaces-eu-west }
spec:
  podSelector: ${podSelector}
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 169.254.169.254/32 } }] }]
`;

const opensWorkspaces = (podSelector: string) =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: own, namespace: coder-aurora-workspaces-eu-west }
spec:
  podSelector: ${podSelector}
  policyTypes: [Ingress]
  ingress: [{}]
`;
const COMMON_LABEL =
  '{ matchLabels: { app.kubernetes.io/name: coder-workspace } }';

const cases: RuleCase[] = [
  ['budgets as rendered', 'FLT-TOP-001', 'pass', good],
  [
    'no budget',
    'FLT-TOP-001',
    'fail',
    without('kubernetes/control-plane/pod-disruption-budget.yaml'),
  ],
  [
    'a budget that lets all go',
    'FLT-TOP-001',
    'fail',
    wrote('maxUnavailable: 1', 'maxUnavailable: 100%', {
      path: 'kubernetes/control-plane/pod-disruption-budget.yaml',
    }),
  ],
  [
    'a budget of another release',
    'FLT-TOP-001',
    'fail',
    wrote(/instance: aurora$/m, 'instance: coder', {
      path: 'kubernetes/control-plane/pod-disruption-budget.yaml',
    }),
  ],
  ['objects that are kept elsewhere', 'FLT-TOP-001', 'unknown', valuesOnly()],
  ['one replica', 'FLT-TOP-001', 'skip', asked(SMALL)],

  ['a quota and defaults', 'FLT-CMP-001', 'pass', asked(TWO_REGIONS)],
  [
    'no quota in one region',
    'FLT-CMP-001',
    'fail',
    without('kubernetes/workspaces/us-east/resource-quota.yaml', TWO_REGIONS),
  ],
  [
    'a quota without memory',
    'FLT-CMP-001',
    'fail',
    wrote(/ +requests\.memory: .*\n/, '', {
      path: 'kubernetes/workspaces/eu-west/resource-quota.yaml',
    }),
  ],
  [
    'no default size',
    'FLT-CMP-001',
    'fail',
    wrote('defaultRequest:', 'max:', {
      path: 'kubernetes/workspaces/eu-west/limit-range.yaml',
    }),
  ],
  ['a lost repository', 'FLT-CMP-001', 'unknown', lost('artifacts.repository')],

  ['enforced levels', 'FLT-CMP-002', 'pass', asked(TWO_REGIONS)],
  [
    'a control plane that may do anything',
    'FLT-CMP-002',
    'fail',
    wrote('enforce: restricted', 'enforce: privileged', {
      path: 'kubernetes/control-plane/namespace.yaml',
    }),
  ],
  [
    'workspaces that may do anything',
    'FLT-CMP-002',
    'fail',
    wrote('enforce: baseline', 'enforce: privileged', {
      path: 'kubernetes/workspaces/eu-west/namespace.yaml',
    }),
  ],
  [
    'a namespace that is not declared',
    'FLT-CMP-002',
    'fail',
    without('kubernetes/workspaces/eu-west/namespace.yaml'),
  ],
  ['objects that are kept elsewhere', 'FLT-CMP-002', 'unknown', valuesOnly()],

  ['rights as rendered', 'FLT-PRV-001', 'pass', asked(TWO_REGIONS)],
  [
    'a right on everything',
    'FLT-PRV-001',
    'fail',
    wrote('- pods', "- '*'", {
      path: 'kubernetes/workspaces/eu-west/rbac.yaml',
    }),
  ],
  [
    'rights of the cluster',
    'FLT-PRV-001',
    'fail',
    added(
      'kubernetes/extra/role.yaml',
      ROLE.replace('kind: Role', 'kind: ClusterRole'),
    ),
  ],
  [
    'a right to read every Secret',
    'FLT-PRV-001',
    'fail',
    added(
      'kubernetes/extra/role.yaml',
      `${ROLE}rules: [{ apiGroups: [''], resources: [secrets], verbs: [list] }]\n`,
    ),
  ],
  [
    'a right to read one Secret',
    'FLT-PRV-001',
    'pass',
    added(
      'kubernetes/extra/role.yaml',
      `${ROLE}rules: [{ apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [one] }]\n`,
    ),
  ],
  ['objects that are kept elsewhere', 'FLT-PRV-001', 'unknown', valuesOnly()],

  ['a load balancer', 'FLT-NET-002', 'pass', good],
  ['an Ingress with a certificate', 'FLT-NET-002', 'pass', asked(INGRESS)],
  ['a Gateway', 'FLT-NET-002', 'pass', asked(GATEWAY)],
  ['a certificate that is there', 'FLT-NET-002', 'pass', asked(TLS)],
  [
    'an Ingress of another host',
    'FLT-NET-002',
    'fail',
    wrote(/( +)host: aurora\.example\.com/, '$1host: coder.example.com', {
      spec: INGRESS,
    }),
  ],
  [
    'a proxy of another host',
    'FLT-NET-002',
    'fail',
    wrote(/( +)host: us\.aurora\.example\.com/, '$1host: eu.example.com', {
      path: 'helm/proxies/us-east/values.yaml',
      spec: INGRESS,
    }),
  ],
  [
    'a route of another wildcard',
    'FLT-NET-002',
    'fail',
    wrote(/wildcardHost: .*/, "wildcardHost: '*.example.com'", {
      spec: GATEWAY,
    }),
  ],
  [
    'a certificate for another name',
    'FLT-NET-002',
    'fail',
    wrote('- aurora.example.com', '- coder.example.com', {
      path: 'kubernetes/control-plane/certificate.yaml',
      spec: INGRESS,
    }),
  ],
  [
    'the Secret of another certificate',
    'FLT-NET-002',
    'fail',
    wrote('- web', '- other', { spec: TLS }),
  ],
  [
    'no address of its own',
    'FLT-NET-002',
    'fail',
    without('kubernetes/control-plane/service.yaml', TLS),
  ],
  [
    'a Service without an address of its own',
    'FLT-NET-002',
    'fail',
    wrote('type: LoadBalancer', 'type: NodePort', {
      path: 'kubernetes/control-plane/service.yaml',
      spec: TLS,
    }),
  ],
  [
    'plain HTTP beside it',
    'FLT-NET-002',
    'fail',
    wrote('targetPort: https', 'targetPort: http', {
      path: 'kubernetes/control-plane/service.yaml',
      spec: TLS,
    }),
  ],
  [
    "the chart's load balancer, which has plain HTTP besides",
    'FLT-NET-002',
    'fail',
    wrote('type: ClusterIP', 'type: LoadBalancer', { spec: TLS }),
  ],
  [
    "the chart's load balancer that leads to the access URL",
    'FLT-NET-002',
    'pass',
    wrote(
      /CODER_SECURE_AUTH_COOKIE([^]*)type: ClusterIP/,
      'CODER_REDIRECT_TO_ACCESS_URL$1type: LoadBalancer',
      { spec: TLS },
    ),
  ],
  [
    'a Service that is kept elsewhere',
    'FLT-NET-002',
    'unknown',
    valuesOnly(TLS),
  ],
  [
    'a load balancer that is closed, with TLS in front of it',
    'FLT-NET-002',
    'fail',
    wrote('coder:\n', 'coder:\n  service: { type: ClusterIP }\n', {
      spec: { exposure: { type: 'load-balancer' } },
    }),
  ],
  ['a lost repository', 'FLT-NET-002', 'unknown', lost('artifacts.repository')],

  ['a cluster as planned', 'FLT-DB-001', 'pass', asked(OPERATED)],
  [
    'an instance alone',
    'FLT-DB-001',
    'fail',
    wrote('instances: 3', 'instances: 1', { path: CLUSTER, spec: OPERATED }),
  ],
  [
    'less memory',
    'FLT-DB-001',
    'fail',
    wrote(/memory: \d+G/g, 'memory: 1G', { path: CLUSTER, spec: OPERATED }),
  ],
  [
    'less CPU',
    'FLT-DB-001',
    'fail',
    wrote(/cpu: "\d+"/g, 'cpu: 500m', { path: CLUSTER, spec: OPERATED }),
  ],
  [
    'less storage',
    'FLT-DB-001',
    'fail',
    wrote(/size: \d+G/, 'size: 10G', { path: CLUSTER, spec: OPERATED }),
  ],
  [
    'instances on any node',
    'FLT-DB-001',
    'fail',
    wrote(
      /nodeSelector:\n +coder-fleet\.io\/node-group: database\n/,
      'nodeSelector: {}\n',
      { path: CLUSTER, spec: OPERATED },
    ),
  ],
  [
    'instances that the taint keeps away',
    'FLT-DB-001',
    'fail',
    wrote('value: database', 'value: control-plane', {
      path: CLUSTER,
      spec: OPERATED,
    }),
  ],
  [
    'no archive',
    'FLT-DB-001',
    'fail',
    wrote('isWALArchiver: true', 'isWALArchiver: false', {
      path: CLUSTER,
      spec: OPERATED,
    }),
  ],
  [
    'another object store',
    'FLT-DB-001',
    'fail',
    wrote('s3://backups/aurora', 's3://backups/other', {
      path: 'kubernetes/database/object-store.yaml',
      spec: OPERATED,
    }),
  ],
  [
    'no base backups',
    'FLT-DB-001',
    'fail',
    without('kubernetes/database/scheduled-backup.yaml', OPERATED),
  ],
  [
    'objects that are kept elsewhere',
    'FLT-DB-001',
    'unknown',
    valuesOnly(OPERATED),
  ],
  ['a database of the team', 'FLT-DB-001', 'skip', good],

  ['policies as rendered', 'FLT-NET-003', 'pass', asked(TWO_REGIONS)],
  ['those of a database cluster', 'FLT-NET-003', 'pass', asked(OPERATED)],
  ['URLs on ports of their own', 'FLT-NET-003', 'pass', asked(OWN_PORTS)],
  ['a Gateway in front', 'FLT-NET-003', 'pass', asked(GATEWAY)],
  [
    'a Gateway that Coder does not reach',
    'FLT-NET-003',
    'fail',
    wrote('coder-fleet.io/gateway', 'coder-fleet.io/other', {
      path: 'kubernetes/control-plane/network-policies.yaml',
      spec: GATEWAY,
    }),
  ],
  [
    'a control plane that does not reach itself',
    'FLT-NET-003',
    'fail',
    wrote(/port: 8443/g, 'port: 8444', {
      path: 'kubernetes/control-plane/network-policies.yaml',
    }),
  ],
  [
    'a control plane on a port that is closed to proxies',
    'FLT-NET-003',
    'fail',
    wrote(/port: 7443/g, 'port: 7444', {
      path: 'kubernetes/proxies/us-east/network-policies.yaml',
      spec: OWN_PORTS,
    }),
  ],
  [
    'provisioners that do not reach the control plane',
    'FLT-NET-003',
    'fail',
    wrote(/port: 8080/g, 'port: 8081', {
      path: 'kubernetes/provisioners/us-east/network-policies.yaml',
      spec: SHARED_CLUSTER,
    }),
  ],
  [
    'a proxy that users do not reach',
    'FLT-NET-003',
    'fail',
    wrote(/port: 8080/g, 'port: 8081', {
      path: 'kubernetes/proxies/us-east/network-policies.yaml',
      spec: TWO_REGIONS,
    }),
  ],
  [
    'backup jobs without a policy',
    'FLT-NET-003',
    'fail',
    without('kubernetes/backup/network-policies.yaml'),
  ],
  [
    'a bootstrap Job without a policy',
    'FLT-NET-003',
    'fail',
    without('kubernetes/bootstrap/network-policies.yaml'),
  ],
  [
    'a database cluster that its operator does not reach',
    'FLT-NET-003',
    'fail',
    wrote(/cnpg-system|coder-fleet\.io\/database-operator/g, 'other', {
      path: OF_DATABASE,
      spec: OPERATED,
    }),
  ],
  [
    'an operator that is let in by the label of its namespace alone',
    'FLT-NET-003',
    'pass',
    wrote('cnpg-system', 'other', { path: OF_DATABASE, spec: OPERATED }),
  ],
  [
    'a database cluster without a policy',
    'FLT-NET-003',
    'fail',
    without('kubernetes/database/network-policies.yaml', OPERATED),
  ],
  [
    'one that cannot be read',
    'FLT-NET-003',
    'unknown',
    added('kubernetes/extra/policy.yaml', opensMetadata('all')),
  ],
  ['objects that are kept elsewhere', 'FLT-NET-003', 'unknown', valuesOnly()],

  ['closed workspaces', 'FLT-NET-004', 'pass', asked(TWO_REGIONS)],
  [
    'workspaces that are open to all',
    'FLT-NET-004',
    'fail',
    without('kubernetes/workspaces/us-east/network-policies.yaml', TWO_REGIONS),
  ],
  [
    'a policy that opens all pods with a common label of workspaces',
    'FLT-NET-004',
    'fail',
    added('kubernetes/extra/policy.yaml', opensWorkspaces(COMMON_LABEL)),
  ],
  [
    'one that opens those with another label',
    'FLT-NET-004',
    'warn',
    added(
      'kubernetes/extra/policy.yaml',
      opensWorkspaces('{ matchLabels: { shared: "true" } }'),
    ),
  ],
  [
    'policies that close those with a common label alone',
    'FLT-NET-004',
    'fail',
    wrote('podSelector: {}', `podSelector: ${COMMON_LABEL}`, {
      path: OF_WORKSPACES,
      spec: TWO_REGIONS,
    }),
  ],
  [
    'one that cannot be read',
    'FLT-NET-004',
    'unknown',
    added('kubernetes/extra/policy.yaml', opensWorkspaces('all')),
  ],
  ['objects that are kept elsewhere', 'FLT-NET-004', 'unknown', valuesOnly()],

  ['workspaces as rendered', 'FLT-NET-005', 'pass', asked(TWO_REGIONS)],
  ['the bundle as rendered', 'FLT-NET-005', 'pass', asked(BUNDLED)],
  ['a monitoring elsewhere', 'FLT-NET-005', 'pass', asked(WATCHED)],
  [
    'a region without a policy',
    'FLT-NET-005',
    'fail',
    without(OF_WORKSPACES, TWO_REGIONS),
  ],
  [
    'one that denies incoming connections alone',
    'FLT-NET-005',
    'fail',
    wrote(/---\n[\s\S]*$/, '', { path: OF_WORKSPACES, spec: TWO_REGIONS }),
  ],
  [
    'the metadata address by IPv4',
    'FLT-NET-005',
    'fail',
    wrote(/ +- 169\.254\.169\.254\/32\n/, '', {
      path: OF_WORKSPACES,
      spec: TWO_REGIONS,
    }),
  ],
  [
    'the metadata address by IPv6',
    'FLT-NET-005',
    'fail',
    wrote('fd00:ec2::254', 'fd00:ec2::253', {
      path: OF_WORKSPACES,
      spec: TWO_REGIONS,
    }),
  ],
  [
    'the metadata address of another cloud',
    'FLT-NET-005',
    'fail',
    wrote('100.100.100.200/32', '100.100.100.201/32', {
      path: OF_WORKSPACES,
      spec: TWO_REGIONS,
    }),
  ],
  [
    'a policy of its own that opens it for all',
    'FLT-NET-005',
    'fail',
    added('kubernetes/extra/policy.yaml', opensMetadata('{}')),
  ],
  [
    'one that opens it for pods with a common label of workspaces',
    'FLT-NET-005',
    'fail',
    added('kubernetes/extra/policy.yaml', opensMetadata(COMMON_LABEL)),
  ],
  [
    'one that opens it for pods that have a label',
    'FLT-NET-005',
    'warn',
    added(
      'kubernetes/extra/policy.yaml',
      opensMetadata(
        '{ matchExpressions: [{ key: com.coder.user.id, operator: Exists }, { key: team, operator: In, values: [a, b] }] }',
      ),
    ),
  ],
  [
    'one that opens it for pods of another namespace',
    'FLT-NET-005',
    'pass',
    added(
      'kubernetes/extra/policy.yaml',
      opensMetadata('{ matchLabels: { identity: own } }').replace(
        'coder-aurora-workspaces-eu-west',
        'other',
      ),
    ),
  ],
  [
    'one that opens it for some',
    'FLT-NET-005',
    'warn',
    added(
      'kubernetes/extra/policy.yaml',
      opensMetadata('{ matchLabels: { identity: own } }'),
    ),
  ],
  [
    'one that cannot be read',
    'FLT-NET-005',
    'unknown',
    added('kubernetes/extra/policy.yaml', opensMetadata('all')),
  ],
  [
    'a bundle that is open in one of its clusters',
    'FLT-NET-005',
    'fail',
    without(OF_BUNDLE, BUNDLED),
  ],
  [
    'a bundle that is open to all',
    'FLT-NET-005',
    'fail',
    wrote('- podSelector: {}', '- namespaceSelector: {}', {
      path: OF_BUNDLE,
      spec: BUNDLED,
    }),
  ],
  [
    'one that is closed by a policy kept elsewhere in the repository',
    'FLT-NET-005',
    'pass',
    () =>
      goodEvidence({
        spec: BUNDLED,
        edit: files => [
          ...files.filter(({ path }) => path !== OF_BUNDLE),
          {
            ...files.find(({ path }) => path === OF_BUNDLE)!,
            path: 'kubernetes/extra/policies.yaml',
          },
        ],
      }),
  ],
  ['objects that are kept elsewhere', 'FLT-NET-005', 'unknown', valuesOnly()],

  ['jobs as rendered', 'FLT-REC-004', 'pass', good],
  [
    'a backup on another schedule',
    'FLT-REC-004',
    'fail',
    wrote('schedule: 0 2 * * *', 'schedule: 0 2 * * 0', { path: CRON_JOBS }),
  ],
  [
    'a suspended job',
    'FLT-REC-004',
    'fail',
    wrote('  concurrencyPolicy:', '  suspend: true\n  concurrencyPolicy:', {
      path: CRON_JOBS,
    }),
  ],
  [
    'a shorter retention',
    'FLT-REC-004',
    'fail',
    wrote(/(name: BACKUP_RETENTION_DAYS\n +value: )"\d+"/, '$1"1"', {
      path: CRON_JOBS,
    }),
  ],
  ['no jobs', 'FLT-REC-004', 'fail', without(CRON_JOBS)],
  ['objects that are kept elsewhere', 'FLT-REC-004', 'unknown', valuesOnly()],

  ['no Secret', 'FLT-RDY-006', 'pass', asked({ ...INGRESS, ...OPERATED })],
  [
    'a Secret with a value',
    'FLT-RDY-006',
    'fail',
    added(
      'kubernetes/extra/secret.yaml',
      `${SECRET}stringData: { password: hunter2 }\n`,
    ),
  ],
  [
    'a Secret without one, for a controller to fill',
    'FLT-RDY-006',
    'pass',
    added('kubernetes/extra/secret.yaml', `${SECRET}data: {}\n`),
  ],
  [
    'a password in the environment of the control plane',
    'FLT-RDY-006',
    'fail',
    wrote(
      /- name: CODER_PG_CONNECTION_URL\n[\s\S]*?name: coder-db-url\n/,
      '- name: CODER_PG_CONNECTION_URL\n      value: postgres://coder:hunter2@db/coder\n',
    ),
  ],
  [
    'a token in the environment of a job',
    'FLT-RDY-006',
    'fail',
    wrote('- name: DEPLOYMENT\n', '- name: REPORT_TOKEN\n', {
      path: CRON_JOBS,
    }),
  ],
  ['objects that are kept elsewhere', 'FLT-RDY-006', 'unknown', valuesOnly()],

  ['alerts as rendered', 'FLT-OBS-001', 'pass', asked(WATCHED)],
  [
    'no alert on backups',
    'FLT-OBS-001',
    'fail',
    wrote(/cronjob="coder-backup"/g, 'cronjob="other"', {
      path: ALERTS,
      spec: WATCHED,
    }),
  ],
  ['no alerts', 'FLT-OBS-001', 'fail', without(ALERTS, WATCHED)],
  [
    'no monitor',
    'FLT-OBS-001',
    'fail',
    without('kubernetes/control-plane/metrics.yaml', {
      ...WATCHED,
      edition: 'community',
    }),
  ],
  [
    'objects that are kept elsewhere',
    'FLT-OBS-001',
    'unknown',
    valuesOnly(WATCHED),
  ],
  ['another stack', 'FLT-OBS-001', 'skip', good],
];

describe('rules on declared objects', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(RULES, cases)).toEqual([]);
  });

  it('name the monitoring only where it was looked at', () => {
    const message = (evidence: () => Evidence) =>
      findingOf('FLT-NET-005', evidence()).message;
    expect(message(asked(BUNDLED))).toMatch(
      /neither metadata of nodes nor the observability bundle/,
    );
    for (const observability of [
      undefined,
      { type: 'prometheus-operator' },
      { type: 'annotations' },
    ]) {
      expect(message(asked({ observability }))).toMatch(
        /do not reach metadata of nodes\. The monitoring is not of this repository: .* not known/,
      );
    }
  });

  it('name the label of pods that a policy opens', () => {
    const evidence = added(
      'kubernetes/extra/policy.yaml',
      opensMetadata('{ matchLabels: { identity: own } }'),
    );
    expect(findingOf('FLT-NET-005', evidence()).message).toBe(
      'workspaces in eu-west to the metadata address 169.254.169.254: open to pods with identity=own, wanted: closed',
    );
  });

  it('stumble over nothing that people may write', () => {
    const hostile = [
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: 7\n',
      'apiVersion: x/v1\nkind: Role\nmetadata: { name: a }\nrules: [null, 7, { verbs: x }]\n',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: coder-backup, namespace: coder-aurora }\nspec: [1]\n',
      `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: ${CNPG_CLUSTER}, namespace: coder-aurora }\nspec: { instances: many, plugins: [null] }\n`,
      'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: coder-aurora-workspaces-eu-west }\nspec: { limits: {} }\n',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: a, namespace: coder-aurora }\nspec: { groups: [7, { rules: [null] }] }\n',
    ].join('---\n');
    const evidence = goodEvidence({
      spec: { ...OPERATED, ...WATCHED },
      edit: files => [
        { path: 'kubernetes/0/hostile.yaml', content: hostile },
        ...files,
      ],
    });
    for (const { id } of RULES) {
      expect(findingOf(id, evidence).message).not.toContain('stumbled');
    }
  });
});
