import { ForwardedError, ResponseError } from '@backstage/errors';

/**
 * A failed call of the tracker in words for the task's log: what the tracker said, not only the
 * status of its answer.
 *
 * @internal
 */
export function trackerFailure(what: string, error: unknown): ForwardedError {
  return new ForwardedError(
    what,
    error instanceof ResponseError ? error.cause : error,
  );
}
