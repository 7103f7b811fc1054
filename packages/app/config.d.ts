/**
 * Configuration of this portal's pages.
 */
export interface Config {
  portal?: {
    /**
     * The provider of `auth.providers` that a proxy in front of the portal signs people in with, for
     * example `oauth2Proxy`.
     * @visibility frontend
     */
    signInProvider?: string;
    /**
     * For demos on one machine: whom a visitor may choose to be, without any proof. A production portal
     * does not start with it.
     */
    personas?: Array<{
      /**
       * Short name, unique.
       * @visibility frontend
       */
      name: string;
      /** @visibility frontend */
      title: string;
      /**
       * What this persona may do, in a sentence.
       * @visibility frontend
       */
      description: string;
      /**
       * Who it is in the catalog.
       * @visibility frontend
       */
      userEntityRef: string;
    }>;
  };
}
