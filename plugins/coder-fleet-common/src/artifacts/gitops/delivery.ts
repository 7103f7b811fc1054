import type { DeploymentSpec } from '../../deployment/DeploymentSpec';

/**
 * What is said of objects that tell a tool what to apply: the component of their own labels.
 *
 * @internal
 */
export const DELIVERY_COMPONENT = 'delivery';

/**
 * Namespace of Argo CD by its own manifests.
 *
 * @internal
 */
export const ARGO_CD_NAMESPACE = 'argocd';

/**
 * Namespace of Flux by its own manifests.
 *
 * @internal
 */
export const FLUX_NAMESPACE = 'flux-system';

/**
 * The tool that applies what is in Git, by its name for people; `undefined` where somebody does by hand.
 *
 * @internal
 */
export function gitOpsTool({
  delivery,
}: DeploymentSpec): 'Argo CD' | 'Flux' | undefined {
  switch (delivery?.type) {
    case 'argo-cd':
      return 'Argo CD';
    case 'flux':
      return 'Flux';
    default:
      return undefined;
  }
}
