import type { FactStatus } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * How a call to a Coder deployment ended; an `Attempt` with what the answer says about the server.
 *
 * @public
 */
export type CoderAttempt<T> =
  | {
      status: 'ok';
      value: T;
      /** `X-Coder-Build-Version` of the answer. */
      serverVersion?: string;
    }
  | CoderFailure;

/**
 * A call that gave no value. `message` is for people; it never holds a token.
 *
 * @public
 */
export type CoderFailure = {
  status: Exclude<FactStatus, 'ok'>;
  message: string;
  /** HTTP status, when there was an answer. */
  code?: number;
  /** After how many seconds the server wants to be asked again, when it said so. */
  retryAfterSeconds?: number;
};
