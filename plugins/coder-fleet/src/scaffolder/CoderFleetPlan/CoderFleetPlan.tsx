import { configApiRef, useApi } from '@backstage/core-plugin-api';
import {
  deploymentChanges,
  type DeploymentChanges,
  type PlanOptions,
  type PresentDeployment,
  previewRequest,
  render,
  type RequestPreview,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useDeferredValue, useEffect, useMemo } from 'react';
import { deploymentFormOf } from './form';
import { generationOf, policiesOf } from './planConfig';
import { PlanPreview } from './PlanPreview';
import type { CoderFleetPlanProps } from './schema';
import { useMirroredForm } from './useMirroredForm';
import { useRequestContext } from './useRequestContext';

/**
 * Plan and findings of what was filled in so far, while it is typed.
 *
 * @internal
 */
export const CoderFleetPlan = (props: CoderFleetPlanProps) => {
  const { formContext, formData, onChange, uiSchema } = props;
  const form = deploymentFormOf(formContext?.formData);
  const answers = JSON.stringify(form);
  useMirroredForm(answers);
  useEffect(() => {
    // The form asks a field for its word only if it has a value
    if (formData === undefined) {
      onChange(null);
    }
  }, [formData, onChange]);

  const config = useApi(configApiRef);
  const generation = generationOf(config);
  const policies = useMemo(() => policiesOf(config), [config]);
  const { present, reportsBaseUrl } = useRequestContext(form.name);
  const settled = useDeferredValue(answers);
  const preview = useMemo(
    () =>
      previewRequest({
        form: JSON.parse(settled),
        now: systemClock(),
        generation,
        policies,
        present: present?.deployment,
        reportsBaseUrl,
      }),
    [generation, policies, present, reportsBaseUrl, settled],
  );
  const last = uiSchema['ui:options']?.last ?? false;
  const changes = useMemo(
    () =>
      last && present ? changesOf(preview, { present, generation }) : undefined,
    [generation, last, present, preview],
  );
  return <PlanPreview preview={preview} changes={changes} last={last} />;
};

/** What a request would change; nothing while something is missing or wrong. */
function changesOf(
  { deployment, plan, findings }: RequestPreview,
  options: { present: PresentDeployment } & PlanOptions,
): DeploymentChanges | undefined {
  const { present, generation } = options;
  return deployment && plan
    ? deploymentChanges({
        present,
        deployment,
        plan,
        artifacts: render(deployment, { generation }),
        findings,
        now: systemClock(),
        generation,
      })
    : undefined;
}
