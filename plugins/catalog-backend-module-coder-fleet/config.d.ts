export interface Config {
  coderFleet?: {
    catalog?: {
      /**
       * Domain of each business unit, as a catalog reference: `{ retail: 'domain:default/retail' }`.
       * A business unit that is not listed has no Domain.
       */
      domains?: { [businessUnit: string]: string };
      /**
       * Share of the known entities that one synchronisation may remove, 0 to 1; 0.1 by default.
       * A synchronisation that would remove more is refused: the registry is more likely wrong than
       * right then. The removal of a single deployment always passes.
       */
      maxRemovedShare?: number;
    };
  };
}
