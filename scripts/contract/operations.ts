/** A JSON schema as an OpenAPI document has it. */
export type Schema = { readonly [keyword: string]: unknown };

/** A parameter of an operation. */
export type Parameter = {
  name: string;
  in: string;
  required: boolean;
  schema: Schema;
};

/** One operation of a document. */
export type Operation = {
  /** `GET /api/v2/users/{user}` */
  name: string;
  method: string;
  path: string;
  parameters: readonly Parameter[];
  /** Schema of a request's JSON. */
  body: Schema | undefined;
  /** Schemas of answers in JSON, by status. */
  answers: ReadonlyMap<number, Schema>;
  /** Whether a token is asked for. */
  secured: boolean;
};

/** The value, when it is an object; an empty one otherwise. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** All operations of a document. */
export function operationsOf(document: Record<string, unknown>): Operation[] {
  return Object.entries(record(document.paths)).flatMap(([path, methods]) =>
    Object.entries(record(methods))
      .filter(([method]) => /^(get|put|post|patch|delete)$/.test(method))
      .map(([method, operation]) =>
        toOperation({
          method: method.toUpperCase(),
          path: `${basePath(document)}${path}`,
          operation: record(operation),
          secured: isSecured(document, record(operation)),
        }),
      ),
  );
}

function basePath(document: Record<string, unknown>): string {
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  const url = String(record(server).url ?? '');
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return path.replace(/\/$/, '');
}

function isSecured(
  document: Record<string, unknown>,
  operation: Record<string, unknown>,
): boolean {
  const security = operation.security ?? document.security;
  return Array.isArray(security) && security.length > 0;
}

function toOperation(options: {
  method: string;
  path: string;
  operation: Record<string, unknown>;
  secured: boolean;
}): Operation {
  const { method, path, operation, secured } = options;
  const jsonSchema = (part: unknown) =>
    record(record(record(part).content)['application/json']).schema as
      Schema | undefined;
  const parameters = Array.isArray(operation.parameters)
    ? operation.parameters.map(record)
    : [];
  return {
    name: `${method} ${path}`,
    method,
    path,
    secured,
    body: jsonSchema(operation.requestBody),
    parameters: parameters.map(parameter => ({
      name: String(parameter.name),
      in: String(parameter.in),
      required: parameter.required === true,
      schema: record(parameter.schema),
    })),
    answers: new Map(
      Object.entries(record(operation.responses)).flatMap(
        ([status, answer]) => {
          const schema = jsonSchema(answer);
          return schema ? [[Number(status), schema] as const] : [];
        },
      ),
    ),
  };
}
