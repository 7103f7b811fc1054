import type { Rule } from '../rule';

/**
 * Chapter "Networking".
 *
 * @internal
 */
export const NETWORKING_RULES: readonly Rule[] = [];
