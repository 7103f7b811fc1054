import {
  fieldProblem,
  REQUEST_CHOICES,
  type RequestChoice,
  requestChoices,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Answers } from './answers';
import type { ConfiguredOffer } from './choiceConfig';

/** For messages. */
const NAMES: Record<RequestChoice, string> = {
  businessUnit: 'business unit',
  region: 'region',
  cluster: 'cluster',
  database: 'database',
  host: 'place for files',
};

/** Choices that are typed where nothing is known to choose from, by the rules of the field of the same name. */
const TYPED_CHOICES = ['businessUnit', 'region', 'cluster'] as const;

/**
 * Whether a choice can be typed instead.
 *
 * @internal
 */
export function isTyped(
  choose: RequestChoice,
): choose is (typeof TYPED_CHOICES)[number] {
  return (TYPED_CHOICES as readonly RequestChoice[]).includes(choose);
}

/**
 * The first thing that is wrong with one value, in words: it cannot be one, or the configuration does not offer
 * it. The catalog is not asked, for a unit need not have a Domain. An optional field may be empty: the form says
 * itself when a required one is.
 *
 * @internal
 */
export function choiceProblem(
  value: unknown,
  choose: RequestChoice | undefined,
  context: { configured: ConfiguredOffer; answers: Answers },
): string | undefined {
  if (!choose || !REQUEST_CHOICES.includes(choose)) {
    return `The template must say what is chosen in ui:options: choose is one of ${REQUEST_CHOICES.join(', ')}`;
  }
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  const wrong = isTyped(choose) ? fieldProblem(choose, value) : undefined;
  const { offer } = context.configured;
  if (wrong || !offer) {
    return wrong;
  }
  const text = String(value);
  const choices = requestChoices(
    choose,
    { ...offer, units: [{ value: text }] },
    context.answers,
  )?.map(choice => choice.value);
  return choices?.includes(text) === false
    ? notOffered(text, choose, choices)
    : undefined;
}

/**
 * Says that a value is no choice, and what is.
 *
 * @internal
 */
export function notOffered(
  value: string,
  choose: RequestChoice,
  choices: readonly string[],
): string {
  const instead =
    choices.length > 0
      ? `choose ${choices.join(', ')}`
      : 'another one cannot be chosen either; ask whoever runs the portal';
  return `The ${NAMES[choose]} ${value} is not offered: ${instead}`;
}
