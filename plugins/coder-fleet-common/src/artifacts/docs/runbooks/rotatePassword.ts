import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { CNPG_CLUSTER, CNPG_CLUSTER_LABEL } from '../../kubernetes/database';
import { readSecret, replaceSecret } from '../createSecret';
import { kubectl, numbered, shell, strictly } from '../shell';
import { restartReplicas } from './control';

/**
 * How the database gets another password while Coder runs.
 *
 * @internal
 */
export function rotatePasswordRunbook(
  spec: DeploymentSpec,
  plan: Plan,
): string[] {
  return [
    '### Password of the database',
    ...numbered(
      spec.database.type === 'cloudnative-pg'
        ? operated(spec, plan)
        : external(spec, plan),
    ),
  ];
}

/** PostgreSQL knows one password of a role, so there have to be two roles meanwhile. */
function external({ database }: DeploymentSpec, plan: Plan): string[][] {
  const secret = { ...plan.controlPlane, ...database.connectionSecret };
  const { name, key } = secret;
  const file = `./${key}`;
  const psql = 'psql --host DATABASE_HOST --username ADMINISTRATOR';
  return [
    [
      'Let a second role log in. `NEW_ROLE` is one that is not there yet, such as `coder_b`, and the next time `coder_c`:',
      strictly(
        "openssl rand -hex 24 | tr -d '\\n' > ./database-password",
        `${psql} --dbname postgres --variable role=NEW_ROLE --variable password="$(cat ./database-password)" --file database/second-role.sql`,
      ),
    ],
    [
      `Put the new role and its password into \`${name}\`; the rest of the URL stays. Where a store holds it, change it there:`,
      strictly(
        ...readSecret(
          secret,
          file,
          'sed -E "s#//[^@]*@#//NEW_ROLE:$(cat ./database-password)@#"',
        ),
        `CODER_PG_CONNECTION_URL="$(cat ${file})" sh database/check.sh`,
        replaceSecret({ ...secret, keys: [key] }),
        `rm ${file} ./database-password`,
      ),
    ],
    restart(plan),
    [
      'Only when that has ended: shut out the old role. The first time it is `coder`, which owns everything: it stays, and logs in no more.',
      shell(`${psql} --dbname postgres --command 'ALTER ROLE coder NOLOGIN'`),
      'From the second time on, `OLD_ROLE` is the one that the rotation before made:',
      shell(`${psql} --dbname postgres --command 'DROP ROLE OLD_ROLE'`),
    ],
  ];
}

/** CloudNativePG gives the role the password of its Secret whenever a primary starts: both have to be the same. */
function operated({ database }: DeploymentSpec, plan: Plan): string[][] {
  const secret = { ...plan.controlPlane, ...database.connectionSecret };
  const home = kubectl(secret);
  const { name, key } = secret;
  return [
    [
      `Change it in the Secret of the operator, and at the role. Its keys \`password\` and \`${key}\` are what is read; replicas keep the connections that they have:`,
      strictly(
        'PASSWORD=$(openssl rand -hex 24)',
        ...readSecret(
          secret,
          './url',
          'sed "s#//coder:[^@]*@#//coder:$PASSWORD@#"',
        ),
        `printf '{"stringData":{"password":"%s","${key}":"%s"}}' "$PASSWORD" "$(cat ./url)" | ${home} patch secret ${name} --patch-file /dev/stdin`,
        `PRIMARY=$(${home} get pods --selector ${CNPG_CLUSTER_LABEL}=${CNPG_CLUSTER},cnpg.io/instanceRole=primary --output name)`,
        `printf "ALTER ROLE coder PASSWORD '%s'" "$PASSWORD" | ${home} exec --stdin "$PRIMARY" --container postgres -- psql --set ON_ERROR_STOP=1`,
        'rm ./url',
      ),
      'When it breaks off in between, do it again: each run makes both the same.',
    ],
    restart(plan),
  ];
}

function restart(plan: Plan): string[] {
  return [
    'Restart the replicas one by one, and see that backups have it as well:',
    shell(...restartReplicas(plan.controlPlane), 'make backup-now'),
  ];
}
