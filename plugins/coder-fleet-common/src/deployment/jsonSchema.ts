import { zodToJsonSchema } from 'zod-to-json-schema';
import { coderDeploymentSchema } from './DeploymentSpec';

/**
 * The JSON schema (draft 7) of `coder-deployment.yaml`, for editors and pipelines.
 *
 * @public
 */
export function deploymentJsonSchema(): Record<string, unknown> {
  const schema = zodToJsonSchema(coderDeploymentSchema, {
    name: 'CoderDeployment',
    $refStrategy: 'none',
  });
  return {
    $id: 'https://coder-fleet.io/schemas/coder-deployment.v1alpha1.json',
    ...schema,
  };
}
