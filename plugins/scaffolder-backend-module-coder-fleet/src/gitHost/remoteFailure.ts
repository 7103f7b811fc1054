import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { printable } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { Errors } from 'isomorphic-git';
import type { GitHostRepository } from './gitHostRepository';

/**
 * What went wrong with a repository elsewhere, and what to do. Nothing of the request is in it, and of the answer
 * only why a branch was refused: the error that was caught, with its response, is left behind.
 *
 * @internal
 */
export function remoteFailure(
  error: unknown,
  options: { repository: GitHostRepository; done: 'read' | 'written' },
): Error {
  const { repository, done } = options;
  const { host, location } = repository;
  if (error instanceof Errors.HttpError) {
    return statusFailure(error.data.statusCode, repository);
  }
  if (error instanceof Errors.SmartHttpError) {
    return statusFailure(203, repository);
  }
  if (error instanceof Errors.GitPushError) {
    return new NotAllowedError(
      `${host} refused the branch in ${location}: ${refusalOf(error)}. Allow the portal's credentials to push it, or change the rule that refuses it`,
    );
  }
  if (error instanceof ServiceUnavailableError) {
    return new ServiceUnavailableError(
      `${location} could not be ${done}: ${error.message}. Run the task again`,
    );
  }
  const { code, name } = error as { code?: unknown; name?: unknown };
  const what = String(code ?? name ?? 'unknown').replace(/[^\w-]/g, '');
  return new ServiceUnavailableError(
    `${location} could not be ${done} (${what}): check that the portal reaches ${host}, and run the task again`,
  );
}

/**
 * The same of an answer of a Git host with a status that is none of success.
 *
 * @internal
 */
export function statusFailure(
  status: number,
  { kind, host, location }: GitHostRepository,
): Error {
  const credentials = `the credentials under integrations.${kind}`;
  // 203 is a page to sign in at, and so may a redirect be
  if ([401, 403, 203].includes(status)) {
    return new NotAllowedError(
      `${host} does not let the portal into ${location} (${status}): give ${credentials} the right to read and write its code and pull requests, or renew them`,
    );
  }
  if (status === 404) {
    return new NotFoundError(
      `${location} was not found: check its address, and that ${credentials} may see it`,
    );
  }
  if (status >= 300 && status < 400) {
    return new NotFoundError(
      `${location} answers with a redirect (${status}): pick the repository at its present address, and check ${credentials}`,
    );
  }
  return new ServiceUnavailableError(
    `${host} answered ${status} for ${location}: run the task again`,
  );
}

function refusalOf({ data }: InstanceType<typeof Errors.GitPushError>): string {
  const refs = Object.values(data.result.refs ?? {});
  const reason = refs.find(({ ok }) => !ok)?.error || 'it gives no reason';
  return printable(reason);
}
