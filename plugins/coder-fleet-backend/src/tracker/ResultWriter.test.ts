import type { PollResult } from '../store/TrackingStore';
import { ResultWriter } from './ResultWriter';

const result = (name: string): PollResult => ({
  name,
  claim: 'one/1',
  facts: [],
  verdict: { current: { state: 'healthy', reason: 'All is well' } },
  nextDueAt: new Date('2026-03-01T12:00:00.000Z'),
});

describe('ResultWriter', () => {
  it('writes what comes at the same moment together, 50 at most', async () => {
    const complete = jest.fn(
      async (results: readonly PollResult[]) => new Set(results),
    );
    const writer = new ResultWriter({ store: { complete } });
    const written = await Promise.all(
      Array.from({ length: 120 }, (_, i) => writer.write(result(`${i}`))),
    );
    expect(written.every(Boolean)).toBe(true);
    expect(complete.mock.calls.map(([batch]) => batch.length)).toEqual([
      50, 50, 20,
    ]);
  });

  it('tells whose claim was lost', async () => {
    const complete = async (results: readonly PollResult[]) =>
      new Set(results.filter(({ claim }) => claim === 'one/2'));
    const writer = new ResultWriter({ store: { complete } });
    expect(
      await Promise.all([
        writer.write({ ...result('alpha'), claim: 'one/1' }),
        writer.write({ ...result('alpha'), claim: 'one/2' }),
      ]),
    ).toEqual([false, true]);
  });

  it('writes the others when one cannot be written', async () => {
    const complete = async (results: readonly PollResult[]) => {
      if (results.some(({ name }) => name === 'bad')) {
        throw new Error('It cannot be written');
      }
      return new Set(results);
    };
    const writer = new ResultWriter({ store: { complete } });
    const outcomes = await Promise.allSettled(
      ['a', 'bad', 'b'].map(name => writer.write(result(name))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
