import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  deploymentFields,
  type DeploymentFieldName,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

const FIELD_NAMES = Object.keys(deploymentFields) as [
  DeploymentFieldName,
  ...DeploymentFieldName[],
];

/**
 * What the field gives and which `ui:options` it takes. The option is not called `field`: the form
 * library reads `ui:options.field` as `ui:field`, and would show a plain text field.
 *
 * @public
 */
export const CoderFleetFieldSchema = makeFieldSchema({
  output: z => z.union([z.string(), z.number()]),
  uiOptions: z =>
    z.object({
      deploymentField: z
        .enum(FIELD_NAMES)
        .describe('The field of a deployment whose rules and messages apply'),
      checkTaken: z
        .boolean()
        .optional()
        .describe(
          'With `deploymentField: name`: refuse a name that is taken by a deployment which the person may not change',
        ),
    }),
});

/**
 * Props of the form field.
 *
 * @public
 */
export type CoderFleetFieldProps = typeof CoderFleetFieldSchema.TProps;

/**
 * The `ui:options` of the form field.
 *
 * @public
 */
export type CoderFleetFieldUiOptions = {
  /** The field of a deployment whose rules and messages apply. */
  deploymentField: DeploymentFieldName;
  /** With `deploymentField: 'name'`: refuse a name that is taken by a deployment which the person may not change. */
  checkTaken?: boolean;
};
