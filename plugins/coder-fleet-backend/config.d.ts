import { HumanDuration } from '@backstage/types';

export interface Config {
  coderFleet?: {
    /**
     * What business units may ask for. Where nothing is set nothing is limited; where something is, a unit without
     * an entry may ask for nothing.
     * @deepVisibility frontend
     */
    requests?: Array<{
      /**
       * The unit, or `*` for all that have no entry of their own.
       */
      businessUnit: string;
      /**
       * Tiers of the architecture that are open to it.
       */
      tiers?: Array<'1k' | '2k' | '3k' | '10k'>;
      /**
       * Names of regions.
       */
      regions?: string[];
      /**
       * Names of clusters.
       */
      clusters?: string[];
      /**
       * Kinds of databases: external, cloudnative-pg, rds, cloud-sql, azure.
       */
      databases?: string[];
      /**
       * A range of versions of Coder, such as `>=2.34.0 <2.37.0`.
       */
      versions?: string;
      /**
       * How many deployments it may have.
       */
      maxDeployments?: number;
      /**
       * Who has to approve what it asks for: nobody (`none`, the default), somebody else on the page of the
       * fleet (`portal`), or whoever merges it (`pull-request`).
       */
      approval?: 'none' | 'portal' | 'pull-request';
    }>;
    publish?: {
      /**
       * Where files of deployments may be kept, as the form offers it; the portal's directory by default. Each other
       * host needs its module of the scaffolder.
       * @deepVisibility frontend
       */
      hosts?: Array<
        'directory' | 'github' | 'gitlab' | 'azure' | 'bitbucketCloud'
      >;
    };
    /**
     * Where deployments can run: the form offers these regions and clusters. Without it they are typed.
     * @deepVisibility frontend
     */
    places?: Array<{
      /**
       * Name of the region.
       */
      region: string;
      /**
       * The Kubernetes cluster, by the name that the portal's Kubernetes plugin knows.
       */
      cluster: string;
      /**
       * Name of the cluster for people.
       */
      title?: string;
    }>;
    /** The Coder Validated Architecture (CVA). */
    cva?: {
      /**
       * Whose sizing tables plans follow: the newest, or the older ones that count machines. Plans that
       * are registered stay as they are until their deployment is registered again.
       * @visibility frontend
       */
      generation?: '2026' | 'legacy';
    };
    /** How Coder deployments are looked at. */
    tracker?: {
      /**
       * One pass in which every deployment's reachability is checked: 1 minute by default, at least 1
       * second. A deployment is unreachable, or back, at the latest after this long.
       */
      cycle?: HumanDuration | string;
      /**
       * How often Coder's health and replicas are read: 1 minute by default, but never more often than
       * once a cycle. Coder itself renews its health every 10 minutes.
       */
      health?: HumanDuration | string;
    };
  };
}
