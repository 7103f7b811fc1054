import type { HttpRequest } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { TOKEN } from './coderClients';
import type { Deviations } from './Deviations';
import type { OpenApi } from './OpenApi';
import type { Operation } from './operations';

/** The operation that a request of the client goes to, and its name when there is none. */
export function operationOf(
  api: OpenApi,
  request: HttpRequest,
): { name: string; operation?: Operation } {
  const { method = 'GET', url } = request;
  const { pathname } = new URL(url);
  const operation = api.find(method, pathname);
  return { name: operation?.name ?? `${method} ${pathname}`, operation };
}

/** What of a request is not as documented; undefined when nothing is. */
export function problemOfRequest(
  context: { api: OpenApi; deviations: Deviations },
  operation: Operation,
  request: HttpRequest,
): string | undefined {
  return (
    problemOfToken(operation, request) ??
    problemOfQuery(context.deviations, operation, request) ??
    problemOfBody(context.api, operation, request)
  );
}

function problemOfToken(
  operation: Operation,
  { headers = {} }: HttpRequest,
): string | undefined {
  const sent = headers['coder-session-token'] === TOKEN;
  if (operation.secured === sent) {
    return undefined;
  }
  return sent
    ? 'a token is sent to a public operation'
    : 'no token is sent, but one is asked for';
}

function problemOfQuery(
  deviations: Deviations,
  operation: Operation,
  { url }: HttpRequest,
): string | undefined {
  const query = new URL(url).searchParams;
  const documented = operation.parameters.filter(
    ({ in: at }) => at === 'query',
  );
  for (const [name, value] of query) {
    const parameter = documented.find(candidate => candidate.name === name);
    if (!parameter && !deviations.isCalledWith(operation.name, name)) {
      return `the parameter ${name} is not documented`;
    }
    if (parameter && !isOfType(parameter.schema.type, value)) {
      return `the parameter ${name} is no ${parameter.schema.type}`;
    }
  }
  const missing = documented.find(
    ({ name, required }) => required && !query.has(name),
  );
  return missing && `the parameter ${missing.name} is missing`;
}

function isOfType(type: unknown, value: string): boolean {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(value);
    case 'boolean':
      return /^(true|false)$/.test(value);
    default:
      return value !== '';
  }
}

function problemOfBody(
  api: OpenApi,
  operation: Operation,
  { body, headers = {} }: HttpRequest,
): string | undefined {
  if (!operation.body) {
    return body === undefined
      ? undefined
      : 'a body is sent, but none is documented';
  }
  if (typeof body !== 'string') {
    return 'no body is sent, but one is documented';
  }
  if (headers['content-type'] !== 'application/json') {
    return 'the body is not sent as JSON';
  }
  const [mismatch] = api.check(operation.body, JSON.parse(body));
  return mismatch && `${mismatch.at} of the body ${mismatch.message}`;
}
