import type { PollResult } from '../store/TrackingStore';
import { ResultWriter } from './ResultWriter';

const result = (name: string): PollResult => ({
  name,
  facts: [],
  verdict: { current: { state: 'healthy', reason: 'All is well' } },
  nextDueAt: new Date('2026-03-01T12:00:00.000Z'),
});

describe('ResultWriter', () => {
  it('writes what comes at the same moment together, 50 at most', async () => {
    const complete = jest.fn(
      async (_: string, results: readonly PollResult[]) =>
        new Set(results.map(({ name }) => name)),
    );
    const writer = new ResultWriter({ store: { complete }, replicaId: 'one' });
    const written = await Promise.all(
      Array.from({ length: 120 }, (_, i) => writer.write(result(`${i}`))),
    );
    expect(written.every(Boolean)).toBe(true);
    expect(complete.mock.calls.map(([, batch]) => batch.length)).toEqual([
      50, 50, 20,
    ]);
    expect(complete.mock.calls[0][0]).toBe('one');
  });

  it('tells whose claim was lost', async () => {
    const complete = async () => new Set(['kept']);
    const writer = new ResultWriter({ store: { complete }, replicaId: 'one' });
    expect(
      await Promise.all([
        writer.write(result('kept')),
        writer.write(result('lost')),
      ]),
    ).toEqual([true, false]);
  });

  it('writes the others when one cannot be written', async () => {
    const complete = async (_: string, results: readonly PollResult[]) => {
      if (results.some(({ name }) => name === 'bad')) {
        throw new Error('It cannot be written');
      }
      return new Set(results.map(({ name }) => name));
    };
    const writer = new ResultWriter({ store: { complete }, replicaId: 'one' });
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
