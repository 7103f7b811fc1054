import type {
  Clock,
  CvaReport,
  DeploymentRecord,
  Evidence,
  EvidenceSource,
  Fact,
  FactPath,
  Finding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  cvaScore,
  evaluate,
  RULES,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  EvaluationStore,
  StoredEvaluation,
} from '../store/EvaluationStore';
import type { WaiverStore } from '../store/WaiverStore';
import type { EvidenceReader, Known } from './EvidenceReader';
import { signatureOf } from './signature';

/** Another catalogue of rules says other things of the same evidence. */
const EDITION = JSON.stringify(RULES.map(({ id, severity }) => [id, severity]));

/**
 * Says what the rules find of a deployment. It judges anew only when the evidence, the waivers or the
 * clock may have changed that: between them it answers with what it found before.
 *
 * @internal
 */
export class Judge {
  readonly #evidence: Pick<EvidenceReader, 'read'>;
  readonly #waivers: Pick<WaiverStore, 'list'>;
  readonly #evaluations: Pick<EvaluationStore, 'get' | 'put'>;
  readonly #clock: Clock;
  readonly #evaluate: typeof evaluate;
  /** What was found before this process came up may come from rules that judged otherwise. */
  readonly #since: Date;

  constructor(options: {
    evidence: Pick<EvidenceReader, 'read'>;
    waivers: Pick<WaiverStore, 'list'>;
    evaluations: Pick<EvaluationStore, 'get' | 'put'>;
    clock: Clock;
    judge?: typeof evaluate;
  }) {
    this.#evidence = options.evidence;
    this.#waivers = options.waivers;
    this.#evaluations = options.evaluations;
    this.#clock = options.clock;
    this.#evaluate = options.judge ?? evaluate;
    this.#since = options.clock();
  }

  /** What the rules say now, and what it is known from. */
  async report(
    record: DeploymentRecord,
  ): Promise<{ report: CvaReport; known: Known; turnsAt?: Date }> {
    const { name } = record;
    const [known, waivers, before] = await Promise.all([
      this.#evidence.read(record),
      this.#waivers.list(name),
      this.#evaluations.get(name),
    ]);
    const now = this.#clock();
    const { evidence, attestations } = known;
    const signature = signatureOf({ evidence, waivers, edition: EDITION, now });
    const holds =
      before?.signature === signature &&
      before.evaluatedAt >= this.#since &&
      !(before.turnsAt && before.turnsAt <= now);
    const evaluation: StoredEvaluation = holds
      ? before
      : {
          signature,
          evaluatedAt: now,
          ...this.#evaluate({ evidence, now, waivers }),
        };
    if (!holds) {
      await this.#evaluations.put(name, evaluation);
    }
    const { findings, evaluatedAt, turnsAt } = evaluation;
    return {
      known,
      ...(turnsAt && { turnsAt }),
      report: {
        findings: withAges(findings, evidence),
        score: cvaScore(findings),
        evaluatedAt: evaluatedAt.toISOString(),
        waivers,
        attestations,
      },
    };
  }
}

/** What was seen again unchanged is as old as its last look, not as the findings. */
function withAges(findings: readonly Finding[], evidence: Evidence): Finding[] {
  const look = (path: FactPath): Fact<unknown> | undefined => {
    const [source, key] = path.split('.') as [EvidenceSource, string];
    const facts = evidence[source] as Record<string, Fact<unknown>> | undefined;
    return facts?.[key];
  };
  return findings.map(finding => ({
    ...finding,
    evidence: finding.evidence.map(item => {
      const observedAt = look(item.fact)?.observedAt?.toISOString();
      return observedAt ? { ...item, observedAt } : item;
    }),
  }));
}
