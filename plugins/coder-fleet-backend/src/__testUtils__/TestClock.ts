import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/** A clock that stands still until it is told to go on. */
export class TestClock {
  #now = new Date('2026-03-01T12:00:00.000Z').getTime();

  readonly clock: Clock = () => new Date(this.#now);

  advance(ms: number): Date {
    this.#now += ms;
    return this.clock();
  }

  get now(): Date {
    return this.clock();
  }
}
