import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The field gives the list as it was written: a text, in YAML.
 *
 * @public
 */
export const CoderFleetListSchema = makeFieldSchema({
  output: z => z.string(),
});

/**
 * Props of the form field.
 *
 * @public
 */
export type CoderFleetListProps = typeof CoderFleetListSchema.TProps;
