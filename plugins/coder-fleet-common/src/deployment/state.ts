import type { HealthSection, HealthSeverity } from '../health/report';
import { Fact, isStale } from '../tracking/fact';
import type {
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
} from '../tracking/facts';
import { mergeWaitReason } from './pullRequest';
import type { PullRequestStanding } from './pullRequest';

/**
 * The one word that a deployment has in lists. Only `healthy` is green.
 *
 * @public
 */
export type DeploymentState =
  | 'retired'
  | 'provisioning'
  | 'missing'
  | 'upgrading'
  | 'unreachable'
  | 'failing'
  | 'degraded'
  | 'unknown'
  | 'healthy';

/**
 * Every state, in the order in which they are decided: the first that holds wins.
 *
 * @public
 */
export const DEPLOYMENT_STATES: readonly DeploymentState[] = [
  'retired',
  'provisioning',
  'missing',
  'upgrading',
  'unreachable',
  'failing',
  'degraded',
  'unknown',
  'healthy',
];

/**
 * How long a registered deployment may stay unseen before it is `missing`: 2 hours.
 *
 * @public
 */
export const PROVISIONING_DEADLINE_MS = 2 * 60 * 60 * 1000;

/**
 * A time in which a deployment is being upgraded, declared beforehand: what fails in it is expected.
 * Times are ISO 8601.
 *
 * @public
 */
export type UpgradeWindow = {
  until: string;
  /** Where it goes, for example `2.37.1`. */
  targetVersion?: string;
  reason?: string;
  /** Entity reference of who declared it. */
  declaredBy: string;
  declaredAt: string;
};

/**
 * What the state is decided from.
 *
 * @public
 */
export type StateInput = {
  /** When the deployment was registered or its provisioning was last asked for. */
  registeredAt: Date;
  /** What it was requested with; it does not start while that is open. */
  pullRequest?: PullRequestStanding;
  /** Set once it is out of service. */
  retiredAt?: Date;
  /** An upgrade that somebody declared. */
  upgrade?: UpgradeWindow;
  /** Replicas that the plan asks for. */
  plannedReplicas?: number;
  facts: {
    reachability?: Fact<ReachabilityFact>;
    health?: Fact<HealthFact>;
    replicas?: Fact<ReplicasFact>;
    entitlements?: Fact<EntitlementsFact>;
  };
};

/**
 * A state and why, in one sentence for people.
 *
 * @public
 */
export type StateVerdict = { state: DeploymentState; reason: string };

/**
 * The state of a deployment. Pure: the same facts at the same time give the same word.
 *
 * @public
 */
export function deploymentState(input: StateInput, now: Date): StateVerdict {
  return (
    retired(input) ??
    requested(input) ??
    neverSeen(input, now) ??
    upgrading(input, now) ??
    unreachable(input, now) ??
    sick(input, now) ??
    uncertain(input, now) ?? {
      state: 'healthy',
      reason: 'Coder reports every section of its health as ok',
    }
  );
}

function retired(input: StateInput): StateVerdict | undefined {
  return input.retiredAt && { state: 'retired', reason: 'Out of service' };
}

/** Nothing is there yet, and nobody knows until when: it has no deadline. */
function requested(input: StateInput): StateVerdict | undefined {
  const reason = mergeWaitReason(input.pullRequest);
  return reason ? { state: 'provisioning', reason } : undefined;
}

function neverSeen(input: StateInput, now: Date): StateVerdict | undefined {
  if (input.facts.reachability?.observedAt) {
    return undefined;
  }
  const waited = now.getTime() - input.registeredAt.getTime();
  const why = input.facts.reachability?.message;
  const suffix = why ? `: ${why}` : '';
  return waited < PROVISIONING_DEADLINE_MS
    ? {
        state: 'provisioning',
        reason: `Registered, not seen yet${suffix}`,
      }
    : {
        state: 'missing',
        reason: `Never seen since it was registered, and its deadline has passed${suffix}`,
      };
}

