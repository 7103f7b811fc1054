import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { MAX_JOB_SECONDS } from '../backup/jobs';
import {
  BOOTSTRAP_PATH,
  BOOTSTRAP_SECRET,
  bootstrapJob,
} from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import { deploymentOf } from '../helm/deploymentOf';
import { FOLLOW_JOB, followJob, HAND_OVER, handOver } from './makeRecipes';
import {
  chartRepositoriesOf,
  helmUpgrade,
  type RenderedRelease,
} from './releases';

/** Coder may take half an hour to come, and has to be asked several times. This project's own figure. */
const BOOTSTRAP_SECONDS = 45 * 60;

/** Time that pods get to end, and new ones to start. This project's own figure. */
const RESTART_TIMEOUT = '20m';

/**
 * A Makefile for those who apply by hand: what is installed, in order, with the kubectl context of each
 * cluster. Names are checked where they come in; none has a character that make or a shell reads.
 *
 * @internal
 */
export function makefile(
  deployment: CoderDeployment,
  options: {
    plan: Plan;
    releases: readonly RenderedRelease[];
    clusters: readonly string[];
  },
): string {
  const { plan, releases, clusters } = options;
  const { controlPlane } = plan;
  const handedOver = bootstrapSecrets(plan).filter(secret =>
    isHandedOver(plan, secret),
  );
  const { name } = deployment.metadata;
  const context = (cluster: string) =>
    `$(CONTEXT_${cluster.replace(/-/g, '_')})`;
  const kubectl = (place: { cluster: string; namespace: string }) =>
    `kubectl --context ${context(place.cluster)} --namespace ${place.namespace}`;
  const home = kubectl(controlPlane);
  const selector = 'app.kubernetes.io/name=coder-bootstrap';
  const written = bootstrapSecrets(plan).map(secret => secret.written);
  const namespaces = [...new Set(written.map(({ namespace }) => namespace))];
  return [
    `# Applies the Coder deployment ${name}: "make manifests releases bootstrap${handedOver.length > 0 ? ' hand-over' : ''}". Each cluster's kubectl context may`,
    '# have another name than the cluster: make CONTEXT_eu_west_1=my-context …',
    ...clusters.map(
      cluster => `CONTEXT_${cluster.replace(/-/g, '_')} ?= ${cluster}`,
    ),
    '',
    'NOW := $(shell date +%s)',
    '',
    '.PHONY: help diff manifests releases administrator bootstrap hand-over restart rotate-keys backup-now drill-now',
    '',
    '# Each target needs those before it',
    '.NOTPARALLEL:',
    '',
    ...FOLLOW_JOB,
    '',
    ...HAND_OVER,
    '',
    'help:',
    "\t@sed -n 's/^## //p' Makefile",
    '',
    '## diff        what "manifests" would change',
    'diff:',
    ...clusters.map(
      cluster =>
        `\t-kubectl --context ${context(cluster)} diff --kustomize clusters/${cluster}`,
    ),
    '',
    '## manifests   namespaces, policies, quotas, backup jobs',
    'manifests:',
    ...clusters.map(
      cluster =>
        `\tkubectl --context ${context(cluster)} apply --server-side --kustomize clusters/${cluster}`,
    ),
    '',
    '## releases    control plane first, then provisioners and proxies',
    'releases:',
    ...chartRepositoriesOf(releases).map(
      ({ name: repository, url }) =>
        `\thelm repo add --force-update ${repository} ${url}`,
    ),
    ...[...releases]
      .sort((a, b) => a.wave - b.wave)
      .map(release => `\t${helmUpgrade(release, context(release.cluster))}`),
    '',
    '## bootstrap   first administrator, licence, organizations, keys of provisioners and tokens of proxies: what is missing',
    'bootstrap: administrator',
    `\t${home} delete job --selector ${selector} --ignore-not-found`,
    `\tkubectl --context ${context(controlPlane.cluster)} apply --server-side --kustomize ${BOOTSTRAP_PATH}`,
    followJob(
      home,
      bootstrapJob(deployment, plan).metadata.name,
      BOOTSTRAP_SECONDS,
    ),
    '',
    'administrator:',
    `\t@${home} get secret ${BOOTSTRAP_SECRET.name} --output name >/dev/null || { echo 'Create the Secret ${BOOTSTRAP_SECRET.name} first, as docs/secrets.md says, with the present password of an Owner' >&2; exit 1; }`,
    '',
    '## hand-over   brings the keys and tokens of other clusters there',
    'hand-over:',
    ...(handedOver.length > 0
      ? handedOver.map(secret =>
          handOver(secret, { from: home, to: kubectl(secret.read) }),
        )
      : ['\t@echo Everything is in one cluster']),
    '',
    '## restart     provisioners and proxies, so that they read new keys and tokens',
    'restart:',
    ...restarts(plan, kubectl),
    '',
    '## rotate-keys new keys and tokens of all provisioners and proxies; builds that run fail',
    'rotate-keys: administrator',
    ...namespaces.map(namespace =>
      [
        `\t${kubectl({ ...controlPlane, namespace })} delete secret --ignore-not-found`,
        ...written
          .filter(secret => secret.namespace === namespace)
          .map(secret => secret.name),
      ].join(' '),
    ),
    '\t$(MAKE) bootstrap hand-over restart',
    '',
    '## backup-now  one backup, now, and what it said',
    'backup-now:',
    ...runNow(home, 'coder-backup'),
    '',
    '## drill-now   one restore drill, now, and what it said',
    'drill-now:',
    ...runNow(home, 'coder-restore-drill'),
    '',
  ].join('\n');
}

/** All at once, then one look after the other. */
function restarts(
  plan: Plan,
  kubectl: (place: { cluster: string; namespace: string }) => string,
): string[] {
  const releases = [...plan.provisioners, ...plan.proxies];
  const rollout = (verb: string, options = '') =>
    releases.map(
      release =>
        `\t${kubectl(release)} rollout ${verb} ${deploymentOf(plan, release)}${options}`,
    );
  return releases.length === 0
    ? ['\t@echo There are no provisioners and no proxies of their own']
    : [
        ...rollout('restart'),
        ...rollout('status', ` --timeout ${RESTART_TIMEOUT}`),
      ];
}

function runNow(kubectl: string, cronJob: string): string[] {
  const job = `${cronJob}-$(NOW)`;
  return [
    `\t${kubectl} create job --from=cronjob/${cronJob} ${job}`,
    followJob(kubectl, job, MAX_JOB_SECONDS),
  ];
}
