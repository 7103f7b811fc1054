import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { BOOTSTRAP_PATH } from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import {
  chartRepositoriesOf,
  helmUpgrade,
  type RenderedRelease,
} from './releases';

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
  const home = `${context(controlPlane.cluster)} --namespace ${controlPlane.namespace}`;
  const selector = 'app.kubernetes.io/name=coder-bootstrap';
  return [
    `# Applies the Coder deployment ${name}: "make manifests releases bootstrap${handedOver.length > 0 ? ' hand-over' : ''}". Each cluster's kubectl context may`,
    '# have another name than the cluster: make CONTEXT_eu_west_1=my-context …',
    ...clusters.map(
      cluster => `CONTEXT_${cluster.replace(/-/g, '_')} ?= ${cluster}`,
    ),
    '',
    '.PHONY: help diff manifests releases bootstrap hand-over backup-now drill-now',
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
    '## bootstrap   first administrator, licence, keys of provisioners and tokens of proxies: what is missing',
    'bootstrap:',
    `\tkubectl --context ${home} delete job --selector ${selector} --ignore-not-found`,
    `\tkubectl --context ${context(controlPlane.cluster)} apply --server-side --kustomize ${BOOTSTRAP_PATH}`,
    `\tkubectl --context ${home} wait job --selector ${selector} --for=condition=complete --timeout=45m`,
    '',
    '## hand-over   brings the keys and tokens of other clusters there',
    'hand-over:',
    ...(handedOver.length > 0
      ? handedOver.map(
          ({ written, read, key }) =>
            `\tkubectl --context ${context(controlPlane.cluster)} --namespace ${written.namespace} get secret ${written.name} --output go-template='{{ index .data "${key}" | base64decode }}' | kubectl --context ${context(read.cluster)} --namespace ${read.namespace} create secret generic ${read.name} --from-file=${key}=/dev/stdin --dry-run=client --output yaml | kubectl --context ${context(read.cluster)} apply --server-side --filename -`,
        )
      : ['\t@echo Everything is in one cluster']),
    '',
    '## backup-now  one backup, now',
    'backup-now:',
    `\tkubectl --context ${home} create job --from=cronjob/coder-backup coder-backup-$$(date +%s)`,
    '',
    '## drill-now   one restore drill, now',
    'drill-now:',
    `\tkubectl --context ${home} create job --from=cronjob/coder-restore-drill coder-restore-drill-$$(date +%s)`,
    '',
  ].join('\n');
}
