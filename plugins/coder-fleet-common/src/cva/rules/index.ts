import type { Rule } from '../rule';
import { COMPUTE_RULES } from './compute';
import { DATABASE_RULES } from './database';
import { OBSERVABILITY_RULES } from './observability';
import { PROVISIONER_RULES } from './provisioners';
import { RELEASE_RULES } from './release';
import { TOPOLOGY_RULES } from './topology';

/**
 * Every rule, chapter by chapter.
 *
 * @public
 */
export const RULES: readonly Rule[] = [
  ...TOPOLOGY_RULES,
  ...COMPUTE_RULES,
  ...PROVISIONER_RULES,
  ...DATABASE_RULES,
  ...OBSERVABILITY_RULES,
  ...RELEASE_RULES,
];
