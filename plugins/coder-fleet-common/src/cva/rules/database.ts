import { SOURCES } from '../../architecture/source';
import { envVar } from '../helmEvidence';
import { Evidence, Judgement, NO_ARTIFACTS, Rule } from '../rule';

const external: Rule = {
  id: 'CVA-DB-001',
  title: 'The database is external, and its URL stays in a Secret',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Without a connection URL Coder starts a PostgreSQL of its own inside the pod: it cannot be shared by replicas and is lost with the pod. A URL in plain text puts a password into Git.',
  remediation:
    'Set CODER_PG_CONNECTION_URL from a Secret with valueFrom.secretKeyRef.',
  url: SOURCES.cvaDatabase.url,
  judge({ artifacts }: Evidence): Judgement {
    const values = artifacts?.controlPlane;
    if (!values) {
      return NO_ARTIFACTS;
    }
    const variable = envVar(values, 'CODER_PG_CONNECTION_URL');
    if (!variable) {
      return {
        verdict: 'fail',
        message:
          'No connection URL is set: Coder would start its built-in database',
        evidence: ['artifacts: CODER_PG_CONNECTION_URL is not set'],
      };
    }
    if (!('valueFrom' in variable) || !variable.valueFrom?.secretKeyRef?.name) {
      return {
        verdict: 'fail',
        message: 'The connection URL stands in the values in plain text',
        evidence: ['artifacts: CODER_PG_CONNECTION_URL is not from a Secret'],
      };
    }
    const { name, key } = variable.valueFrom.secretKeyRef;
    return {
      verdict: 'pass',
      message: `The connection URL comes from the Secret ${name}`,
      evidence: [`artifacts: secretKeyRef ${name}/${key}`],
    };
  },
};

/**
 * Chapter "Database".
 *
 * @internal
 */
export const DATABASE_RULES: readonly Rule[] = [external];
