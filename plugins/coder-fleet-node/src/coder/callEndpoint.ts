import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { HttpClient } from '../http/HttpClient';
import type { CoderAttempt } from './attempt';
import { failureOfError, failureOfStatus, howToAddToken } from './failures';
import type { CallContext } from './failures';
import type { Endpoint } from './wire/endpoint';

const QUICK_MS = 5_000;

const MAX_VERSION_LENGTH = 100;

/**
 * Options of every call.
 *
 * @public
 */
export type CoderCallOptions = {
  /** Ends the call early; its promise then rejects with the signal's reason. */
  signal?: AbortSignal;
};

/**
 * Calls an endpoint at an origin. `token` is sent when the endpoint takes one.
 *
 * @internal
 */
export async function callEndpoint<T>(
  endpoint: Endpoint<T>,
  options: {
    origin: string;
    http: HttpClient;
    token: string | undefined;
    clock: Clock;
    signal: AbortSignal | undefined;
  },
): Promise<CoderAttempt<T>> {
  const { origin, http } = options;
  const token = endpoint.token === 'never' ? undefined : options.token;
  if (endpoint.token === 'required' && !token) {
    return {
      status: 'off',
      message: `The tracker has no token for ${origin}: ${howToAddToken(origin)}`,
    };
  }
  const context: CallContext = {
    origin,
    path: endpoint.path,
    enterprise: endpoint.enterprise ?? false,
    authenticated: Boolean(token),
    clock: options.clock,
  };
  try {
    const response = await http.request({
      url: urlOf(origin, endpoint),
      ...(endpoint.method && { method: endpoint.method }),
      headers: {
        accept: 'application/json',
        ...(endpoint.body !== undefined && {
          'content-type': 'application/json',
        }),
        ...(token && { 'coder-session-token': token }),
      },
      ...(endpoint.body !== undefined && {
        body: JSON.stringify(endpoint.body),
      }),
      timeoutMs: endpoint.timeoutMs ?? QUICK_MS,
      signal: options.signal,
    });
    if (response.status !== 200) {
      return failureOfStatus(context, response);
    }
    return {
      status: 'ok',
      value: endpoint.read(response),
      serverVersion:
        response.headers['x-coder-build-version']?.slice(
          0,
          MAX_VERSION_LENGTH,
        ) || undefined,
    };
  } catch (error) {
    return failureOfError(context, error);
  }
}

function urlOf(origin: string, { path, query = {} }: Endpoint<unknown>) {
  const search = new URLSearchParams(query).toString();
  return `${origin}${path}${search && `?${search}`}`;
}
