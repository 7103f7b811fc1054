import { SOURCES } from '../../architecture/source';
import { envValue } from '../helmEvidence';
import { Evidence, Judgement, NO_ARTIFACTS, Rule } from '../rule';

const prometheus: Rule = {
  id: 'CVA-OBS-001',
  title: 'Metrics for Prometheus are on',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Without metrics nobody sees a shortage of replicas, connections or provisioners coming.',
  remediation:
    'Set CODER_PROMETHEUS_ENABLE to "true": only this literal makes the chart open the port.',
  url: SOURCES.cva.url,
  judge({ artifacts }: Evidence): Judgement {
    const values = artifacts?.controlPlane;
    if (!values) {
      return NO_ARTIFACTS;
    }
    const value = envValue(values, 'CODER_PROMETHEUS_ENABLE');
    const evidence = [
      `artifacts: CODER_PROMETHEUS_ENABLE is ${value ?? 'not set'}`,
    ];
    return value === 'true'
      ? { verdict: 'pass', message: 'Metrics are on', evidence }
      : { verdict: 'fail', message: 'Metrics are off', evidence };
  },
};

/**
 * Chapter "Observability".
 *
 * @internal
 */
export const OBSERVABILITY_RULES: readonly Rule[] = [prometheus];
