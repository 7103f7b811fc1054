import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { chartRepository } from '../images';
import type { RenderedRelease } from './releases';

/**
 * A Makefile for those who apply by hand: what is installed, in order, with the kubectl context of each
 * cluster. Names are checked where they come in; none has a character that make or a shell reads.
 *
 * @internal
 */
export function makefile(
  deployment: CoderDeployment,
  options: {
    releases: readonly RenderedRelease[];
    clusters: readonly string[];
  },
): string {
  const { releases, clusters } = options;
  const { name } = deployment.metadata;
  const context = (cluster: string) =>
    `$(CONTEXT_${cluster.replace(/-/g, '_')})`;
  const upgrade = (release: RenderedRelease) =>
    `helm upgrade --install ${release.name} coder-v2/${release.chart} --kube-context ${context(release.cluster)} --namespace ${release.namespace} --version ${release.version} --values ${release.valuesPath}`;
  return [
    `# Applies the Coder deployment ${name}: "make manifests releases". Each cluster's kubectl context may`,
    '# have another name than the cluster: make CONTEXT_eu_west_1=my-context …',
    ...clusters.map(
      cluster => `CONTEXT_${cluster.replace(/-/g, '_')} ?= ${cluster}`,
    ),
    '',
    '.PHONY: help diff manifests releases backup-now drill-now',
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
    `\thelm repo add --force-update coder-v2 ${chartRepository(deployment.spec)}`,
    ...[...releases]
      .sort((a, b) => a.wave - b.wave)
      .map(release => `\t${upgrade(release)}`),
    '',
    '## backup-now  one backup, now',
    'backup-now:',
    `\tkubectl --context ${context(releases[0].cluster)} --namespace ${releases[0].namespace} create job --from=cronjob/coder-backup coder-backup-$$(date +%s)`,
    '',
    '## drill-now   one restore drill, now',
    'drill-now:',
    `\tkubectl --context ${context(releases[0].cluster)} --namespace ${releases[0].namespace} create job --from=cronjob/coder-restore-drill coder-restore-drill-$$(date +%s)`,
    '',
  ].join('\n');
}
