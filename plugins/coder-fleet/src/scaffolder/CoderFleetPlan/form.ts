import {
  DEPLOYMENT_FORM_FIELDS,
  type DeploymentForm,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Of all that a form holds, the answers that a deployment follows from. A template of one's own may ask
 * for more, secrets too: none of that is touched.
 *
 * @internal
 */
export function deploymentFormOf(formData: unknown): DeploymentForm {
  const all = (formData ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    DEPLOYMENT_FORM_FIELDS.filter(field => all[field] !== undefined).map(
      field => [field, all[field]],
    ),
  );
}
