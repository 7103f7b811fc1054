import type { BootstrapSecret } from '../bootstrap/handOver';

/**
 * Recipe of a Makefile that follows a Job until it is over, says what its pods do meanwhile, shows their logs, and fails
 * when the Job failed. `kubectl wait` waits for one end of two. It is called with kubectl and its options, the Job's
 * name, and the seconds after which nobody should wait any longer.
 *
 * @internal
 */
export const FOLLOW_JOB = [
  '# Waits until a Job is over, one way or the other, and shows its log: kubectl with its options, name, seconds',
  'define follow',
  '@end=$$(($$(date +%s) + $(3))); seen=; \\',
  'pods() { $(1) get pods --selector job-name=$(2) --no-headers --output custom-columns=:.metadata.name,:.status.phase,:.status.containerStatuses[*].state.waiting.reason; }; \\',
  'logs() { $(1) logs --selector job-name=$(2) --prefix --tail=-1; }; \\',
  'while :; do \\',
  `  state=$$($(1) get job $(2) --output jsonpath='{.status.conditions[?(@.status=="True")].type}') || exit 1; \\`,
  '  case " $$state " in \\',
  '    *" Complete "*) logs; echo "$(2): succeeded"; exit 0 ;; \\',
  '    *" Failed "*) logs; echo "$(2): FAILED, the log above says why" >&2; exit 1 ;; \\',
  '  esac; \\',
  '  now=$$(pods); \\',
  '  [ "$$now" = "$$seen" ] || echo "$$now"; \\',
  '  seen=$$now; \\',
  '  if [ "$$(date +%s)" -ge "$$end" ]; then \\',
  '    $(1) describe pods --selector job-name=$(2); logs; \\',
  '    echo "$(2): not over after $(3) seconds" >&2; exit 1; \\',
  '  fi; \\',
  '  sleep 5; \\',
  'done',
  'endef',
];

/**
 * Recipe of a Makefile that brings a Secret from one cluster to another. The value is read, and looked at, before
 * anything is written: a pipe would write an empty one over a good one. It goes through no argument, and stays in
 * base64, so that no byte is lost. It is called with kubectl and its options for both places, the two names, and the key.
 *
 * @internal
 */
export const HAND_OVER = [
  '# Brings a Secret elsewhere: kubectl with its options there and here, name there and here, key',
  'define bring',
  `@value=$$($(1) get secret $(3) --output jsonpath='{.data.$(5)}') || exit 1; \\`,
  '[ -n "$$value" ] || { echo "The Secret $(3) has no $(5): run make bootstrap" >&2; exit 1; }; \\',
  `printf '{"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"%s"},"data":{"%s":"%s"}}' $(4) $(5) "$$value" | \\`,
  '$(2) apply --server-side --filename -',
  'endef',
];

/**
 * The call of {@link FOLLOW_JOB}.
 *
 * @internal
 */
export function followJob(kubectl: string, job: string, seconds: number) {
  return `$(call follow,${kubectl},${job},${seconds})`;
}

/**
 * The call of {@link HAND_OVER}.
 *
 * @internal
 */
export function handOver(
  { written, read, key }: Pick<BootstrapSecret, 'written' | 'read' | 'key'>,
  kubectl: { from: string; to: string },
): string {
  return `$(call bring,${kubectl.from},${kubectl.to},${written.name},${read.name},${key})`;
}
