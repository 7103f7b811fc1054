import type { Plan } from '../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../deployment/DeploymentSpec';
import type { Fact } from '../tracking/fact';
import type {
  AttestationEvidence,
  Evidence,
  EvidenceSource,
  EvidenceValues,
  FactPath,
  StatementId,
} from './evidence';
import { EVIDENCE_SUPPLIERS, STATEMENTS } from './evidence';
import { doubt, doubtfulFrom } from './evidence/fact';
import type { FindingEvidence } from './finding';
import type { Judgement } from './rule';

/**
 * The value of a fact.
 *
 * @public
 */
export type ValueAt<P extends FactPath> = P extends `${infer S}.${infer K}`
  ? S extends EvidenceSource
    ? K extends keyof EvidenceValues[S]
      ? EvidenceValues[S][K]
      : never
    : never
  : never;

/**
 * One thing that a rule looked at, before its fact's age is added.
 *
 * @public
 */
export type Check = Omit<FindingEvidence, 'observedAt'>;

/**
 * A fact as a rule may use it, and why not where it may not.
 *
 * @public
 */
export type Seen = {
  fact?: Fact<unknown>;
  doubt?: string;
  /** When it was last seen, ISO 8601. */
  observedAt?: string;
};

/**
 * How rules look at evidence. It hands out only what may be relied on now, and remembers when time
 * alone will change the answer.
 *
 * @public
 */
export class Look {
  readonly #evidence: Evidence;
  readonly #now: Date;
  readonly #seen = new Map<FactPath, Seen>();
  #turn = Infinity;
  #stale = Infinity;

  constructor(options: { evidence: Evidence; now: Date }) {
    this.#evidence = options.evidence;
    this.#now = options.now;
  }

  /** The request. Throws where it is not known: rules that need it are not asked then. */
  get deployment(): CoderDeployment {
    return this.#required('spec.deployment');
  }

  /** What was asked for. Throws like {@link Look.deployment}. */
  get spec(): DeploymentSpec {
    return this.deployment.spec;
  }

  /** The architecture that follows from the request. Throws like {@link Look.deployment}. */
  get plan(): Plan {
    return this.#required('spec.plan');
  }

  /** The value of a fact, if it may be relied on now. */
  value<P extends FactPath>(path: P): ValueAt<P> | undefined {
    const { fact, doubt: why } = this.fact(path);
    return why === undefined ? (fact?.value as ValueAt<P>) : undefined;
  }

  /**
   * Checks a fact that the rule cannot do without: one check of the verdict `unknown` where it may not
   * be relied on.
   */
  of<P extends FactPath>(
    path: P,
    checks: (value: ValueAt<P>) => Check[],
  ): Check[] {
    const value = this.value(path);
    return value === undefined ? [this.unknown(path)] : checks(value);
  }

  /**
   * Checks what runs, beside what was declared. Nothing where nobody ever looked: then the rule judges
   * what was declared. But what was looked for and is not known now is `unknown`.
   */
  running<P extends FactPath>(
    path: P,
    checks: (value: ValueAt<P>) => Check[],
  ): Check[] {
    return this.fact(path).fact ? this.of(path, checks) : [];
  }

  /** A check that says why a fact is not known, and what would supply it. */
  unknown(path: FactPath, subject: string = path): Check {
    const { doubt: why = 'it does not tell' } = this.fact(path);
    return {
      fact: path,
      subject,
      verdict: 'unknown',
      seen: `not known: ${why}. It needs ${EVIDENCE_SUPPLIERS[sourceOf(path)]}`,
    };
  }

