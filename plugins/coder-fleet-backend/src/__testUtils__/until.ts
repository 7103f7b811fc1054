import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; fails with `what` when it does not come. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) {
      return;
    }
    await sleep(25);
  }
  throw new Error(`It never came true that ${what}`);
}
