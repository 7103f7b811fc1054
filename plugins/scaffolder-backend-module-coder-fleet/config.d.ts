export interface Config {
  coderFleet?: {
    cva?: {
      /**
       * Whose sizing tables plans follow: the newest, or the older ones that count machines.
       * @visibility frontend
       */
      generation?: '2026' | 'legacy';
    };
    publish?: {
      git?: {
        /**
         * Directory of the bare Git repositories, `<name>.git` for each deployment. Backend and
         * scaffolder must see the same one.
         */
        directory?: string;
      };
    };
  };
}
