import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import type { FactStatus } from '../../tracking/fact';
import type { Evidence, FactPath, StatementId } from '../evidence';
import type { ValueAt } from '../Look';
import {
  goodEvidence,
  hoursAgo,
  replace,
  withoutFact,
  withValue,
} from './evidence';

/** Everything as recommended. */
export const good = (): Evidence => goodEvidence();

/** As recommended for another request. */
export const asked = (spec: Record<string, unknown>) => (): Evidence =>
  goodEvidence({ spec });

/** The parts of a fact's value that differ, or all of it. */
export const saw =
  <P extends FactPath>(
    path: P,
    value: Partial<ValueAt<P>> | ((value: ValueAt<P>) => ValueAt<P>),
    spec?: Record<string, unknown>,
  ) =>
  (): Evidence =>
    withValue(goodEvidence({ spec }), path, before => {
      if (typeof value === 'function') {
        return value(before);
      }
      return (
        Array.isArray(value) ? value : { ...before, ...value }
      ) as ValueAt<P>;
    });

/** A fact that nobody tried, or whose last attempt failed. */
export const lost =
  (path: FactPath, status?: Exclude<FactStatus, 'ok'>) => (): Evidence =>
    withoutFact(goodEvidence(), path, status);

/** Another text in a rendered file: by default the control plane's values. */
export const wrote =
  (
    from: RegExp | string,
    to: string,
    options: { path?: string; spec?: Record<string, unknown> } = {},
  ) =>
  (): Evidence =>
    goodEvidence({
      spec: options.spec,
      edit: replace(
        options.path ?? ARTIFACT_PATHS.controlPlaneValues,
        from,
        to,
      ),
    });

/** Without the control plane's values. */
export const noValues = (): Evidence =>
  goodEvidence({
    edit: files =>
      files.filter(({ path }) => path !== ARTIFACT_PATHS.controlPlaneValues),
  });

/** A statement that does not hold, or that is due for review. */
export const attested =
  (statement: StatementId, word: 'does not hold' | 'is old' | 'is missing') =>
  (): Evidence =>
    withValue(goodEvidence(), 'attestations.statements', statements =>
      statements
        .filter(item => word !== 'is missing' || item.statement !== statement)
        .map(item => {
          if (item.statement !== statement) {
            return item;
          }
          return word === 'is old'
            ? { ...item, reviewBy: hoursAgo(1) }
            : { ...item, holds: false };
        }),
    );

/** Several changes, one after the other: the last one makes the evidence. */
export const both =
  (first: () => Evidence, second: (evidence: Evidence) => Evidence) =>
  (): Evidence =>
    second(first());

/** A region beside the first one. */
export const TWO_REGIONS = {
  regions: [
    { name: 'eu-west', cluster: 'eu-west-1' },
    {
      name: 'us-east',
      cluster: 'us-east-1',
      proxy: { accessUrl: 'https://us.aurora.example.com' },
    },
  ],
};

/** The smallest that is worth a deployment. */
export const SMALL = { edition: 'community', users: { expected: 20 } };
