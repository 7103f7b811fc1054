/**
 * Configuration of Coder Fleet that its backend packages share.
 */
export interface Config {
  coderFleet?: {
    /**
     * Which targets may be called, and whom to trust.
     */
    outbound?: {
      /**
       * Ranges in CIDR notation that may be called beyond public unicast addresses. Cloud metadata is never called.
       */
      allow?: string[];
      /**
       * IP addresses of names, exact or as `*.suffix`; they go before DNS.
       */
      hosts?: { [name: string]: string };
      /**
       * PEM files with additional CAs; relative ones start at the working directory. They are read again when they change.
       */
      ca?: string[];
    };
    /**
     * Tokens of Coder deployments, looked up by origin.
     */
    credentials?: {
      /**
       * Directory with one YAML file an origin: `origin`, `tracker` and optionally `publisher`. It is read again when it changes.
       */
      directory?: string;
      origins?: Array<{
        /**
         * Scheme, host and port.
         */
        origin: string;
        /**
         * Token that reads the state of the deployment.
         * @visibility secret
         */
        tracker?: string;
        /**
         * Token that writes templates.
         * @visibility secret
         */
        publisher?: string;
      }>;
    };
    publish?: {
      git?: {
        /**
         * Directory of the bare repositories with the artifacts of deployments.
         */
        directory?: string;
      };
    };
  };
}
