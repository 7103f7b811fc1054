import { parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { render } from '../render';

type Rule = {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: { runbook: string };
};

function filesOf(spec: Record<string, unknown> = {}) {
  return new Map(
    render(
      deployment({ observability: { type: 'prometheus-operator' }, ...spec }),
    ).map(({ path, content }) => [path, content]),
  );
}

function alerts(spec: Record<string, unknown> = {}): Rule[] {
  const text = filesOf(spec).get('kubernetes/control-plane/alerts.yaml')!;
  return parseAllDocuments(text)[0]
    .toJS()
    .spec.groups.flatMap((group: { rules: Rule[] }) => group.rules);
}

const expressions = (name: string, spec: Record<string, unknown> = {}) =>
  alerts(spec)
    .filter(({ alert }) => alert === name)
    .map(({ expr }) => expr);

it('counts as many replicas as are planned, and none of other pods', () => {
  const [warning] = expressions('CoderdReplicas');
  expect(warning).toMatch(/< 3$/);
  const pattern = new RegExp(`^${/pod=~"([^"]+)"/.exec(warning)![1]}$`);
  expect('coder-7d9f8b6c54-x2kqp').toMatch(pattern);
  for (const other of [
    'coder-provisioner-7d9f8b6c54-x2kqp',
    'coder-backup-29384720-x2kqp',
    'coder-restore-drill-29384720-x2kqp',
    'coder-database-1',
  ]) {
    expect(other).not.toMatch(pattern);
  }
});

it('alerts when the backup is older than twice the interval of its own schedule', () => {
  expect(expressions('CoderBackupOverdue')).toEqual([
    expect.stringMatching(/ > 172800$/),
  ]);
  expect(
    expressions('CoderBackupOverdue', { backup: { schedule: '0 2 * * 0' } }),
  ).toEqual([expect.stringMatching(/ > 1209600$/)]);
});

it.each(['CoderBackupOverdue', 'CoderRestoreDrillOverdue'])(
  '%s alerts as well when the job never succeeded, by the age of the job',
  name => {
    const [expression] = expressions(name);
    expect(expression).toMatch(
      /^time\(\) - \(max\(kube_cronjob_status_last_successful_time\{([^}]+)\}\) or max\(kube_cronjob_created\{\1\}\)\) > \d+$/,
    );
  },
);

it('takes no metric of another deployment', () => {
  for (const { expr } of alerts()) {
    const selected = [
      ...expr.matchAll(/\b(?:up|(?:coderd|kube|container)_\w+)\b(\{[^}]*\})?/g),
    ];
    expect([expr, selected.length]).not.toEqual([expr, 0]);
    for (const [metric, selector = ''] of selected) {
      expect([metric, selector.includes('namespace=')]).toEqual([metric, true]);
    }
  }
});

it('lets monitors find their Services whatever writes over the label of the instance', () => {
  const services = [...filesOf()]
    .filter(([path]) => path.endsWith('/metrics.yaml'))
    .map(([, text]) =>
      parseAllDocuments(text).map(document => document.toJS()),
    );
  expect(services.length).toBeGreaterThan(1);
  const all = services.flatMap(([service]) => service);
  for (const [service, monitor] of services) {
    const selector: [string, string][] = Object.entries(
      monitor.spec.selector.matchLabels,
    );
    const found = all.filter(
      ({ metadata }) =>
        metadata.namespace === monitor.metadata.namespace &&
        selector.every(
          ([key, value]) =>
            key !== 'app.kubernetes.io/instance' &&
            metadata.labels[key] === value,
        ),
    );
    expect(found).toEqual([service]);
  }
});

it('alerts when the backup job is not there at all', () => {
  expect(expressions('CoderBackupMissing')).toEqual([
    expect.stringMatching(/^absent\(.*cronjob="coder-backup"/),
  ]);
});

it('leads every alert to a section of the runbooks', () => {
  const runbooks = filesOf().get('docs/runbooks.md')!;
  const sections = [...runbooks.matchAll(/^## (.+)$/gm)].map(([, title]) =>
    title.toLowerCase().replace(/ /g, '-'),
  );
  for (const { annotations } of alerts()) {
    expect(annotations.runbook).toMatch(/^docs\/runbooks\.md#/);
    expect(sections).toContain(annotations.runbook.split('#')[1]);
  }
});

it('has no alert on provisioners where there are none, and no rules without the operator', () => {
  const community = { edition: 'community' };
  expect(expressions('ProvisionerdReplicas', community)).toEqual([]);
  expect(expressions('ProvisionerdReplicas')).toHaveLength(2);
  expect([
    ...filesOf({ observability: { type: 'annotations' } }).keys(),
  ]).not.toContain('kubernetes/control-plane/alerts.yaml');
});
