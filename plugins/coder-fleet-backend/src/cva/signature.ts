import { createHash } from 'node:crypto';
import type {
  Evidence,
  Fact,
  Waiver,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { isStale } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A text that is another one whenever rules may say something else of this evidence now: a value, a status,
 * a fact that became too old or is fresh again, a waiver. That a fact was seen again unchanged does not
 * count.
 *
 * @internal
 */
export function signatureOf(options: {
  evidence: Evidence;
  waivers: readonly Waiver[];
  /** Of the rules and what they look up. */
  edition: string;
  now: Date;
}): string {
  const { evidence, waivers, edition, now } = options;
  const hash = createHash('sha256').update(edition);
  for (const [source, facts] of Object.entries(evidence)) {
    for (const [key, fact] of Object.entries(facts ?? {})) {
      hash.update(`\n${source}.${key} `).update(factText(fact, now));
    }
  }
  return hash.update(JSON.stringify(waivers)).digest('hex');
}

/** Values of repositories are many kilobytes: their text is made once. */
const TEXTS = new WeakMap<object, string>();

function factText(fact: Fact<unknown> | undefined, now: Date): string {
  if (!fact) {
    return '';
  }
  const { value, status, message } = fact;
  return JSON.stringify([status, message, isStale(fact, now), textOf(value)]);
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? '';
  }
  let text = TEXTS.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    TEXTS.set(value, text);
  }
  return text;
}
