import { HumanDuration } from '@backstage/types';

export interface Config {
  coderFleet?: {
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
