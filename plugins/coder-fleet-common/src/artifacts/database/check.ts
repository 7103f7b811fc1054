import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import type { Artifact } from '../artifact';

/** Source: CVA, database; Coder docs, external database. */
const CHECK = `#!/bin/sh
# Looks whether a PostgreSQL can carry this deployment: version, encoding, connections, latency, and the
# rights of Coder's role. Needs psql, and the URL in CODER_PG_CONNECTION_URL. Changes nothing.
set -eu
: "\${CODER_PG_CONNECTION_URL:?put the connection URL into this variable}"
wanted_version=@VERSION@
wanted_connections=@MAX_CONNECTIONS@
max_latency_ms=10
failed=0

ask() {
  psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --dbname "$CODER_PG_CONNECTION_URL" --command "$1"
}

# check NAME SEEN WANTED TEST...: says what was seen, and whether it will do.
check() {
  name=$1 seen=$2 wanted=$3
  shift 3
  if "$@"; then
    echo "ok      $name: $seen"
  else
    echo "FAILED  $name: $seen, wanted $wanted"
    failed=1
  fi
}

version=$(ask "SELECT current_setting('server_version_num')::int / 10000")
check 'major version' "$version" "$wanted_version" [ "$version" -eq "$wanted_version" ]

connections=$(ask "SELECT current_setting('max_connections')")
check 'max_connections' "$connections" "$wanted_connections or more" [ "$connections" -ge "$wanted_connections" ]

encoding=$(ask "SELECT current_setting('server_encoding')")
check 'encoding' "$encoding" UTF8 [ "$encoding" = UTF8 ]

creates=$(ask "SELECT has_schema_privilege(current_schema(), 'CREATE')")
check 'may create tables' "$creates" 't (database/grants.sql)' [ "$creates" = t ]

# The fastest of ten answers of one session: the rest is the machine that asks
latency=$(psql --no-psqlrc --quiet --dbname "$CODER_PG_CONNECTION_URL" <<'SQL' | sed -n -E 's/^Time: ([0-9]+)[.,].*/\\1/p' | sort -n | head -n 1
\\timing on
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SELECT 1;
SQL
)
check 'latency from here' "$latency ms" "less than $max_latency_ms ms, from where the control plane runs" [ "\${latency:-999}" -lt "$max_latency_ms" ]

exit "$failed"
`;

const GRANTS = `-- A role and a database of Coder's own. As an administrator of the server, who need not be a superuser:
--   psql --host HOST --username ADMINISTRATOR --dbname postgres --variable password="$(cat ./password)" --file database/grants.sql
\\set ON_ERROR_STOP on
CREATE ROLE coder LOGIN PASSWORD :'password';
-- Who gives a database to a role has to be a member of it, for as long as that takes
GRANT coder TO CURRENT_USER;
CREATE DATABASE coder OWNER coder ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE coder FROM PUBLIC;
REVOKE coder FROM CURRENT_USER;
`;

const SECOND_ROLE = `-- Another role that logs in as Coder, to change a password without an end of service. All that it makes belongs to
-- the role coder, as all else does. As an administrator of the server:
--   psql --host HOST --username ADMINISTRATOR --dbname postgres --variable role=coder_b --variable password="$(cat ./database-password)" --file database/second-role.sql
\\set ON_ERROR_STOP on
-- PostgreSQL would say that the administrator may not become coder; the new role may
SET client_min_messages TO warning;
CREATE ROLE :"role" LOGIN PASSWORD :'password' IN ROLE coder;
ALTER ROLE :"role" SET role = 'coder';
`;

/**
 * `database/check.sh`, `database/grants.sql` and `database/second-role.sql`, for a database that is not made here:
 * whether it can carry this deployment, what Coder's role may do, and how it gets another password. The script takes
 * figures from its own head only.
 *
 * @internal
 */
export function databaseCheck(
  { spec }: CoderDeployment,
  plan: Plan,
): Artifact[] {
  if (spec.database.type === 'cloudnative-pg') {
    return [];
  }
  const { maxConnections } = plan.database;
  return [
    {
      path: 'database/check.sh',
      content: CHECK.replace(
        '@VERSION@',
        String(spec.database.version),
      ).replace('@MAX_CONNECTIONS@', String(maxConnections.value)),
    },
    { path: 'database/grants.sql', content: GRANTS },
    { path: 'database/second-role.sql', content: SECOND_ROLE },
  ];
}
