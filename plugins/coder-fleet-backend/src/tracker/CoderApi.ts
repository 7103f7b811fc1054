import type {
  Attempt,
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
  SupportLinksFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What the tracker asks a Coder deployment. Answers are attempts; only an aborted signal rejects.
 *
 * @internal
 */
export interface CoderApi {
  buildInfo(options: {
    signal?: AbortSignal;
  }): Promise<Attempt<ReachabilityFact>>;
  health(options: {
    signal?: AbortSignal;
    force?: boolean;
  }): Promise<Attempt<HealthFact>>;
  replicas(options: { signal?: AbortSignal }): Promise<Attempt<ReplicasFact>>;
  entitlements(options: {
    signal?: AbortSignal;
  }): Promise<Attempt<EntitlementsFact>>;
  /** The links of the server, each looked at. */
  supportLinks(options: {
    signal?: AbortSignal;
  }): Promise<Attempt<SupportLinksFact>>;
}
