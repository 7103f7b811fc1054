import type { Rule } from '../rule';

/**
 * Chapter "Storage".
 *
 * @internal
 */
export const STORAGE_RULES: readonly Rule[] = [];
