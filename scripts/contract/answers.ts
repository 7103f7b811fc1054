import type { Deviations } from './Deviations';
import type { Mismatch, OpenApi } from './OpenApi';
import type { Operation, Schema } from './operations';
import type { Problem } from './Report';

/** The schema of every refusal, which documents of single operations leave out. */
const ERROR_SCHEMA = 'codersdk.Response';

/** What of an answer in JSON is wrong; undefined when nothing is, or nothing that is not known. */
export function problemOfAnswer(
  api: OpenApi,
  deviations: Deviations,
  answer: { operation: Operation; status: number; body: unknown },
): Mismatch | undefined {
  const { operation, status, body } = answer;
  if (status >= 400) {
    return wrong(api, deviations, { schema: api.named(ERROR_SCHEMA), body });
  }
  const schema = operation.answers.get(status);
  if (!schema) {
    return {
      ...{ at: '', keyword: 'status', pointer: '/', data: status },
      message: 'has a status that is not documented',
    };
  }
  if (body === null && deviations.isAnsweredWithNull(operation.name)) {
    return undefined;
  }
  const real = deviations.realSchema(operation.name);
  if (real && api.check(schema, body).length > 0) {
    deviations.noteRealSchema(operation.name);
    return wrong(api, deviations, { schema: api.named(real), body });
  }
  return wrong(api, deviations, { schema, body });
}

/** The schema of what an operation really answers with when all is well. */
export function answerSchema(
  api: OpenApi,
  deviations: Deviations,
  operation: Operation,
): Schema | undefined {
  const real = deviations.realSchema(operation.name);
  return real ? api.named(real) : operation.answers.get(200);
}

function wrong(
  api: OpenApi,
  deviations: Deviations,
  { schema, body }: { schema: Schema; body: unknown },
): Mismatch | undefined {
  // All are looked at: one that is not known must not make the others look unused.
  const [unknown] = api
    .check(schema, body)
    .filter(mismatch => !deviations.explains(mismatch));
  return unknown;
}

/** A mismatch in words, and the value that is none. */
export function toProblem(mismatch: Mismatch, occasion: string): Problem {
  const { at, message, data } = mismatch;
  const value = JSON.stringify(data) ?? 'nothing';
  return {
    message: `${at || 'the answer'} ${message}`,
    occasion: `it is ${value.slice(0, 60)} for ${occasion}`,
  };
}

/** The places in the document of everything in a value. */
export function placesIn(
  api: OpenApi,
  schema: Schema,
  value: unknown,
): Set<string> {
  const places = new Set<string>();
  const walk = (part: unknown, path: string[]) => {
    if (part === null) {
      return;
    }
    if (path.length > 0) {
      places.add(api.place(schema, path));
    }
    if (typeof part === 'object') {
      for (const [key, item] of Object.entries(part)) {
        walk(item, [...path, key]);
      }
    }
  };
  walk(value, []);
  return places;
}
