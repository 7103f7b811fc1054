import type {
  AttestationEvidence,
  DeploymentRecord,
  Evidence,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { knownFact } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { AttestationStore } from '../store/AttestationStore';
import type { Facts, TrackingStore } from '../store/TrackingStore';

/** What is registered, and what people said, holds until somebody changes it. */
const UNTIL_CHANGED_MS = 100 * 366 * 24 * 60 * 60_000;

/**
 * What is known of a deployment, for people and for rules.
 *
 * @internal
 */
export type Known = {
  record: DeploymentRecord;
  facts: Facts;
  attestations: AttestationEvidence[];
  evidence: Evidence;
};

/**
 * Puts together the evidence of a deployment from the registry, its repository, the collectors' facts
 * and what people said.
 *
 * @internal
 */
export class EvidenceReader {
  readonly #tracking: Pick<TrackingStore, 'facts'>;
  readonly #artifacts: Pick<ArtifactReader, 'judged'>;
  readonly #attestations: Pick<AttestationStore, 'list'>;

  constructor(options: {
    tracking: Pick<TrackingStore, 'facts'>;
    artifacts: Pick<ArtifactReader, 'judged'>;
    attestations: Pick<AttestationStore, 'list'>;
  }) {
    this.#tracking = options.tracking;
    this.#artifacts = options.artifacts;
    this.#attestations = options.attestations;
  }

  /** What is known of a registered deployment. */
  async read(record: DeploymentRecord): Promise<Known> {
    const [facts, judged, attestations] = await Promise.all([
      this.#tracking.facts(record.name),
      this.#artifacts.judged(record),
      this.#attestations.list(record.name),
    ]);
    const registered = {
      now: new Date(record.registeredAt),
      collector: 'registry',
      intervalMs: UNTIL_CHANGED_MS,
    };
    const evidence: Evidence = {
      spec: {
        deployment: knownFact(record.deployment, registered),
        plan: knownFact(record.plan, registered),
      },
      coderApi: facts,
      attestations: { statements: knownFact(attestations, registered) },
      ...(judged && {
        artifacts: {
          repository: knownFact(judged.repository, {
            now: judged.readAt,
            collector: 'repository',
          }),
        },
        git: {
          repository: knownFact(
            {
              location: record.repository?.location ?? record.name,
              commit: judged.commit,
            },
            { now: judged.readAt, collector: 'repository' },
          ),
        },
      }),
    };
    return { record, facts, attestations, evidence };
  }
}
