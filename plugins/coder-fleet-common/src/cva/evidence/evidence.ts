import type { Fact } from '../../tracking/fact';
import { ArtifactsEvidence, artifactsShapes } from './artifacts';
import { AttestationsEvidence, attestationsShapes } from './attestations';
import { BackupsEvidence, backupsShapes } from './backups';
import { CoderApiEvidence, coderApiShapes } from './coderApi';
import { parseFact, Shape } from './fact';
import { GitEvidence, gitShapes } from './git';
import { KubernetesEvidence, kubernetesShapes } from './kubernetes';
import { PostgresEvidence, postgresShapes } from './postgres';
import { PrometheusEvidence, prometheusShapes } from './prometheus';
import { parseSpec, SpecEvidence } from './spec';
import { TemplatesEvidence, templatesShapes } from './templates';

/**
 * Values of every fact that rules may look at, by source.
 *
 * @public
 */
export type EvidenceValues = {
  spec: SpecEvidence;
  artifacts: ArtifactsEvidence;
  coderApi: CoderApiEvidence;
  kubernetes: KubernetesEvidence;
  postgres: PostgresEvidence;
  prometheus: PrometheusEvidence;
  git: GitEvidence;
  backups: BackupsEvidence;
  templates: TemplatesEvidence;
  attestations: AttestationsEvidence;
};

/**
 * Where evidence comes from.
 *
 * @public
 */
export type EvidenceSource = keyof EvidenceValues;

/**
 * A fact by source and key, for example `coderApi.replicas`.
 *
 * @public
 */
export type FactPath = {
  [S in EvidenceSource]: `${S}.${Extract<keyof EvidenceValues[S], string>}`;
}[EvidenceSource];

/**
 * What rules judge: facts with age and status, by source. A source that is absent was not looked at
 * at all; a fact that is absent was not tried yet.
 *
 * @public
 */
export type Evidence = {
  [S in EvidenceSource]?: {
    [K in keyof EvidenceValues[S]]?: Fact<EvidenceValues[S][K]>;
  };
};

/**
 * What brings the facts of a source, in words: said when one is missing.
 *
 * @public
 */
export const EVIDENCE_SUPPLIERS: Readonly<Record<EvidenceSource, string>> = {
  spec: "the deployment's coder-deployment.yaml",
  artifacts: "the files of the deployment's repository",
  coderApi: "a token for the deployment's origin in coderFleet.credentials",
  kubernetes: "access to the clusters through the portal's Kubernetes plugin",
  postgres: "a collector of the database's figures",
  prometheus: "a collector that asks the deployment's Prometheus",
  git: "the deployment's repository",
  backups: 'backup reports from the engine that makes the backups',
  templates: "a token with the role Template Admin for the deployment's origin",
  attestations: 'a statement by someone who knows, on the CVA tab',
};

type Shapes = {
  [S in Exclude<EvidenceSource, 'spec'>]: {
    [K in keyof EvidenceValues[S]]: Shape<EvidenceValues[S][K]>;
  };
};

const SHAPES: Shapes = {
  artifacts: artifactsShapes,
  coderApi: coderApiShapes,
  kubernetes: kubernetesShapes,
  postgres: postgresShapes,
  prometheus: prometheusShapes,
  git: gitShapes,
  backups: backupsShapes,
  templates: templatesShapes,
  attestations: attestationsShapes,
};

/**
 * Reads evidence of unknown origin: stored, sent, or made by somebody else's collector. Never throws.
 * A fact without the form of its source gets the status `error`; sources and facts that are not known
 * here are left out.
 *
 * @public
 */
export function parseEvidence(input: unknown): Evidence {
  const raw = record(input);
  const evidence: Record<string, unknown> = {};
  if (raw.spec !== undefined && raw.spec !== null) {
    evidence.spec = parseSpec(record(raw.spec));
  }
  for (const [source, shapes] of Object.entries(SHAPES)) {
    if (raw[source] !== undefined && raw[source] !== null) {
      evidence[source] = parseSource(record(raw[source]), shapes);
    }
  }
  return evidence as Evidence;
}

function parseSource(
  facts: Record<string, unknown>,
  shapes: Record<string, Shape<unknown>>,
): Record<string, Fact<unknown>> {
  const parsed: Record<string, Fact<unknown>> = {};
  for (const [key, shape] of Object.entries(shapes)) {
    const fact = parseFact(facts[key], shape);
    if (fact) {
      parsed[key] = fact;
    }
  }
  return parsed;
}

function record(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null
    ? (input as Record<string, unknown>)
    : {};
}
