import { configApiRef, useApi } from '@backstage/core-plugin-api';
import {
  previewRequest,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useDeferredValue, useEffect, useMemo } from 'react';
import { deploymentFormOf } from './form';
import { generationOf, policiesOf } from './planConfig';
import { PlanPreview } from './PlanPreview';
import type { CoderFleetPlanProps } from './schema';
import { useMirroredForm } from './useMirroredForm';

/**
 * Plan and findings of what was filled in so far, while it is typed.
 *
 * @internal
 */
export const CoderFleetPlan = (props: CoderFleetPlanProps) => {
  const { formContext, formData, onChange, uiSchema } = props;
  const answers = JSON.stringify(deploymentFormOf(formContext?.formData));
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
  const settled = useDeferredValue(answers);
  const preview = useMemo(
    () =>
      previewRequest({
        form: JSON.parse(settled),
        now: systemClock(),
        generation,
        policies,
      }),
    [generation, policies, settled],
  );
  return (
    <PlanPreview
      preview={preview}
      last={uiSchema['ui:options']?.last ?? false}
    />
  );
};
