import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The field has no value of its own: `null`, so that the form asks for its word before it goes on.
 *
 * @public
 */
export const CoderFleetPlanSchema = makeFieldSchema({
  output: z => z.null(),
  uiOptions: z =>
    z.object({
      last: z
        .boolean()
        .optional()
        .describe(
          'The last step: show every figure and finding, and stop at what is wrong',
        ),
    }),
});

/**
 * Props of the field.
 *
 * @public
 */
export type CoderFleetPlanProps = typeof CoderFleetPlanSchema.TProps;

/**
 * The `ui:options` of the field.
 *
 * @public
 */
export type CoderFleetPlanUiOptions = {
  /** The last step: show every figure and finding, and stop at what is wrong. */
  last?: boolean;
};
