/**
 * What a handler answers.
 *
 * @internal
 */
export type Reply = {
  status: number;
  contentType: string;
  body: Buffer;
  /** Besides those that every answer has. */
  headers?: Readonly<Record<string, string>>;
};

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * An empty answer, as the router gives for a method that a route does not have.
 *
 * @internal
 */
export const METHOD_NOT_ALLOWED: Reply = {
  status: 405,
  contentType: 'text/plain; charset=utf-8',
  body: Buffer.alloc(0),
};

/**
 * JSON as Go's encoder writes it: compact, ending in a newline.
 *
 * @internal
 */
export function toJson(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

/**
 * JSON as Coder writes its health report: indented by tabs.
 *
 * @internal
 */
export function toIndentedJson(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, '\t')}\n`);
}

/**
 * A JSON answer. A buffer is sent as it is.
 *
 * @internal
 */
export function json(status: number, value: unknown): Reply {
  const body = Buffer.isBuffer(value) ? value : toJson(value);
  return { status, contentType: JSON_TYPE, body };
}

/**
 * A plain text answer.
 *
 * @internal
 */
export function text(status: number, value: string): Reply {
  return {
    status,
    contentType: 'text/plain; charset=utf-8',
    body: Buffer.from(value),
  };
}

/**
 * Coder's error body. Empty fields are left out.
 *
 * @internal
 */
export function failure(
  status: number,
  message: string,
  detail?: string,
): Reply {
  return json(status, { message, detail });
}

/**
 * Coder's answer to parameters or bodies that it cannot use.
 *
 * @internal
 */
export function invalid(
  message: string,
  validations: readonly { field: string; detail: string }[],
): Reply {
  return json(400, { message, validations });
}

/**
 * The answer to a path that the API does not have, and to enterprise routes of an OSS build.
 *
 * @internal
 */
export const ROUTE_NOT_FOUND = failure(404, 'Route not found.');

/**
 * How Coder hides what the caller may not see.
 *
 * @internal
 */
export const RESOURCE_NOT_FOUND = failure(
  404,
  'Resource not found or you do not have access to this resource',
);

/**
 * How Coder refuses what the caller knows to exist.
 *
 * @internal
 */
export const FORBIDDEN = failure(
  403,
  'Forbidden.',
  "You don't have permission to view this content. If you believe this is a mistake, please contact your administrator or try signing in with different credentials.",
);
