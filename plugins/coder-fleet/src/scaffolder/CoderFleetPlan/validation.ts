import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  blockingFindings,
  previewRequest,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentFormOf } from './form';
import type { CoderFleetPlanUiOptions } from './schema';

/**
 * Stops at the last step while the request would be refused.
 *
 * @internal
 */
export const validateCoderFleetPlan: CustomFieldValidator<
  null,
  CoderFleetPlanUiOptions
> = (_value, validation, { formData, uiSchema }) => {
  if (!uiSchema?.['ui:options']?.last) {
    return;
  }
  const { problems, findings } = previewRequest({
    form: deploymentFormOf(formData),
    now: systemClock(),
  });
  for (const { path, message } of problems) {
    validation.addError(path ? `${path}: ${message}` : message);
  }
  for (const { rule, message } of blockingFindings(findings)) {
    validation.addError(`${rule}: ${message}`);
  }
};
