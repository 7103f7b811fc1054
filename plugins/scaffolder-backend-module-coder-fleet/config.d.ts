export interface Config {
  coderFleet?: {
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
