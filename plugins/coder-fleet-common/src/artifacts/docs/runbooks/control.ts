import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { clustersOf } from '../../gitops/clusters';
import {
  ARGO_CD_NAMESPACE,
  DELIVERY_COMPONENT,
  FLUX_NAMESPACE,
  gitOpsTool,
} from '../../gitops/delivery';
import type { RenderedRelease } from '../../gitops/releases';
import { ownLabels } from '../../kubernetes/object';
import { kubectl, type Place, shell, strictly } from '../shell';
import type { RunbookContext } from './context';

/** Argo CD stands in a cluster of its own choice, which these files do not name. */
const ARGO_CD = 'ARGO_CD=YOUR_CONTEXT';

const NO_AUTOMATED_SYNC = `--type merge --patch '{"spec":{"syncPolicy":{"automated":null}}}'`;

const argoCd = (command: string) =>
  `kubectl --context "$ARGO_CD" --namespace ${ARGO_CD_NAMESPACE} ${command}`;

/**
 * The step that keeps the tool from bringing back what a person changes.
 *
 * @internal
 */
export function pause({
  deployment,
  plan,
  releases,
}: RunbookContext): string[] {
  const { name } = deployment.metadata;
  const { cluster, namespace } = plan.controlPlane;
  const [controlPlane] = releases;
  switch (deployment.spec.delivery?.type) {
    case 'argo-cd':
      return [
        'Pause Argo CD: with automated sync it would bring back what you scale. `ARGO_CD` is the context of the cluster in which it runs. Where an Application of yours reads the folder `argo-cd`, switch off its automated sync first:',
        shell(
          ARGO_CD,
          argoCd(`patch application ${controlPlane.name} ${NO_AUTOMATED_SYNC}`),
        ),
      ];
    case 'flux':
      return [
        'Pause Flux: it would bring back what it knows from the repository:',
        shell(
          `flux suspend kustomization ${name} --context ${cluster} --namespace ${FLUX_NAMESPACE}`,
          `flux suspend helmrelease ${controlPlane.name} --context ${cluster} --namespace ${namespace}`,
        ),
      ];
    default:
      return [
        'See that nobody else, and no pipeline, runs `make releases` or `helm upgrade` meanwhile.',
      ];
  }
}

/**
 * The step that keeps Argo CD, which lives on when a cluster is lost, from applying anything to a new one of its name.
 *
 * @internal
 */
export function pauseApplications(deployment: CoderDeployment): string[] {
  const selector = Object.entries(
    ownLabels(deployment.metadata.name, DELIVERY_COMPONENT),
  )
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return [
    'Pause every Application of this deployment: Argo CD would apply the old files to the new cluster as soon as it knows it. `ARGO_CD` is the context of the cluster in which it runs. Where an Application of yours reads the folder `argo-cd`, switch off its automated sync first:',
    shell(
      ARGO_CD,
      `${argoCd(`get applications --selector ${selector} --output name`)} | xargs -I APPLICATION ${argoCd(`patch APPLICATION ${NO_AUTOMATED_SYNC}`)}`,
    ),
  ];
}

/**
 * The step that stops Coder, and waits until nothing writes any more. A release of Helm alone is scaled by Helm, with the
 * chart that it has: Helm 4 applies on the server, and would not take back what somebody else scaled.
 *
 * @internal
 */
export function stop({ deployment, plan, releases }: RunbookContext): string {
  const home = kubectl(plan.controlPlane);
  return strictly(
    ...(gitOpsTool(deployment.spec)
      ? [`${home} scale deployment coder --replicas=0`]
      : scaleToNone(releases[0])),
    `${home} wait pod --selector app.kubernetes.io/name=coder --for=delete --timeout=5m`,
  );
}

function scaleToNone(release: RenderedRelease): string[] {
  const { name, namespace, cluster, chart, repository } = release;
  const helm = `--kube-context ${cluster} --namespace ${namespace}`;
  return [
    `PRESENT=$(helm get metadata ${name} ${helm} --output yaml | sed -n 's/^version: //p')`,
    `helm upgrade ${name} ${chart} --repo ${repository.url} ${helm} --version "\${PRESENT:?}" --reuse-values --set coder.replicaCount=0`,
  ];
}

/**
 * Restarts the replicas of the control plane, or of a proxy, one by one, and waits for the last.
 *
 * @internal
 */
export function restartReplicas(release: Place): string[] {
  const there = kubectl(release);
  return [
    `${there} rollout restart deployment/coder`,
    `${there} rollout status deployment/coder --timeout=20m`,
  ];
}

