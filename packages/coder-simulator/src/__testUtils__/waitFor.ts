import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 20;
const LIMIT_MS = 20_000;

/** Waits until something holds. Rejects after a time that no machine needs. */
export async function waitFor(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for: ${what}`);
    }
    await delay(INTERVAL_MS);
  }
}
