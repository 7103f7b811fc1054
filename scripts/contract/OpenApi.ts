import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { operationsOf, record } from './operations';
import type { Operation, Schema } from './operations';
import { prepareSchemas } from './prepareSchemas';

/** A place where a value is not what the schema says. */
export type Mismatch = {
  /** Where in the document: `codersdk.License.claims`, or empty for the whole. */
  at: string;
  /** Where in the value, as a JSON pointer. */
  pointer: string;
  keyword: string;
  message: string;
  data: unknown;
};

const REFERENCE = /^#\/components\/schemas\/(.+)$/;

/** An OpenAPI document, ready to check values against its schemas. */
export class OpenApi {
  readonly operations: readonly Operation[];
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  readonly #validators = new Map<Schema, ValidateFunction>();

  private constructor(document: Record<string, unknown>) {
    this.#schemas = prepareSchemas(
      record(record(document.components).schemas) as Record<string, Schema>,
    );
    this.#ajv.addSchema({ $id: 'doc', components: { schemas: this.#schemas } });
    this.operations = operationsOf(document);
  }

  /** Reads a document. Throws when the file is none. */
  static read(file: string): OpenApi {
    return OpenApi.of(JSON.parse(readFileSync(file, 'utf8')));
  }

  static of(document: unknown): OpenApi {
    const version = String(record(document).openapi ?? '');
    if (!version.startsWith('3.')) {
      throw new Error('Not an OpenAPI 3 document in JSON');
    }
    return new OpenApi(record(document));
  }

  /** The operation that a request is for; fixed segments win over variable ones. */
  find(method: string, path: string): Operation | undefined {
    const wanted = path.split('/').filter(Boolean);
    const score = (operation: Operation) =>
      operation.path.split('/').filter(segment => segment.startsWith('{'))
        .length;
    return this.operations
      .filter(operation => operation.method === method)
      .filter(operation => {
        const segments = operation.path.split('/').filter(Boolean);
        return (
          segments.length === wanted.length &&
          segments.every(
            (segment, index) =>
              segment.startsWith('{') || segment === wanted[index],
          )
        );
      })
      .sort((a, b) => score(a) - score(b))[0];
  }

  /** The operation of a path as a router writes it, whatever its variables are called. */
  findTemplate(method: string, template: string): Operation | undefined {
    const plain = (path: string) =>
      path.replace(/\{\w+\}/g, '{}').replace(/\/$/, '');
    return this.operations.find(
      operation =>
        operation.method === method &&
        plain(operation.path) === plain(template),
    );
  }

  /** A schema by its name. Throws when there is none. */
  named(name: string): Schema {
    if (!Object.hasOwn(this.#schemas, name)) {
      throw new Error(`The document has no schema ${name}`);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Follows a reference; `name` is that of the schema in the end, if it has one. */
  resolve(
    schema: Schema,
    name = '',
  ): { schema: Schema; name: string; missing?: boolean } {
    const [, reference] = REFERENCE.exec(String(schema.$ref ?? '')) ?? [];
    if (!reference) {
      return { schema, name };
    }
    return Object.hasOwn(this.#schemas, reference)
      ? this.resolve(this.#schemas[reference], reference)
      : { schema: {}, name: reference, missing: true };
  }

  /** What of a value is not as its schema says. */
  check(schema: Schema, value: unknown): Mismatch[] {
    let validate = this.#validators.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(absolute(schema) as Schema);
      this.#validators.set(schema, validate);
    }
    if (validate(value)) {
      return [];
    }
    return (validate.errors ?? []).map(error =>
      this.#toMismatch(schema, error),
    );
  }

  /** The place in the document that a path into a value leads to, `codersdk.License.claims`. */
  place(schema: Schema, path: readonly string[]): string {
    let { schema: current, name } = this.resolve(schema);
    let at = '';
    for (const key of path) {
      const { items, properties, additionalProperties } = current;
      const isMap = Object.keys(record(additionalProperties)).length > 0;
      let next: unknown;
      if (items) {
        at = `${at}[]`;
        next = items;
      } else if (Object.hasOwn(record(properties), key) || !isMap) {
        at = `${name}.${key}`;
        next = record(properties)[key];
      } else {
        at = `${at}{}`;
        next = additionalProperties;
      }
      ({ schema: current, name } = this.resolve(record(next), at));
    }
    return at;
  }

  #toMismatch(schema: Schema, error: ErrorObject): Mismatch {
    const path = error.instancePath.split('/').slice(1).map(unescapePointer);
    const extra = error.params.additionalProperty;
    if (typeof extra === 'string') {
      path.push(extra);
    }
    return {
      at: this.place(schema, path),
      pointer: `/${path.join('/')}`,
      keyword: error.keyword,
      message: error.message ?? error.keyword,
      data: error.data,
    };
  }
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** References within the document, from schemas that are outside of it. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(absolute);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' ? `doc${item}` : absolute(item),
    ]),
  );
}
