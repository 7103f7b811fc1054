/**
 * Tells the time. All code that needs "now" takes one, so that tests and the demo can fix it.
 *
 * @public
 */
export type Clock = () => Date;

/**
 * The machine's own clock.
 *
 * @public
 */
export const systemClock: Clock = () => new Date();
