import type { Rule } from '../rule';
import { COMPUTE_RULES } from './compute';
import { DATABASE_RULES } from './database';
import { NETWORKING_RULES } from './networking';
import { OBSERVABILITY_RULES } from './observability';
import { PROVISIONER_RULES } from './provisioners';
import { READINESS_RULES } from './readiness';
import { RECOVERY_RULES } from './recovery';
import { STORAGE_RULES } from './storage';
import { SUPPORT_RULES } from './support';
import { TEMPLATE_RULES } from './templates';
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
  ...NETWORKING_RULES,
  ...STORAGE_RULES,
  ...DATABASE_RULES,
  ...RECOVERY_RULES,
  ...READINESS_RULES,
  ...TEMPLATE_RULES,
  ...OBSERVABILITY_RULES,
  ...SUPPORT_RULES,
];
