import { ANNOTATION_DEPLOYMENT } from '../annotations';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { DNS_LABEL_MAX_LENGTH, deriveName } from '../deployment/names';
import { toYaml } from './yaml';

/**
 * Describes the repository, not the running thing: that is the provider's. Found by the discovery of
 * a Git host, it adds to the System instead of fighting for it.
 *
 * @internal
 */
export function catalogInfo(deployment: CoderDeployment): string {
  const { metadata, spec } = deployment;
  return toYaml({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: deriveName([metadata.name, 'configuration'], DNS_LABEL_MAX_LENGTH),
      title: `${spec.displayName} configuration`,
      description: `Specification and rendered artifacts of the Coder deployment ${metadata.name}`,
      annotations: { [ANNOTATION_DEPLOYMENT]: metadata.name },
    },
    spec: {
      type: 'configuration',
      lifecycle: 'production',
      owner: spec.owner,
      system: metadata.name,
    },
  });
}
