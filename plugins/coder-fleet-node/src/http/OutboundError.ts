/**
 * Why an outbound call gave no usable answer.
 *
 * - `refused`: our own guard does not allow the target; nothing was sent.
 * - `dns`: the name has no address.
 * - `connect`: no connection to the address.
 * - `tls`: the certificate or the handshake.
 * - `timeout`: no (complete) answer in time.
 * - `too-large`: the answer exceeds the limit of its size.
 * - `reset`: the connection broke before the answer was complete.
 * - `breaker`: not tried, because the last calls to this target failed.
 * - `malformed`: the answer is not what HTTP or JSON allow.
 *
 * @public
 */
export type OutboundErrorKind =
  | 'refused'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'reset'
  | 'breaker'
  | 'malformed';

/**
 * An outbound call that gave no usable answer. The message is for people and says what to configure
 * where that helps; it never holds a header, a body or a query string.
 *
 * @public
 */
export class OutboundError extends Error {
  /** Always `OutboundError`. */
  readonly name = 'OutboundError';
  /** What went wrong. */
  readonly kind: OutboundErrorKind;
  /** Code of the underlying error, for example `ECONNREFUSED`. */
  readonly code?: string;

  constructor(kind: OutboundErrorKind, message: string, code?: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}
