import { configApiRef } from '@backstage/core-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  previewRequest,
  refusedFindings,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentFormOf } from './form';
import { generationOf, policiesOf } from './planConfig';
import { requestContext } from './requestContext';
import type { CoderFleetPlanUiOptions } from './schema';

/**
 * Stops at the last step while the request would be refused. What a waiver can accept is not stopped here:
 * the request asks for one.
 *
 * @internal
 */
export const validateCoderFleetPlan: CustomFieldValidator<
  null,
  CoderFleetPlanUiOptions
> = async (_value, validation, { apiHolder, formData, uiSchema }) => {
  if (!uiSchema?.['ui:options']?.last) {
    return;
  }
  const form = deploymentFormOf(formData);
  const { present, reportsBaseUrl } = await requestContext(
    form.name,
    apiHolder,
  );
  const { problems, findings } = previewRequest({
    form,
    present: present?.deployment,
    reportsBaseUrl,
    now: systemClock(),
    generation: generationOf(apiHolder.get(configApiRef)),
    policies: policiesOf(apiHolder.get(configApiRef)),
  });
  for (const { path, message } of problems) {
    validation.addError(path ? `${path}: ${message}` : message);
  }
  for (const { rule, message } of refusedFindings(findings)) {
    validation.addError(`${rule}: ${message}`);
  }
};
