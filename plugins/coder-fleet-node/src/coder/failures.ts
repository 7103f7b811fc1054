import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { HttpResponse } from '../http/HttpClient';
import { OutboundError } from '../http/OutboundError';
import type { CoderFailure } from './attempt';

/**
 * What a call was about, for the words of its failure.
 *
 * @internal
 */
export type CallContext = {
  origin: string;
  path: string;
  /** Routes that exist with a licence only: their absence is no fault. */
  enterprise: boolean;
  /** Whether a token was sent. */
  authenticated: boolean;
  clock: Clock;
};

const MAX_QUOTE_LENGTH = 300;

const SALES_TEXT = /contact sales|(?:premium|enterprise|licensed) feature/i;
const IN_PROGRESS = /healthcheck is in progress/i;
const NO_ROUTE = /route not found/i;
const NO_ACCESS = /do not have access/i;

const errorBodySchema = z.object({ message: z.string() });

/** Coder's own words; nothing of an answer that is not Coder's. */
function quoteOf(response: HttpResponse): string {
  try {
    const { message } = errorBodySchema.parse(response.json());
    return message.slice(0, MAX_QUOTE_LENGTH);
  } catch {
    return '';
  }
}

function retryAfter(response: HttpResponse, clock: Clock): number | undefined {
  const header = response.headers['retry-after'];
  if (!header) {
    return undefined;
  }
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - clock().getTime()) / 1_000);
  return seconds >= 0 ? seconds : undefined;
}

/**
 * How to give the tracker a token for an origin.
 *
 * @internal
 */
export function howToAddToken(origin: string): string {
  return `add a file with "origin: ${origin}" and "tracker: <token>" to coderFleet.credentials.directory`;
}

function notFound(context: CallContext, quote: string): CoderFailure {
  const code = 404;
  const { origin, path } = context;
  if (IN_PROGRESS.test(quote)) {
    return {
      status: 'error',
      code,
      message:
        'Coder was still checking its health and did not finish in time; the next attempt may succeed',
    };
  }
  if (context.enterprise) {
    return {
      status: 'absent',
      code,
      message: `${origin} has no ${path}: it needs a Premium licence and, where a token is asked for, the token of an Owner`,
    };
  }
  if (NO_ACCESS.test(quote)) {
    return { status: 'denied', code, message: `${origin} says: ${quote}` };
  }
  if (NO_ROUTE.test(quote)) {
    return {
      status: 'absent',
      code,
      message: `This version of Coder has no ${path}`,
    };
  }
  return {
    status: 'error',
    code,
    message: `${origin} answers, but has no ${path}: is it a Coder server?`,
  };
}

function refused(
  context: CallContext,
  code: number,
  quote: string,
): CoderFailure {
  const says = quote ? `; ${context.origin} says: ${quote}` : '';
  if (context.enterprise && SALES_TEXT.test(quote)) {
    return { status: 'absent', code, message: `Not licensed${says}` };
  }
  if (!context.authenticated) {
    return {
      status: 'denied',
      code,
      message: `${context.path} needs a token: ${howToAddToken(context.origin)}${says}`,
    };
  }
  return {
    status: 'denied',
    code,
    message:
      code === 401
        ? `The token for ${context.origin} is not valid or has expired${says}`
        : `The token for ${context.origin} may not read ${context.path}${says}`,
  };
}

function redirected(
  context: CallContext,
  response: HttpResponse,
): CoderFailure {
  const { location = '' } = response.headers;
  const target = URL.canParse(location, context.origin)
    ? new URL(location, context.origin).origin
    : 'somewhere else';
  return {
    status: 'error',
    code: response.status,
    message: `${context.origin} redirects to ${target}, which is not followed; if Coder lives there, change the access URL`,
  };
}

/**
 * What a status other than 200 means.
 *
 * @internal
 */
export function failureOfStatus(
  context: CallContext,
  response: HttpResponse,
): CoderFailure {
  const code = response.status;
  const quote = quoteOf(response);
  switch (true) {
    case code === 401 || code === 403:
      return refused(context, code, quote);
    case code === 404:
      return notFound(context, quote);
    case code === 429: {
      const retryAfterSeconds = retryAfter(response, context.clock);
      const when =
        retryAfterSeconds === undefined
          ? 'later'
          : `in ${retryAfterSeconds} s (Retry-After)`;
      return {
        status: 'error',
        code,
        retryAfterSeconds,
        message: `${context.origin} limits the rate of requests; try again ${when}`,
      };
    }
    case code >= 300 && code < 400:
      return redirected(context, response);
    default:
      return {
        status: 'error',
        code,
        message: `${context.origin} answered ${context.path} with ${code}${quote && `: ${quote}`}`,
      };
  }
}

/**
 * What an exception of a call means. Rethrows what is not about the call, such as the reason of an
 * aborted signal.
 *
 * @internal
 */
export function failureOfError(
  context: CallContext,
  error: unknown,
): CoderFailure {
  if (error instanceof OutboundError) {
    const answered = error.kind === 'malformed' || error.kind === 'too-large';
    return {
      status: answered ? 'error' : 'unreachable',
      message: error.message,
    };
  }
  if (error instanceof z.ZodError) {
    const { path, message } = error.issues[0];
    const where = path.length > 0 ? ` at ${path.join('.')}` : '';
    return {
      status: 'error',
      message: `${context.origin} answered ${context.path} in an unknown shape${where}: ${message}`,
    };
  }
  throw error;
}
