export { repositoryEvidence } from './artifacts';
export type {
  ArtifactsEvidence,
  ManifestEvidence,
  RepositoryEvidence,
} from './artifacts';
export { STATEMENTS } from './attestations';
export type {
  AttestationEvidence,
  AttestationsEvidence,
  StatementId,
} from './attestations';
export { toBackupEvidence, toDrillEvidence } from './backups';
export type { BackupEvidence, BackupsEvidence, DrillEvidence } from './backups';
export type {
  CoderApiEvidence,
  DaemonEvidence,
  LicenseEvidence,
  ProxyEvidence,
  ServerOptionEvidence,
  VersionEvidence,
} from './coderApi';
export { EVIDENCE_SUPPLIERS, parseEvidence } from './evidence';
export type {
  Evidence,
  EvidenceSource,
  EvidenceValues,
  FactPath,
} from './evidence';
export { knownFact } from './fact';
export type { GitEvidence, PipelineEvidence } from './git';
export type {
  HelmReleaseEvidence,
  KubernetesEvidence,
  NodeGroupEvidence,
  NodeUsageEvidence,
  PodEvidence,
  StorageClassEvidence,
  WorkloadRole,
} from './kubernetes';
export type { PostgresEvidence, PostgresServerEvidence } from './postgres';
export type {
  AlertRuleEvidence,
  PrometheusEvidence,
  ScrapeTargetEvidence,
} from './prometheus';
export type { SpecEvidence } from './spec';
export type {
  AdministratorEvidence,
  LintEvidence,
  TemplateEvidence,
  TemplatesEvidence,
} from './templates';
