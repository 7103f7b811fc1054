export interface Config {
  coderFleet?: {
    cva?: {
      /**
       * Whose sizing tables the form plans by: the newest, or the older ones that count machines.
       * @visibility frontend
       */
      generation?: '2026' | 'legacy';
    };
  };
}
