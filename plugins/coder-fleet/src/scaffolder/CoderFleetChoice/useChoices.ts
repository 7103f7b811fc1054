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
import { configuredOffer } from './choiceConfig';

/**
 * What can be chosen: `text` is where nothing is known, or where it could not be found out because of `problem`.
 *
 * @internal
 */
export type Choices =
  | { status: 'loading' }
  | { status: 'text'; problem?: string }
  | { status: 'choices'; choices: Choice[] };

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
      offer && units.value
        ? requestChoices(
            choose,
            { ...offer, units: units.value },
            { businessUnit, region },
          )
        : undefined,
    [businessUnit, choose, offer, region, units.value],
  );
  if (problem !== undefined) {
    return { status: 'text', problem };
  }
  if (units.loading) {
    return { status: 'loading' };
  }
  if (units.error) {
    return { status: 'text', problem: toError(units.error).message };
  }
  return choices ? { status: 'choices', choices } : { status: 'text' };
}
