import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT, load } from './testing.mjs';

const { OpenApi } = load('OpenApi');
const { Deviations } = load('Deviations');
const { Report } = load('Report');
const { checkParser } = load('parserChecks');

const OPERATION = 'GET /api/v2/things';
const NOTHING_KNOWN = {
  fields: [],
  operations: [],
  essentials: [],
  unsent: [],
};

const regionOf = relay => relay?.RegionID ?? relay?.regionID;
const good = things =>
  things.map(thing => ({
    id: thing.id,
    status: thing.status ?? undefined,
    region: regionOf(thing.relay),
  }));

const READ = ['Thing.id', 'Thing.status', 'Thing.relay', 'Relay.RegionID'];

/** The table of a parser, in which failures are lines. */
async function check(parse, { known = {}, sent = READ } = {}) {
  const report = new Report();
  const deviations = new Deviations({ ...NOTHING_KNOWN, ...known });
  await checkParser(
    {
      api: OpenApi.of(DOCUMENT),
      deviations,
      report,
      sent: new Map([[OPERATION, new Set([...sent, 'Thing.status', '[]'])]]),
    },
    {
      method: 'things',
      operation: OPERATION,
      read: async answer => {
        try {
          return { status: 'ok', value: parse(answer) };
        } catch (error) {
          return { status: 'error', message: error.message };
        }
      },
    },
  );
  const failures = report
    .toString()
    .split('\n')
    .filter(line => line.startsWith('FAILED'));
  return { failures, report, deviations };
}

test('a tolerant parser passes', async () => {
  const { failures, report } = await check(good);
  assert.deepEqual(failures, []);
  assert.ok(report.passed > 20);
});

test('a parser that throws for an absent field fails, unless the field is essential', async () => {
  const parse = things =>
    good(things).map(thing => {
      if (thing.region === undefined) {
        throw new Error('no region');
      }
      return thing;
    });
  const { failures } = await check(parse);
  assert.match(
    failures.join('\n'),
    /absent Relay\.RegionID is error: no region/,
  );
  const essentials = ['Relay.RegionID', 'Thing.relay'].map(at => ({
    at,
    reason: 'nothing without it',
  }));
  const { failures: none, deviations } = await check(parse, {
    known: { essentials },
  });
  assert.deepEqual(none, []);
  assert.ok(deviations.entries().every(({ used }) => used));
});

test('a parser that loses what it was told fails', async () => {
  const { failures } = await check(things =>
    good(things).filter(thing => thing.region !== undefined),
  );
  assert.match(failures.join('\n'), /absent Relay\.RegionID changes .*\.id/);
});

test('a parser that does not pass unknown values fails', async () => {
  const { failures } = await check(things =>
    good(things).map(thing => ({
      ...thing,
      status: ['idle', 'busy'].includes(thing.status)
        ? thing.status
        : undefined,
    })),
  );
  assert.match(
    failures.join('\n'),
    /unknown value of Thing\.status does not pass/,
  );
});

test('a parser that shows unknown fields, or chokes on them, fails', async () => {
  const { failures } = await check(things => [...things]);
  assert.match(failures.join('\n'), /unknown field Thing.* changes .*future/);
});

test('a parser that knows one spelling only fails', async () => {
  const { failures } = await check(things =>
    things.map(({ id, status, relay }) => ({
      ...{ id, status: status ?? undefined },
      region: relay?.RegionID,
    })),
  );
  assert.match(failures.join('\n'), /keys as documented give another result/);
});

test('a field that is read and that the simulator never sends fails, unless it is known', async () => {
  const sent = READ.filter(place => place !== 'Relay.RegionID');
  const { failures } = await check(good, { sent });
  assert.match(
    failures.join('\n'),
    /reads Relay\.RegionID, which the simulator never/,
  );
  const unsent = [{ at: 'Relay.RegionID', reason: 'not simulated' }];
  assert.deepEqual(
    (await check(good, { sent, known: { unsent } })).failures,
    [],
  );
});
