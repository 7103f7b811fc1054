import type { IncomingMessage } from 'node:http';
import type { Actor, Deployment } from '../deployment/Deployment';
import { tokenFormatProblem } from '../deployment/identity';
import { failure, Reply } from './reply';

/** Name of the cookie and the query parameter; the header is `Coder-Session-Token`. */
const SESSION_TOKEN = 'coder_session_token';

const SIGNED_OUT =
  'You are signed out or your session has expired. Please sign in again to continue.';

/**
 * Who calls, or the 401 that turns the caller away.
 *
 * @internal
 */
export function authenticate(
  deployment: Deployment,
  request: IncomingMessage,
  query: URLSearchParams,
): { actor: Actor } | { actor?: undefined; refusal: Reply } {
  const token = tokenOf(request, query);
  if (!token) {
    return refuse(
      `Cookie "${SESSION_TOKEN}" or query parameter must be provided.`,
    );
  }
  const problem = tokenFormatProblem(token);
  if (problem) {
    return refuse(`Invalid API key format: ${problem}`);
  }
  const actor = deployment.actorOf(token);
  return actor ? { actor } : refuse('API key is invalid.');
}

function refuse(detail: string): { refusal: Reply } {
  return { refusal: failure(401, SIGNED_OUT, detail) };
}

/** In Coder's order: cookie, query, header. */
function tokenOf(request: IncomingMessage, query: URLSearchParams): string {
  const { cookie, 'coder-session-token': header } = request.headers;
  return (
    (cookie && cookieValue(cookie)) ||
    query.get(SESSION_TOKEN) ||
    (typeof header === 'string' ? header : '')
  );
}

function cookieValue(header: string): string | undefined {
  const prefix = `${SESSION_TOKEN}=`;
  return header
    .split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(prefix))
    ?.slice(prefix.length);
}
