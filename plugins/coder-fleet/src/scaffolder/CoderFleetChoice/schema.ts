import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  REQUEST_CHOICES,
  type RequestChoice,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What the field gives and which `ui:options` it takes.
 *
 * @public
 */
export const CoderFleetChoiceSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      choose: z
        .enum(REQUEST_CHOICES)
        .describe('What is chosen from configuration and catalog'),
    }),
});

/**
 * Props of the form field.
 *
 * @public
 */
export type CoderFleetChoiceProps = typeof CoderFleetChoiceSchema.TProps;

/**
 * The `ui:options` of the form field.
 *
 * @public
 */
export type CoderFleetChoiceUiOptions = {
  /** What is chosen from configuration and catalog. */
  choose: RequestChoice;
};
