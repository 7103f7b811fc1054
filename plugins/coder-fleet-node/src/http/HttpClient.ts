/**
 * One outbound request.
 *
 * @public
 */
export type HttpRequest = {
  /** Absolute, `http:` or `https:`, without user and password. */
  url: string;
  /** `GET` by default; only `GET` is repeated when a kept connection turns out dead. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent to the host of `url` and nowhere else. */
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds until the whole answer must be there. */
  timeoutMs?: number;
  /** Bytes that are read of the answer's body. */
  maxBytes?: number;
  /** Ends the request early; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
};

/**
 * An answer, read to its end. Any status is an answer: redirects too, they are never followed.
 *
 * @public
 */
export type HttpResponse = {
  status: number;
  /** Names in lower case; several values are joined with `, `. */
  headers: Readonly<Record<string, string>>;
  text(): string;
  /** Throws `OutboundError` (`malformed`) when the body is not JSON, or nested too deeply. */
  json(): unknown;
};

/**
 * Whatever sends requests.
 *
 * @public
 */
export interface HttpClient {
  /** Rejects with `OutboundError` when there is no answer. */
  request(request: HttpRequest): Promise<HttpResponse>;
}
