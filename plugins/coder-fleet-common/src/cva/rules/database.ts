import { SOURCES } from '../../architecture/source';
import type { EnvVar } from '../../artifacts/helm/values';
import { conclude, expect } from '../conclude';
import { envVariable } from '../evidence/artifacts';
import type { Rule } from '../rule';

function describeVariable(variable: EnvVar | undefined): string {
  if (!variable) {
    return 'not set: Coder would start its built-in database';
  }
  if (!('valueFrom' in variable)) {
    return 'a value in plain text';
  }
  const { name, key } = variable.valueFrom.secretKeyRef;
  return `from the Secret ${name}, key ${key}`;
}

const external: Rule = {
  id: 'CVA-DB-001',
  chapter: 'database',
  title: 'The database is external, and its URL stays in a Secret',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Without a connection URL Coder starts a PostgreSQL of its own inside the pod: it cannot be shared by replicas and is lost with the pod. A URL in plain text puts a password into Git.',
  remediation:
    'Set CODER_PG_CONNECTION_URL from a Secret with valueFrom.secretKeyRef.',
  url: SOURCES.cvaDatabase.url,
  needs: ['artifacts.repository', 'postgres.server'],
  verdicts: ['pass', 'fail', 'unknown'],
  unwaivable: true,
  judge(look) {
    const subject = 'CODER_PG_CONNECTION_URL';
    const fact = 'artifacts.repository';
    return conclude(
      [
        ...look.of(fact, ({ controlPlane }) => {
          if (!controlPlane) {
            return [look.unknown(fact, 'the Helm values')];
          }
          const variable = envVariable(controlPlane, subject);
          const secret =
            variable && 'valueFrom' in variable
              ? variable.valueFrom.secretKeyRef
              : undefined;
          return [
            expect(Boolean(secret?.name), {
              fact,
              subject,
              seen: describeVariable(variable),
              wanted: 'from a Secret',
            }),
          ];
        }),
        ...look.running('postgres.server', ({ location }) => [
          expect(location !== 'built-in', {
            fact: 'postgres.server',
            subject: 'the database in use',
            seen: location,
            wanted: 'external',
          }),
        ]),
      ],
      'The database is external, its URL comes from a Secret',
    );
  },
};

/**
 * Chapter "Database".
 *
 * @internal
 */
export const DATABASE_RULES: readonly Rule[] = [external];
