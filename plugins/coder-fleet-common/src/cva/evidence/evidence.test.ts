import fc from 'fast-check';
import type { Fact } from '../../tracking/fact';
import { goodEvidence, NOW, withoutFact } from '../__testUtils__/evidence';
import { evaluate } from '../evaluate';
import type { Verdict } from '../finding';
import { Evidence, FactPath, parseEvidence } from '.';

const good = goodEvidence();
const PATHS = Object.entries(good).flatMap(([source, facts]) =>
  Object.keys(facts ?? {}).map(key => `${source}.${key}` as FactPath),
);

/** As it is stored and sent: text. */
const onTheWire = (evidence: unknown) => JSON.parse(JSON.stringify(evidence));

const verdicts = (evidence: Evidence): Map<string, Verdict> =>
  new Map(
    evaluate({ evidence, now: NOW }).findings.map(({ rule, verdict }) => [
      rule,
      verdict,
    ]),
  );

function factAt(evidence: Evidence, path: FactPath): Fact<unknown> | undefined {
  const [source, key] = path.split('.');
  return (evidence as Record<string, Record<string, Fact<unknown>>>)[source]?.[
    key
  ];
}

/** Anything that JSON can hold, with keys and numbers that tend to hurt. */
const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    null,
    '',
    'true',
    -1,
    0,
    Number.MAX_SAFE_INTEGER,
    1e308,
    [],
    {},
    [null],
    { __proto__: null, constructor: 1, length: -1 },
  ),
);

describe('parseEvidence', () => {
  it('reads back what it wrote, with times as times', () => {
    expect(parseEvidence(onTheWire(good))).toEqual(good);
  });

  // The plan is not read: it follows from the request
  it.each(PATHS.filter(path => path !== 'spec.plan'))(
    'tells %s that was not tried from one that is not readable',
    path => {
      const [source, key] = path.split('.');
      const wire = onTheWire(good);
      delete wire[source][key];
      expect(factAt(parseEvidence(wire), path)).toBeUndefined();
      wire[source][key] = { ...onTheWire(factAt(good, path)), value: 7 };
      const read = factAt(parseEvidence(wire), path);
      expect(read?.status).toBe('error');
      expect(read).not.toHaveProperty('value');
      expect(read?.message).toMatch(/form|number|undefined/i);
    },
  );

  it('leaves out what it does not know', () => {
    expect(
      parseEvidence({ astrology: {}, coderApi: { horoscope: {} } }),
    ).toEqual({ coderApi: {} });
  });

  it.each([undefined, null, 7, 'text', [], { spec: 7 }, { spec: null }])(
    'takes %j for no evidence',
    input => {
      const { findings } = evaluate({
        evidence: parseEvidence(input),
        now: NOW,
      });
      expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(
        new Set(['unknown']),
      );
    },
  );

  it('derives the plan: one that was handed in does not count', () => {
    const wire = onTheWire(good);
    wire.spec.plan.value.tier.value = '10k';
    expect(parseEvidence(wire).spec?.plan?.value?.tier.value).toBe('1k');
  });
});

describe('rules on hostile evidence', () => {
  const missing = new Map(
    PATHS.map(path => [path, verdicts(withoutFact(good, path, 'error'))]),
  );

  it('never throw, and never pass by what is not readable', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), junk, (path, value) => {
        const [source, key] = path.split('.');
        const wire = onTheWire(good);
        wire[source][key].value = value;
        const evidence = parseEvidence(wire);
        const found = verdicts(evidence);
        const readable = factAt(evidence, path)?.status !== 'error';
        const wronglyPassed = [...missing.get(path)!]
          .filter(([, verdict]) => verdict !== 'pass')
          .filter(([rule]) => found.get(rule) === 'pass');
        expect(readable ? [] : wronglyPassed).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throw when a part deep inside is lost, null, extra or of another type', () => {
    const places = leaves(onTheWire(good));
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(junk, fc.constant(undefined)),
        (place, value) => {
          const wire = onTheWire(good);
          const parent = place
            .slice(0, -1)
            .reduce((node, step) => node[step], wire);
          parent[place[place.length - 1]] = value;
          parent.extra = value;
          expect(() => verdicts(parseEvidence(wire))).not.toThrow();
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throw at whole evidence that is anything', () => {
    fc.assert(
      fc.property(fc.anything(), input => {
        const { findings } = evaluate({
          evidence: parseEvidence(input),
          now: NOW,
        });
        expect(findings.some(({ verdict }) => verdict === 'pass')).toBe(false);
      }),
    );
  });
});

/** Paths to the parts of the values of facts. */
function leaves(node: unknown, path: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) {
    return [path];
  }
  const below = Object.entries(node).flatMap(([key, value]) =>
    leaves(value, [...path, key]),
  );
  // Source, fact and "value" stay; what is below may be anything
  return path.length > 3 ? [path, ...below] : below;
}
