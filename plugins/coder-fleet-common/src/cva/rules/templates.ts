import type { Rule } from '../rule';

/**
 * Chapter "Templates".
 *
 * @internal
 */
export const TEMPLATE_RULES: readonly Rule[] = [];
