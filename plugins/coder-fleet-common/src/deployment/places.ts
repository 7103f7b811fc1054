import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';
import { deploymentFields as fields } from './fields';

/**
 * Key of the configuration that holds where deployments can run.
 *
 * @public
 */
export const PLACES_KEY = 'coderFleet.places';

const placeSchema = z
  .object({
    region: fields.region,
    cluster: fields.cluster,
    title: z
      .string({
        invalid_type_error: 'The title must be a text: put it in quotes',
      })
      .trim()
      .min(1, 'The title is empty: give it a text, or leave it out')
      .optional(),
  })
  .strict();

/**
 * Where deployments can run: a Kubernetes cluster by the name that the portal knows, and the region that it is
 * in. `title` is the cluster's name for people.
 *
 * @public
 */
export type Place = { region: string; cluster: string; title?: string };

/**
 * Reads `coderFleet.places`; no places when it is not there. Throws an `InputError` that says what is wrong.
 *
 * @public
 */
export function parsePlaces(config: unknown): Place[] {
  const parsed = z
    .array(placeSchema, {
      invalid_type_error: 'Give a list of entries with region and cluster',
    })
    .safeParse(config ?? []);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${[PLACES_KEY, ...path].join('.')}: ${message}`);
  }
  const clusters = parsed.data.map(({ cluster }) => cluster);
  const twice = clusters.find(
    (name, index) => clusters.indexOf(name) !== index,
  );
  if (twice !== undefined) {
    throw new InputError(
      `${PLACES_KEY}: the cluster "${twice}" has more than one entry: keep the one with the region that it is in`,
    );
  }
  return parsed.data;
}
