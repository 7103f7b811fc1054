import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  type Choice,
  type RequestChoice,
  requestChoices,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import type { Answers } from './answers';
import { catalogUnits } from './catalogUnits';
import { configuredOffer, DEFAULT_OFFER } from './choiceConfig';
import { isTyped } from './choiceRules';

/**
 * What can be chosen: `text` is where nothing is known. `problem` says why the configured choices could not be
 * found out.
 *
 * @internal
 */
export type Choices =
  | { status: 'loading' }
  | { status: 'text'; problem?: string }
  | { status: 'choices'; choices: Choice[]; problem?: string };

/**
 * What configuration and catalog offer after what was answered before.
 *
 * @internal
 */
export function useChoices(choose: RequestChoice, answers: Answers): Choices {
  const config = useApi(configApiRef);
  const catalog = useApi(catalogApiRef);
  const { offer, problem } = useMemo(() => configuredOffer(config), [config]);
  const units = useAsync(
    async () => (choose === 'businessUnit' ? catalogUnits(catalog) : []),
    [catalog, choose],
  );
  const { businessUnit, region } = answers;
  const choices = useMemo(
    () =>
      requestChoices(
        choose,
        { ...(offer ?? DEFAULT_OFFER), units: units.value ?? [] },
        { businessUnit, region },
      ),
    [businessUnit, choose, offer, region, units.value],
  );
  if (units.loading) {
    return { status: 'loading' };
  }
  if (units.error) {
    return { status: 'text', problem: toError(units.error).message };
  }
  return choices && (offer || !isTyped(choose))
    ? { status: 'choices', choices, problem }
    : { status: 'text', problem };
}
