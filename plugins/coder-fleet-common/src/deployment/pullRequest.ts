/**
 * Why a deployment that waits for its pull request does not start, although its repository was looked at.
 *
 * @public
 */
export type MergeObstacle = {
  /**
   * - `different`: the default branch has something else than what was requested.
   * - `unreadable`: it could not be read.
   */
  kind: 'different' | 'unreadable';
  /** Since when it is so, ISO 8601. */
  since: string;
  /** What could not be read, and why. */
  message?: string;
};

/**
 * The pull request with which a deployment was requested. Times are ISO 8601.
 *
 * @public
 */
export type PullRequestStanding = {
  url: string;
  /** Since when its merge is waited for. Absent once it was merged and the deployment started. */
  openSince?: string;
  /** What is in the way, while it is waited for. */
  obstacle?: MergeObstacle;
};

/**
 * What a deployment waits for before it starts, in one sentence; `undefined` when it waits for no merge.
 *
 * @internal
 */
export function mergeWaitReason(
  pullRequest: PullRequestStanding | undefined,
): string | undefined {
  if (!pullRequest?.openSince) {
    return undefined;
  }
  const { url, obstacle } = pullRequest;
  const waits = `Waits for its pull request to be merged: ${url}`;
  if (!obstacle) {
    return waits;
  }
  switch (obstacle.kind) {
    case 'different':
      return `The default branch has something else than what was requested: who may change the deployment registers again what was merged. Its pull request: ${url}`;
    default: {
      const since = obstacle.since.slice(0, 16).replace('T', ' ');
      const why = obstacle.message ? `: ${obstacle.message}` : '';
      return `${waits} (not readable since ${since} UTC${why})`;
    }
  }
}
