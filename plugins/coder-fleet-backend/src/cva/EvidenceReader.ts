import type {
  AttestationEvidence,
  DeploymentRecord,
  Evidence,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  knownFact,
  toBackupEvidence,
  toDrillEvidence,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { AttestationStore } from '../store/AttestationStore';
import type { BackupStore } from '../store/BackupStore';
import type { Facts, TrackingStore } from '../store/TrackingStore';

/** What is registered, and what people said, holds until somebody changes it. */
const UNTIL_CHANGED_MS = 100 * 366 * 24 * 60 * 60_000;

/** Runs that rules look at: enough for the one before an upgrade of last month. */
const JUDGED_RUNS = 60;

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
  readonly #backups: Pick<BackupStore, 'backups' | 'drills'>;

  constructor(options: {
    tracking: Pick<TrackingStore, 'facts'>;
    artifacts: Pick<ArtifactReader, 'judged'>;
    attestations: Pick<AttestationStore, 'list'>;
    backups: Pick<BackupStore, 'backups' | 'drills'>;
  }) {
    this.#tracking = options.tracking;
    this.#artifacts = options.artifacts;
    this.#attestations = options.attestations;
    this.#backups = options.backups;
  }

  /** What is known of a registered deployment. */
  async read(record: DeploymentRecord): Promise<Known> {
    const [facts, judged, attestations, backups] = await Promise.all([
      this.#tracking.facts(record.name),
      this.#artifacts.judged(record),
      this.#attestations.list(record.name),
      this.#backupEvidence(record.name),
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
      ...(backups && { backups }),
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

  /**
   * What was reported. Nothing at all where nobody ever reported: that is not known, and no rule may take
   * it for a good sign. Reports do not age by themselves; how old the runs are, rules judge.
   */
  async #backupEvidence(
    name: string,
  ): Promise<Evidence['backups'] | undefined> {
    const [records, drills] = await Promise.all([
      this.#backups.backups(name, JUDGED_RUNS),
      this.#backups.drills(name, JUDGED_RUNS),
    ]);
    const fact = <T>(value: T, newest: { finishedAt: string }) =>
      knownFact(value, {
        now: new Date(newest.finishedAt),
        collector: 'reports',
        intervalMs: UNTIL_CHANGED_MS,
      });
    const [record] = records;
    const [drill] = drills;
    if (!record && !drill) {
      return undefined;
    }
    const { schedule, retentionDays } = record ?? {};
    return {
      ...(record && {
        records: fact(records.map(toBackupEvidence), record),
        ...((schedule || retentionDays !== undefined) && {
          engine: fact({ schedule, retentionDays }, record),
        }),
      }),
      ...(drill && { drills: fact(drills.map(toDrillEvidence), drill) }),
    };
  }
}
