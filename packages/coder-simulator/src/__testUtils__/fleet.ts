import type { TokenSet } from '../deployment/identity';
import { CoderSimulator } from '../CoderSimulator';
import type { BootOptions } from '../deployment/bootConfig';
import { temporaryFolder } from './folders';
import { Answer, Call, send } from './request';

const START = '2026-09-15T08:00:00.000Z';

/** A simulator whose time stands still, and short ways to ask it. */
export class TestFleet {
  readonly simulator: CoderSimulator;
  readonly #time: { now: Date };

  private constructor(simulator: CoderSimulator, time: { now: Date }) {
    this.simulator = simulator;
    this.#time = time;
  }

  static async start(): Promise<TestFleet> {
    const time = { now: new Date(START) };
    const simulator = await CoderSimulator.start({
      dataDirectory: await temporaryFolder(),
      port: 0,
      controlPort: 0,
      clock: () => time.now,
    });
    return new TestFleet(simulator, time);
  }

  /** Boots a deployment and lets it be for a minute. */
  async boot(options: BootOptions): Promise<void> {
    await this.simulator.boot(options);
    this.pass(60_000);
  }

  /** Lets time pass, ms. */
  pass(ms: number): void {
    this.#time.now = new Date(this.#time.now.getTime() + ms);
  }

  get now(): Date {
    return this.#time.now;
  }

  /** Asks `aurora`, or another deployment, as the user with a token. */
  async ask(
    path: string,
    options: Partial<Call> & { as?: keyof TokenSet; name?: string } = {},
  ): Promise<Answer> {
    const { as, name = 'aurora', ...call } = options;
    return send(this.simulator, {
      host: `${name}.coder.localhost`,
      path: `/api/v2${path}`,
      ...(as && { token: this.simulator.tokens(name)[as] }),
      ...call,
    });
  }
}
