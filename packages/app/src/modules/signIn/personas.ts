import type { ConfigApi } from '@backstage/core-plugin-api';

/**
 * Whom a visitor of the demo may choose to be.
 *
 * @internal
 */
export type Persona = { name: string; title: string; description: string };

/**
 * The personas of `portal.personas`; empty outside of a demo.
 *
 * @internal
 */
export function readPersonas(config: ConfigApi): Persona[] {
  return (config.getOptionalConfigArray('portal.personas') ?? []).map(
    persona => ({
      name: persona.getString('name'),
      title: persona.getString('title'),
      description: persona.getString('description'),
    }),
  );
}