  /** Somebody's word on what no collector can see. */
  attested(statement: StatementId): Check {
    const fact = 'attestations.statements';
    const subject = STATEMENTS[statement];
    const given = (this.value(fact) ?? [])
      .filter(item => item.statement === statement)
      .sort((a, b) => (a.attestedAt < b.attestedAt ? 1 : -1));
    const [latest] = given;
    if (!latest) {
      return { ...this.unknown(fact, subject), seen: 'nobody said so' };
    }
    if (this.isPast(latest.reviewBy)) {
      return {
        fact,
        subject,
        verdict: 'unknown',
        seen: `${said(latest)}, to be reviewed by ${day(latest.reviewBy)}`,
      };
    }
    return {
      fact,
      subject,
      verdict: latest.holds ? 'pass' : 'fail',
      seen: said(latest),
      wanted: 'it holds',
    };
  }

  /**
   * Ends a rule about a feature that the running server is not entitled to; `undefined` where it is,
   * or where that is not known.
   */
  unlessEntitled(feature: string): Judgement | undefined {
    const path = 'coderApi.entitlements';
    const { fact } = this.fact(path);
    const subject = `feature ${feature}`;
    if (fact?.status === 'absent') {
      return {
        verdict: 'skip',
        message: `The running build of Coder has no ${words(feature)}`,
        evidence: [{ fact: path, subject, verdict: 'pass', seen: 'absent' }],
      };
    }
    const entitlements = this.value(path);
    return entitlements && !entitlements.enabledFeatures.includes(feature)
      ? {
          verdict: 'skip',
          message: `The running server is not entitled to ${words(feature)}`,
          evidence: [
            { fact: path, subject, verdict: 'pass', seen: 'not entitled' },
          ],
        }
      : undefined;
  }

  /** Whether an instant has come. Rules tell the time only here. */
  isPast(instant: string | number | Date): boolean {
    const time = new Date(instant).getTime();
    if (Number.isNaN(time)) {
      throw new TypeError(`${instant} is not a time`);
    }
    if (time > this.#now.getTime()) {
      this.#turn = Math.min(this.#turn, time);
      return false;
    }
    return true;
  }

  /** A fact, and why it may not be relied on now. */
  fact(path: FactPath): Seen {
    const known = this.#seen.get(path);
    if (known) {
      return known;
    }
    const [source, key] = split(path);
    const facts = this.#evidence[source] as
      Record<string, Fact<unknown>> | undefined;
    const fact = facts?.[key];
    const time = fact?.observedAt;
    const seen: Seen = {
      fact,
      doubt: doubt(fact, this.#now),
      ...(time &&
        !Number.isNaN(time.getTime()) && { observedAt: time.toISOString() }),
    };
    this.#seen.set(path, seen);
    const stale = fact && seen.doubt === undefined && doubtfulFrom(fact);
    if (stale) {
      this.#stale = Math.min(this.#stale, stale);
    }
    return seen;
  }

  /** The next instant that a rule asked for; absent: none to come. */
  get turnsAt(): Date | undefined {
    return toDate(this.#turn);
  }

  /** From when on the first fact that was looked at is too old, unless it is seen again. */
  get staleAt(): Date | undefined {
    return toDate(this.#stale);
  }

  #required<P extends FactPath>(path: P): ValueAt<P> {
    const value = this.value(path);
    if (value === undefined) {
      throw new Error(`${path} is ${this.unknown(path).seen}`);
    }
    return value;
  }
}

function toDate(time: number): Date | undefined {
  return Number.isFinite(time) ? new Date(time) : undefined;
}

const SPLIT = new Map<FactPath, [EvidenceSource, string]>();

function split(path: FactPath): [EvidenceSource, string] {
  let parts = SPLIT.get(path);
  if (!parts) {
    const dot = path.indexOf('.');
    parts = [path.slice(0, dot) as EvidenceSource, path.slice(dot + 1)];
    SPLIT.set(path, parts);
  }
  return parts;
}

function sourceOf(path: FactPath): EvidenceSource {
  return split(path)[0];
}

function said({ holds, attestedBy, attestedAt }: AttestationEvidence): string {
  return `${attestedBy} said on ${day(attestedAt)} that it ${
    holds ? 'holds' : 'does not hold'
  }`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}

function words(feature: string): string {
  return feature.replace(/_/g, ' ');
}
