import type {
  DeploymentSpec,
  FactDto,
  SupportLinkEvidence,
  SupportLinksFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What is known of a support link: the result of the look at its target, or how request and server
 * differ. Absent: nobody looked.
 *
 * @internal
 */
export type SupportLinkRow = {
  name: string;
  target: string;
  result?: SupportLinkEvidence['result'] | 'missing';
  detail?: string;
  /** The server shows it, but it was not asked for. */
  foreign?: boolean;
};

/**
 * Puts what was asked for beside what the server shows.
 *
 * @internal
 */
export function supportLinkRows(
  asked: DeploymentSpec['supportLinks'],
  fact: FactDto<SupportLinksFact> | undefined,
): SupportLinkRow[] {
  const seen = fact?.status === 'ok' && !fact.stale ? fact.value : undefined;
  if (!seen) {
    return asked.map(({ name, target }) => ({ name, target }));
  }
  const targets = new Set(asked.map(({ target }) => target));
  return [
    ...asked.map(({ name, target }): SupportLinkRow => {
      const shown = seen.find(link => link.target === target);
      return shown
        ? { name, target, result: shown.result, detail: shown.detail }
        : { name, target, result: 'missing' };
    }),
    ...seen
      .filter(({ target }) => !targets.has(target))
      .map(link => ({ ...link, foreign: true })),
  ];
}
