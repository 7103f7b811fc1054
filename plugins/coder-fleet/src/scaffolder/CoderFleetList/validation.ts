import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { readDeploymentList } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Checks a list of deployments by the rules of their files. The form says itself when there is none.
 *
 * @internal
 */
export const validateCoderFleetList: CustomFieldValidator<string> = (
  value,
  validation,
) => {
  const { problems = [] } = value ? readDeploymentList(value) : {};
  for (const problem of problems) {
    validation.addError(problem);
  }
};
