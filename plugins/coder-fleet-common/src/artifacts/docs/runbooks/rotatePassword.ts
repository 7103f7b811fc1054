import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { CNPG_CLUSTER, CNPG_CLUSTER_LABEL } from '../../kubernetes/database';
import { kubectl, numbered, shell } from '../shell';
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
  const home = kubectl(plan.controlPlane);
  const { name, key } = database.connectionSecret;
  return [
    [
      'Let a second role log in. `NEW_ROLE` is one that is not there yet, such as `coder_b`, and the next time `coder_c`:',
      shell(
        "openssl rand -hex 24 | tr -d '\\n' > ./database-password",
        'psql --host DATABASE_HOST --username ADMINISTRATOR --dbname postgres --variable role=NEW_ROLE --variable password="$(cat ./database-password)" --file database/second-role.sql',
      ),
    ],
    [
      `Put the new role and its password into \`${name}\`; the rest of the URL stays. Where a store holds it, change it there:`,
      shell(
        `${home} get secret ${name} --output jsonpath='{.data.${key}}' | base64 --decode | sed -E "s#//[^@]*@#//NEW_ROLE:$(cat ./database-password)@#" > ./${key}`,
        `CODER_PG_CONNECTION_URL="$(cat ./${key})" sh database/check.sh`,
        `${home} create secret generic ${name} --from-file=${key}=./${key} --dry-run=client --output yaml | ${home} apply --server-side --force-conflicts --filename -`,
        `rm ./${key} ./database-password`,
      ),
    ],
    restart(plan),
    [
      'Only when that has ended: shut out the old role. The role `coder` owns everything, so it stays and logs in no more; one that a rotation made goes:',
      shell(
        `psql --host DATABASE_HOST --username ADMINISTRATOR --dbname postgres --command 'ALTER ROLE coder NOLOGIN'`,
        `psql --host DATABASE_HOST --username ADMINISTRATOR --dbname postgres --command 'DROP ROLE IF EXISTS OLD_ROLE'`,
      ),
    ],
  ];
}

/** CloudNativePG gives the role the password of its Secret whenever a primary starts: both have to be the same. */
function operated({ database }: DeploymentSpec, plan: Plan): string[][] {
  const home = kubectl(plan.controlPlane);
  const { name, key } = database.connectionSecret;
  return [
    [
      `Change it in the Secret of the operator, and at the role. Its keys \`password\` and \`${key}\` are what is read; replicas keep the connections that they have:`,
      shell(
        'PASSWORD=$(openssl rand -hex 24)',
        `URL=$(${home} get secret ${name} --output jsonpath='{.data.${key}}' | base64 --decode | sed "s#//coder:[^@]*@#//coder:$PASSWORD@#")`,
        `printf '{"stringData":{"password":"%s","${key}":"%s"}}' "$PASSWORD" "$URL" | ${home} patch secret ${name} --patch-file /dev/stdin`,
        `PRIMARY=$(${home} get pods --selector ${CNPG_CLUSTER_LABEL}=${CNPG_CLUSTER},cnpg.io/instanceRole=primary --output name)`,
        `printf "ALTER ROLE coder PASSWORD '%s'" "$PASSWORD" | ${home} exec --stdin "$PRIMARY" --container postgres -- psql --set ON_ERROR_STOP=1`,
      ),
    ],
    restart(plan),
  ];
}

function restart(plan: Plan): string[] {
  return [
    'Restart the replicas one by one, and see that backups have it as well:',
    shell(...restartReplicas(plan), 'make backup-now'),
  ];
}
