import { errors } from 'undici';
import { OutboundError } from './OutboundError';
import type { OutboundErrorKind } from './OutboundError';

const KINDS: Readonly<Record<string, OutboundErrorKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'connect',
  ECONNABORTED: 'connect',
  EHOSTUNREACH: 'connect',
  EHOSTDOWN: 'connect',
  ENETUNREACH: 'connect',
  ENETDOWN: 'connect',
  EADDRNOTAVAIL: 'connect',
  EACCES: 'connect',
  EPERM: 'connect',
  EMFILE: 'connect',
  EPROTO: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  INVALID_CA: 'tls',
  INVALID_PURPOSE: 'tls',
  PATH_LENGTH_EXCEEDED: 'tls',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  HPE_HEADER_OVERFLOW: 'too-large',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CLOSED: 'reset',
  UND_ERR_DESTROYED: 'reset',
};

const PREFIXES: ReadonlyArray<readonly [string, OutboundErrorKind]> = [
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['ERROR_IN_', 'tls'],
  ['HPE_', 'malformed'],
  ['UND_ERR_', 'malformed'],
];

const WORDS: Readonly<Record<OutboundErrorKind, string>> = {
  refused: 'may not be called',
  dns: 'has no address; check the name, or give its address in coderFleet.outbound.hosts',
  connect: 'does not accept connections',
  tls: 'could not prove who it is; if its CA is your own, name the file in coderFleet.outbound.ca',
  timeout: 'did not answer in time',
  'too-large': 'sent headers that are too large',
  reset: 'closed the connection before the answer was complete',
  breaker: 'failed too often',
  malformed: 'could not be spoken to over HTTP',
};

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    return code;
  }
  // Several addresses were tried: the first failure stands for all.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

function kindOf(error: unknown, code: string | undefined): OutboundErrorKind {
  if (!code) {
    return error instanceof errors.HTTPParserError ? 'malformed' : 'connect';
  }
  const prefixed = PREFIXES.find(([prefix]) => code.startsWith(prefix));
  return KINDS[code] ?? prefixed?.[1] ?? 'connect';
}

/**
 * What an error of undici, `net`, `tls` or DNS means for a person. The original error is not kept as
 * cause: some hold parts of the traffic.
 *
 * @internal
 */
export function toOutboundError(
  error: unknown,
  context: { origin: string; hints?: readonly string[] },
): OutboundError {
  if (error instanceof OutboundError) {
    return error;
  }
  const code = codeOf(error);
  const kind = kindOf(error, code);
  const hints = kind === 'tls' ? (context.hints ?? []) : [];
  const detail = code ? ` (${code})` : '';
  return new OutboundError(
    kind,
    [`${context.origin} ${WORDS[kind]}${detail}`, ...hints].join('; '),
    code,
  );
}