/**
 * Starts exactly one replica of a version: one alone migrates, and what answers is known before others come.
 *
 * @internal
 */
export function startOne(context: RunbookContext, version: string): string[] {
  const home = kubectl(context.plan.controlPlane);
  return [
    shell(`VERSION=${version}`, ...bringVersion(context)),
    'It is the right one only when this prints its image, and ends:',
    shell(
      `until ${home} get deployment coder --output jsonpath='{.spec.template.spec.containers[0].image}{"\\n"}' | grep ":v$VERSION$"; do sleep 5; done`,
      `${home} rollout status deployment/coder --timeout=20m`,
    ),
  ];
}

function bringVersion({
  deployment,
  plan,
  releases,
}: RunbookContext): string[] {
  const { cluster, namespace } = plan.controlPlane;
  const [{ name, chart, repository, valuesPath }] = releases;
  switch (deployment.spec.delivery?.type) {
    case 'argo-cd':
      return [
        ARGO_CD,
        argoCd(
          `patch application ${name} --type json --patch '[{"op":"replace","path":"/spec/sources/0/targetRevision","value":"'"$VERSION"'"},{"op":"add","path":"/spec/sources/0/helm/parameters","value":[{"name":"coder.replicaCount","value":"1"},{"name":"coder.image.tag","value":"v'"$VERSION"'"}]},{"op":"add","path":"/spec/syncPolicy/automated","value":{"prune":false,"selfHeal":true}}]'`,
        ),
      ];
    case 'flux':
      return [
        `flux reconcile source helm ${repository.name} --context ${cluster} --namespace ${namespace}`,
        `${kubectl(plan.controlPlane)} patch helmrelease ${name} --type merge --patch '{"spec":{"chart":{"spec":{"version":"'"$VERSION"'"}},"values":{"coder":{"replicaCount":1,"image":{"tag":"v'"$VERSION"'"}}}}}'`,
        `flux resume helmrelease ${name} --context ${cluster} --namespace ${namespace} --timeout 20m`,
      ];
    default:
      return [
        `helm upgrade --install ${name} ${chart} --repo ${repository.url} --kube-context ${cluster} --namespace ${namespace} --version "$VERSION" --values ${valuesPath} --set coder.replicaCount=1 --set-string coder.image.tag="v$VERSION"`,
      ];
  }
}

/**
 * The last step: all replicas, and all else, as the repository says; the tool goes on.
 *
 * @internal
 */
export function resume(context: RunbookContext, change: string): string[] {
  const { deployment, plan } = context;
  const { name } = deployment.metadata;
  const clusters = clustersOf(deployment.spec.regions);
  const replicas = plan.controlPlane.replicas.value;
  const all = `all ${replicas} replicas`;
  switch (deployment.spec.delivery?.type) {
    case 'argo-cd':
      return [
        `${change} Merge that, and give it to Argo CD from a clone that has it; it brings ${replicas === 1 ? 'the rest' : `${all} and the rest`}, and its automated sync is on again. Where an Application of yours reads the folder \`argo-cd\`, switch that one's on instead:`,
        shell(
          ARGO_CD,
          'git pull',
          'kubectl --context "$ARGO_CD" apply --kustomize argo-cd',
        ),
      ];
    case 'flux':
      return [
        `${change} Merge that, and let Flux go on; it brings ${replicas === 1 ? 'the rest' : `${all} and the rest`}:`,
        shell(
          `flux reconcile source git ${name} --context ${plan.controlPlane.cluster} --namespace ${FLUX_NAMESPACE}`,
          ...clusters.map(
            (cluster, index) =>
              `flux ${index === 0 ? 'resume kustomization' : 'reconcile kustomization'} ${name}${index === 0 ? '' : ' --with-source'} --context ${cluster} --namespace ${FLUX_NAMESPACE}`,
          ),
        ),
      ];
    default:
      return [
        `${change} Commit that, and install from it; this brings ${replicas === 1 ? 'the rest' : `${all} and the rest`}:`,
        shell('make manifests releases'),
      ];
  }
}

/**
 * Whether the chart of a version can be had, asked before anything is stopped.
 *
 * @internal
 */
export function chartCheck({ releases }: RunbookContext): string {
  const [{ chart, repository }] = releases;
  return shell(
    `helm show chart ${chart} --repo ${repository.url} --version NEW_VERSION`,
  );
}
