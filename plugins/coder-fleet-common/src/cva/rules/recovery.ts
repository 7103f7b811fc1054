import type { Rule } from '../rule';

/**
 * Chapter "Recovery".
 *
 * @internal
 */
export const RECOVERY_RULES: readonly Rule[] = [];
