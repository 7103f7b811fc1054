import { ConfigReader } from '@backstage/config';
import { assertFormConfig, readTrackerConfig } from './config';

const read = (tracker?: object) =>
  readTrackerConfig(
    new ConfigReader(tracker ? { coderFleet: { tracker } } : {}),
  );

describe('readTrackerConfig', () => {
  it('needs nothing', () => {
    expect(read()).toEqual({ cycleMs: 60_000, healthMs: 60_000 });
  });

  it('reads durations', () => {
    expect(read({ cycle: { seconds: 10 }, health: '5m' })).toEqual({
      cycleMs: 10_000,
      healthMs: 300_000,
    });
  });

  it.each([{ cycle: { milliseconds: 999 } }, { health: '0s' }])(
    'refuses %j',
    tracker => {
      expect(() => read(tracker)).toThrow('must be at least 1 second');
    },
  );

  it('names the key of something that is no duration', () => {
    expect(() => read({ cycle: 'soon' })).toThrow('coderFleet.tracker.cycle');
  });
});

describe('assertFormConfig', () => {
  const check = (coderFleet: object) =>
    assertFormConfig(new ConfigReader({ coderFleet } as never));

  it('accepts what the form can offer, and nothing', () => {
    expect(() => check({})).not.toThrow();
    expect(() =>
      check({ places: [{ region: 'eu-west', cluster: 'eu-west-1' }] }),
    ).not.toThrow();
  });

  it('names the key that is wrong', () => {
    expect(() => check({ publish: { hosts: ['gitea'] } })).toThrow(
      'coderFleet.publish.hosts.0: Choose among directory, github',
    );
    expect(() => check({ places: [{ region: 'eu-west' }] })).toThrow(
      'coderFleet.places.0.cluster: A cluster is required',
    );
  });
});
