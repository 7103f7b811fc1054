import type { CoderAttempt } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { answerSchema } from './answers';
import type { Deviations } from './Deviations';
import { difference, flatten, influencesOf, pathKey } from './influence';
import type { Flat } from './influence';
import type { OpenApi } from './OpenApi';
import type { Report } from './Report';
import { sampleOf } from './samples';
import type { Sample } from './samples';
import { FUTURE_VALUE, valueAt, variantsOf } from './variants';
import type { Variant } from './variants';

type Context = {
  api: OpenApi;
  deviations: Deviations;
  report: Report;
  sent: ReadonlyMap<string, ReadonlySet<string>>;
};

/** A parser: what the client makes of an answer to an operation. */
type Parser = {
  /** Method of the client. */
  method: string;
  operation: string;
  read(answer: unknown): Promise<CoderAttempt<unknown>>;
};

type Influences = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Gives a parser an answer with every field, and then each variant of it: nothing may throw, and
 * nothing that a change has no influence on may be lost.
 */
export async function checkParser(
  context: Context,
  parser: Parser,
): Promise<void> {
  const { api, deviations, report } = context;
  const operation = api.operations.find(
    ({ name }) => name === parser.operation,
  );
  const schema = operation && answerSchema(api, deviations, operation);
  if (!schema) {
    return;
  }
  const add = (message: string | undefined, occasion: string) =>
    report.add({
      operation: parser.operation,
      kind: 'parser',
      problem: message
        ? { message: `${parser.method}: ${message}`, occasion }
        : undefined,
    });
  const sample = sampleOf(api, schema, 'on the wire');
  const attempt = await parser.read(sample.value);
  add(failureOf(attempt), 'every field');
  if (attempt.status !== 'ok') {
    return;
  }
  const base = flatten(attempt.value);
  const documented = sampleOf(api, schema, 'documented');
  const other = await readFlat(parser, documented.value);
  add(
    other && difference(base, other).length === 0
      ? undefined
      : `keys as documented give another result: ${other && difference(base, other).join(', ')}`,
    'documented spelling',
  );
  const influences = await influencesOf(sample, value =>
    readFlat(parser, value),
  );
  for (const variant of variantsOf(sample)) {
    const problem = await problemOfVariant(
      { parser, sample, base, influences, deviations },
      variant,
    );
    add(
      problem,
      `${variant.what} ${variant.part.path.join('.') || 'at the top'}`,
    );
  }
  for (const place of placesRead(sample, influences)) {
    const sent = context.sent.get(parser.operation)?.has(place);
    add(
      sent || deviations.isUnsent(place)
        ? undefined
        : `reads ${place}, which the simulator never sends`,
      'what the simulator sent',
    );
  }
}

async function readFlat(
  parser: Parser,
  value: unknown,
): Promise<Flat | undefined> {
  const attempt = await parser.read(value);
  return attempt.status === 'ok' ? flatten(attempt.value) : undefined;
}

function failureOf(attempt: CoderAttempt<unknown>): string | undefined {
  return attempt.status === 'ok'
    ? undefined
    : `${attempt.status}: ${attempt.message}`;
}

async function problemOfVariant(
  context: {
    parser: Parser;
    sample: Sample;
    base: Flat;
    influences: Influences;
    deviations: Deviations;
  },
  { what, part, value }: Variant,
): Promise<string | undefined> {
  const { parser, sample, base, influences, deviations } = context;
  const attempt = await parser.read(value);
  if (attempt.status !== 'ok') {
    const missing = what === 'absent' || what === 'null';
    return missing &&
      attempt.status === 'error' &&
      deviations.isEssential(part.place)
      ? undefined
      : `${what} ${part.place} is ${failureOf(attempt)}`;
  }
  const result = flatten(attempt.value);
  const changed = difference(base, result);
  const mayChange =
    what === 'unknown field'
      ? new Set<string>()
      : (influences.get(pathKey(part.path)) ?? new Set<string>());
  const lost = changed.filter(path => !mayChange.has(path));
  if (lost.length > 0) {
    return `${what} ${part.place} changes ${lost.join(', ')}`;
  }
  const current = valueAt(sample.value, part.path);
  const shown = changed.some(path => base.get(path) === current);
  return what === 'unknown value' &&
    shown &&
    ![...result.values()].includes(FUTURE_VALUE)
    ? `${what} of ${part.place} does not pass`
    : undefined;
}

/** The places in the document of all that has an influence on the result. */
function placesRead(sample: Sample, influences: Influences): Set<string> {
  return new Set(
    sample.parts
      .filter(({ path }) => (influences.get(pathKey(path))?.size ?? 0) > 0)
      .map(({ place }) => place),
  );
}
