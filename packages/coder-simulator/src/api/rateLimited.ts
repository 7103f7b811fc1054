import type { Deployment } from '../deployment/Deployment';
import { RateLimiter } from '../server/RateLimiter';
import { authenticate } from './authenticate';
import { failure, Reply } from './reply';
import type { Call } from './Router';

/** Calls a minute of one user, or one address, to one endpoint. Source: Coder, CODER_API_RATE_LIMIT. */
const DEFAULT_LIMIT = 512;

const limiters = new WeakMap<Deployment, RateLimiter>();

/**
 * Counts a call and tells what is left in the headers of the answer; `refusal` is the answer when
 * nothing is. Owners may bypass the limit with a header.
 *
 * @internal
 */
export function rateLimited(
  call: Call,
  url: URL,
): { headers: Record<string, string>; refusal?: Reply } {
  const { deployment, request } = call;
  const limit = limitOf(deployment);
  const { actor } = authenticate(deployment, request, url.searchParams);
  const bypassed =
    request.headers['x-coder-bypass-ratelimit'] === 'true' &&
    actor?.roles.includes('owner');
  if (limit <= 0 || bypassed) {
    return { headers: {} };
  }
  let limiter = limiters.get(deployment);
  if (!limiter) {
    limiter = new RateLimiter();
    limiters.set(deployment, limiter);
  }
  const allowance = limiter.take({
    caller: actor?.username ?? request.socket.remoteAddress ?? '',
    endpoint: url.pathname,
    limit,
    now: deployment.now,
  });
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-reset': String(allowance.resetAt),
  };
  if (allowance.allowed && !deployment.faults.rateLimited) {
    return { headers };
  }
  return {
    headers: { ...headers, 'retry-after': String(allowance.resetIn) },
    refusal: failure(
      429,
      "You've been rate limited for sending too many requests!",
    ),
  };
}

function limitOf(deployment: Deployment): number {
  const value = deployment.config.env.CODER_API_RATE_LIMIT ?? '';
  return /^-?\d+$/.test(value) ? Number(value) : DEFAULT_LIMIT;
}