function upgrading(input: StateInput, now: Date): StateVerdict | undefined {
  const { upgrade } = input;
  if (!upgrade || !(Date.parse(upgrade.until) > now.getTime())) {
    return undefined;
  }
  const { targetVersion, reason, until } = upgrade;
  const target = targetVersion ? ` to ${targetVersion}` : '';
  const why = reason ? `: ${reason}` : '';
  return {
    state: 'upgrading',
    reason: `An upgrade${target} was declared until ${until
      .slice(0, 16)
      .replace('T', ' ')} UTC${why}`,
  };
}

function unreachable(input: StateInput, now: Date): StateVerdict | undefined {
  const reachability = input.facts.reachability;
  if (!reachability || reachability.status !== 'ok') {
    return {
      state: 'unreachable',
      reason: reachability?.message ?? 'It does not answer',
    };
  }
  return isStale(reachability, now)
    ? { state: 'unknown', reason: 'The tracker has not looked for a while' }
    : undefined;
}

function sick(input: StateInput, now: Date): StateVerdict | undefined {
  const { entitlements, health, replicas } = input.facts;
  if (health?.status === 'ok' && health.value && !isStale(health, now)) {
    const verdict = bySeverity(health.value);
    if (verdict) {
      return verdict;
    }
  }
  const planned = input.plannedReplicas;
  if (
    planned &&
    replicas?.status === 'ok' &&
    replicas.value &&
    !isStale(replicas, now) &&
    replicas.value.healthy < planned
  ) {
    return {
      state: 'degraded',
      reason: `${replicas.value.healthy} of ${planned} planned replicas are healthy`,
    };
  }
  if (planned && planned > 1 && entitlements?.value?.hasLicense === false) {
    // Coder does not say that the others stand idle. The last known word counts: green needs a newer one
    return {
      state: 'degraded',
      reason: `${planned} replicas are planned, and the server has no licence for more than one`,
    };
  }
  return undefined;
}

/** The overall word of a report, as if it were a section. */
function wholeReport(severity: HealthSeverity): HealthSection {
  return {
    key: 'report',
    title: 'the report as a whole',
    severity,
    dismissed: false,
    warnings: [],
    details: [],
  };
}

const TITLES_SHOWN = 5;

function titles(sections: readonly HealthSection[]): string {
  const shown = sections.slice(0, TITLES_SHOWN).map(({ title }) => title);
  const more = sections.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/**
 * Coder's overall severity may count sections that someone dismissed, so the sections decide. The
 * overall word counts where no section explains it.
 */
function bySeverity(health: HealthFact): StateVerdict | undefined {
  if (health.sections.length === 0 && health.severity === 'ok') {
    return {
      state: 'unknown',
      reason: "Coder's health report has no section",
    };
  }
  const bad = health.sections.filter(({ severity }) => severity !== 'ok');
  const sections =
    bad.length === 0 && health.severity !== 'ok'
      ? [wholeReport(health.severity)]
      : bad;
  const counted = sections.filter(({ dismissed }) => !dismissed);
  const having = (severity: HealthSeverity) =>
    counted.filter(section => section.severity === severity);
  const verdict = (state: DeploymentState, reason: string): StateVerdict => ({
    state,
    reason,
  });

  if (having('error').length > 0) {
    return verdict(
      'failing',
      `Coder reports an error: ${titles(having('error'))}`,
    );
  }
  if (having('warning').length > 0) {
    return verdict(
      'degraded',
      `Coder reports a warning: ${titles(having('warning'))}`,
    );
  }
  if (counted.length > 0) {
    return verdict(
      'unknown',
      `Coder reports a severity that is not known here: ${counted[0].severity}`,
    );
  }
  return sections.length > 0
    ? verdict('degraded', `Dismissed in Coder, but not ok: ${titles(sections)}`)
    : undefined;
}

function uncertain(input: StateInput, now: Date): StateVerdict | undefined {
  const health = input.facts.health;
  const unknown = (reason: string): StateVerdict => ({
    state: 'unknown',
    reason,
  });
  if (!health || health.status === 'off') {
    return unknown(
      'Its health is not read: no token for its origin is configured',
    );
  }
  if (health.status === 'denied') {
    return unknown("Its health is not readable: the token is not an Owner's");
  }
  if (health.status !== 'ok' || !health.value) {
    return unknown(health.message ?? 'Its health could not be read');
  }
  return isStale(health, now)
    ? unknown('Its health was last read too long ago')
    : undefined;
}
