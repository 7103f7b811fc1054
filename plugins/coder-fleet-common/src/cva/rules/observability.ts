import { SOURCES } from '../../architecture/source';
import { conclude, expect } from '../conclude';
import { envValue } from '../evidence/artifacts';
import type { Rule } from '../rule';

const prometheus: Rule = {
  id: 'CVA-OBS-001',
  chapter: 'observability',
  title: 'Metrics for Prometheus are on',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Without metrics nobody sees a shortage of replicas, connections or provisioners coming.',
  remediation:
    'Set CODER_PROMETHEUS_ENABLE to "true": only this literal makes the chart open the port.',
  url: SOURCES.cva.url,
  needs: ['artifacts.repository', 'coderApi.serverOptions'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const subject = 'CODER_PROMETHEUS_ENABLE';
    const fact = 'artifacts.repository';
    return conclude(
      [
        ...look.of(fact, ({ controlPlane }) => {
          if (!controlPlane) {
            return [look.unknown(fact, 'the Helm values')];
          }
          const value = envValue(controlPlane, subject);
          return [
            expect(value === 'true', {
              fact,
              subject,
              seen: value ?? 'not set',
              wanted: 'true',
            }),
          ];
        }),
        ...look.running('coderApi.serverOptions', options => {
          const option = options[subject];
          return [
            expect(option?.value === true, {
              fact: 'coderApi.serverOptions',
              subject: `${subject} of the running server`,
              seen: String(option?.value ?? 'not set'),
              wanted: 'true',
            }),
          ];
        }),
      ],
      'Metrics are on',
    );
  },
};

/**
 * Chapter "Observability".
 *
 * @internal
 */
export const OBSERVABILITY_RULES: readonly Rule[] = [prometheus];
