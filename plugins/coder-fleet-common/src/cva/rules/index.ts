import type { Rule } from '../rule';
import { BACKUP_JOB_RULES } from './backupJobs';
import { BUDGET_RULES } from './budgets';
import { COMPUTE_RULES } from './compute';
import { DATABASE_RULES } from './database';
import { DATABASE_CLUSTER_RULES } from './databaseCluster';
import { DECLARED_ALERT_RULES } from './declaredAlerts';
import { EXPOSURE_RULES } from './exposure';
import { NAMESPACE_RULES } from './namespaces';
import { NETWORKING_RULES } from './networking';
import { OBSERVABILITY_RULES } from './observability';
import { PART_FLOW_RULES } from './partFlows';
import { PROVISIONER_RULES } from './provisioners';
import { READINESS_RULES } from './readiness';
import { RECOVERY_RULES } from './recovery';
import { REPOSITORY_SECRET_RULES } from './repositorySecrets';
import { RIGHTS_RULES } from './rights';
import { STORAGE_RULES } from './storage';
import { SUPPORT_RULES } from './support';
import { TEMPLATE_RULES } from './templates';
import { TOPOLOGY_RULES } from './topology';
import { WORKSPACE_REACH_RULES } from './workspaceReach';

/**
 * Every rule, chapter by chapter.
 *
 * @public
 */
export const RULES: readonly Rule[] = [
  ...TOPOLOGY_RULES,
  ...BUDGET_RULES,
  ...COMPUTE_RULES,
  ...NAMESPACE_RULES,
  ...PROVISIONER_RULES,
  ...RIGHTS_RULES,
  ...NETWORKING_RULES,
  ...EXPOSURE_RULES,
  ...PART_FLOW_RULES,
  ...WORKSPACE_REACH_RULES,
  ...STORAGE_RULES,
  ...DATABASE_RULES,
  ...DATABASE_CLUSTER_RULES,
  ...RECOVERY_RULES,
  ...BACKUP_JOB_RULES,
  ...READINESS_RULES,
  ...REPOSITORY_SECRET_RULES,
  ...TEMPLATE_RULES,
  ...OBSERVABILITY_RULES,
  ...DECLARED_ALERT_RULES,
  ...SUPPORT_RULES,
];
