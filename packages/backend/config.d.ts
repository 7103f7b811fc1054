/**
 * Configuration of this portal's backend.
 */
export interface Config {
  portal?: {
    /**
     * Which groups of the catalog have which part in the fleet. Nobody has a part that is not given here:
     * then everybody sees the deployments of their own groups only, and nobody may ask for one.
     */
    roles?: {
      /** Groups of those who run all deployments. */
      platform?: string[];
      /** Groups that may ask for deployments and answer for theirs. */
      owners?: string[];
      /** The groups whose members belong to a business unit, and see its deployments. */
      businessUnits?: { [unit: string]: string[] };
    };
  };
}
