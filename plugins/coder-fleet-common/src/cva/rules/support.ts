import type { Rule } from '../rule';

/**
 * Chapter "Support".
 *
 * @internal
 */
export const SUPPORT_RULES: readonly Rule[] = [];
