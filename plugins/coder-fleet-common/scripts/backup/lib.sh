# shellcheck shell=bash
# What backup.sh, restore.sh, verify.sh and drill.sh share. They source this file.
#
# Settings, all from the environment:
#   DEPLOYMENT                   name of the deployment
#   BACKUP_DESTINATION           an absolute path (a volume), or an rclone remote: remote:bucket/prefix
#   WORK_DIR                     where dumps lie meanwhile; a new temporary folder when it is not set
#   REPORT_URL, REPORT_TOKEN_FILE  where the outcome is told, and the token for it; both or neither
#
# At the destination each run has a folder of its own, a "set":
#   <destination>/<deployment>/<run>/coder.dump      pg_dump, custom format
#   <destination>/<deployment>/<run>/manifest.json   what the dump holds, a line each
#   <destination>/<deployment>/<run>/SHA256SUMS      of the two; written last: without it a set is not complete
#
# Nothing here needs more than bash, coreutils, the client of PostgreSQL, and curl to report.
set -euo pipefail
umask 077
export LC_ALL=C

# Names of sets that are ours; anything else at the destination is left alone.
RUN_PATTERN='^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}$'

# Tables whose rows are counted, in a backup and again after a restore.
KEY_TABLES=(
  users organizations organization_members user_links api_keys gitsshkeys licenses
  templates template_versions files workspaces workspace_builds workspace_agents
  provisioner_jobs provisioner_keys workspace_proxies dbcrypt_keys
)

FAILURE=''
CHILD=''
STEP='starting'

log() {
  printf '%s %s\n' "$(now)" "$*" >&2
}

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

# fail MESSAGE: ends the script; the exit trap reports the message.
fail() {
  FAILURE=$1
  exit 1
}

# step NAME: what is done from here on, for the log and for the report of a failure.
step() {
  STEP=$1
  log "$STEP"
}

require() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || fail "The setting $name is missing"
  done
}

require_commands() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || fail "The program $name is missing: use the image that kubernetes/backup/Containerfile describes"
  done
}

# run COMMAND...: waits in a way that a signal interrupts; keeps what the command says of its errors.
run() {
  local status=0
  "$@" 2>"$NOTES_DIR/stderr" &
  CHILD=$!
  wait "$CHILD" || status=$?
  CHILD=''
  if [ -s "$NOTES_DIR/stderr" ]; then
    redact <"$NOTES_DIR/stderr" >&2
  fi
  return "$status"
}

# The last lines that a command said before it failed.
last_words() {
  if [ -s "${NOTES_DIR:-}/stderr" ]; then
    tail -n 3 "$NOTES_DIR/stderr" | redact | tr '\n' ' '
  fi
}

# No password leaves in a log or a report.
redact() {
  local text
  text=$(cat)
  if [ -n "${PGPASSWORD:-}" ]; then
    text=${text//"$PGPASSWORD"/***}
  fi
  printf '%s\n' "$text"
}

# begin: the folder for the work, and the traps. `finish STATUS` is the script's own.
# shellcheck disable=SC2034 # the scripts read what is set here
begin() {
  RUN_ID="$(date -u +%Y%m%dT%H%M%SZ)-$(od -An -N3 -tx1 /dev/urandom | tr -d ' \n')"
  STARTED_AT=$(now)
  STARTED_SECONDS=$SECONDS
  # Apart from the dumps: a full disk has to be told too
  NOTES_DIR=$(mktemp -d)
  : >"$NOTES_DIR/stderr"
  trap 'stopped SIGTERM' TERM
  trap 'stopped SIGINT' INT
  trap 'ended $?' EXIT
  require DEPLOYMENT
  if [ -n "${WORK_DIR:-}" ]; then
    mkdir -p "$WORK_DIR"
    WORK_DIR=$(mktemp -d "$WORK_DIR/run.XXXXXX")
  else
    WORK_DIR=$(mktemp -d)
  fi
  WORKING=true
}

stopped() {
  if [ -n "$CHILD" ]; then
    kill "$CHILD" 2>/dev/null || true
  fi
  fail "Stopped by $1 while $STEP"
}

ended() {
  local status=$1
  trap - EXIT TERM INT
  set +e
  if [ "$status" -ne 0 ] && [ -z "$FAILURE" ]; then
    FAILURE="Failed while $STEP: $(last_words)"
  fi
  if [ -n "$FAILURE" ]; then
    log "FAILED: $FAILURE"
  fi
  finish "$status"
  rm -rf "$NOTES_DIR"
  if [ "${WORKING:-false}" = true ]; then
    rm -rf "$WORK_DIR"
  fi
  exit "$status"
}

# --- The database ---------------------------------------------------------------------------------

# use_database URL: takes the password out of the URL, as arguments are seen by every process of the
# machine, and what only Coder's driver knows (search_path). Sets CONNECTION, PGPASSWORD, PGOPTIONS.
use_database() {
  local url rest authority
  # A file that an editor wrote ends with a newline
  url=$(printf '%s' "$1" | tr -d '\r\n')
  case $url in
    postgres://* | postgresql://*) ;;
    *) fail 'The connection URL must begin with postgres:// or postgresql://' ;;
  esac
  rest=${url#*://}
  authority=${rest%%[/?]*}
  rest=${rest#"$authority"}
  unset PGPASSWORD PGOPTIONS
  if [[ $authority == *@* ]]; then
    local credentials=${authority%@*} host=${authority##*@}
    if [[ $credentials == *:* ]]; then
      PGPASSWORD=$(percent_decode "${credentials#*:}")
      export PGPASSWORD
    fi
    authority="${credentials%%:*}@$host"
  fi
  local query=''
  if [[ $rest == *\?* ]]; then
    query=${rest#*\?}
    rest=${rest%%\?*}
  fi
  local kept='' pair
  local -a pairs=()
  IFS='&' read -r -a pairs <<<"$query"
  for pair in "${pairs[@]}"; do
    case $pair in
      search_path=*)
        PGOPTIONS="-c search_path=$(percent_decode "${pair#*=}")"
        export PGOPTIONS
        ;;
      '') ;;
      *) kept+="${kept:+&}$pair" ;;
    esac
  done
  CONNECTION="postgresql://$authority${rest:-/}${kept:+?$kept}"
  export PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
}

percent_decode() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

# query SQL: prints the answer, one line a row.
query() {
  psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 \
    --dbname "$CONNECTION" --command "$1" 2>"$NOTES_DIR/stderr"
}

server_major() {
  query "SELECT current_setting('server_version_num')::int / 10000"
}

# client_major PROGRAM: 15 for "pg_dump (PostgreSQL) 15.8 (Debian ...)".
client_major() {
  "$1" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/'
}

# require_same_major PROGRAM: an older client cannot read a newer server; a newer one writes dumps that
# the server may not be able to restore.
require_same_major() {
  local client server
  client=$(client_major "$1")
  server=$(server_major) || fail "The database does not answer: $(last_words)"
  [ "$client" = "$server" ] ||
    fail "$1 is of PostgreSQL $client and the server of $server: use an image of PostgreSQL $server"
}

# make_counts_query: sets COUNTS_QUERY, which gives the rows of those key tables that are there, as one
# line of JSON.
make_counts_query() {
  local table tables='' parts=''
  printf -v tables "'%s'," "${KEY_TABLES[@]}"
  tables=$(query "SELECT t FROM unnest(ARRAY[${tables%,}]) t WHERE to_regclass(t) IS NOT NULL ORDER BY t") ||
    fail "The tables cannot be listed: $(last_words)"
  for table in $tables; do
    parts+="${parts:+ UNION ALL }SELECT '$table' AS t, count(*) AS c FROM \"$table\""
  done
  [ -n "$parts" ] || fail 'The database holds none of the tables of Coder: is it the right one?'
  COUNTS_QUERY="SELECT replace(json_object_agg(t, c ORDER BY t)::text, ' ', '') FROM ($parts) counts"
}

SCHEMA_QUERY="SELECT version || ' ' || dirty FROM schema_migrations"

# --- The destination ------------------------------------------------------------------------------

is_path() {
  [[ $BACKUP_DESTINATION == /* ]]
}

store_root() {
  printf '%s/%s' "${BACKUP_DESTINATION%/}" "$DEPLOYMENT"
}

# require_destination: a wrong destination is told before an hour of dumping.
require_destination() {
  require BACKUP_DESTINATION
  if is_path; then
    [ -d "$BACKUP_DESTINATION" ] || fail "The destination $BACKUP_DESTINATION is not there: is its volume mounted?"
  else
    require_commands rclone
  fi
}

# store_put FILE SET NAME: the name appears only when all of the file is there.
store_put() {
  local file=$1 target
  target="$(store_root)/$2/$3"
  if is_path; then
    mkdir -p "${target%/*}"
    run cp "$file" "$target.partial" && run sync "$target.partial" && run mv "$target.partial" "$target"
  else
    run rclone copyto --retries "${RCLONE_RETRIES:-3}" "$file" "$target"
  fi
}

# store_read SET NAME: prints the file.
store_read() {
  if is_path; then
    cat "$(store_root)/$1/$2"
  else
    rclone cat "$(store_root)/$1/$2"
  fi
}

store_delete() {
  if is_path; then
    rm -rf "${BACKUP_DESTINATION:?}/$DEPLOYMENT/${1:?}"
  else
    rclone purge "$(store_root)/${1:?}" 2>"$NOTES_DIR/stderr"
  fi
}

# store_sets: all sets of ours, complete or not, oldest first.
store_sets() {
  if is_path; then
    ls -1 "$(store_root)" 2>/dev/null
  else
    rclone lsf --dirs-only "$(store_root)" 2>"$NOTES_DIR/stderr" | sed 's|/$||'
  fi | grep -E "$RUN_PATTERN" | sort || true
}

# store_has SET NAME
store_has() {
  if is_path; then
    [ -f "$(store_root)/$1/$2" ]
  else
    [ -n "$(rclone lsf "$(store_root)/$1/$2" 2>/dev/null)" ]
  fi
}

store_complete_sets() {
  local set
  store_sets | while read -r set; do
    if store_has "$set" SHA256SUMS; then
      echo "$set"
    fi
  done
}

# choose_set [SET]: the one that was named, else the newest complete one.
choose_set() {
  local wanted=${1:-}
  if [ -n "$wanted" ]; then
    [[ $wanted =~ $RUN_PATTERN ]] || fail "$wanted is not the name of a set"
    store_has "$wanted" SHA256SUMS || fail "There is no complete set $wanted at $(store_root)"
    SET=$wanted
  else
    SET=$(store_complete_sets | tail -n 1)
    [ -n "$SET" ] || fail "There is no complete set at $(store_root)"
  fi
}

# fetch_set: brings SET to WORK_DIR/set and compares the checksums.
fetch_set() {
  local name
  SET_DIR="$WORK_DIR/set"
  mkdir -p "$SET_DIR"
  step "fetching the set $SET"
  for name in SHA256SUMS manifest.json coder.dump; do
    store_read "$SET" "$name" >"$SET_DIR/$name" 2>"$NOTES_DIR/stderr" ||
      fail "$name of the set $SET cannot be read: $(last_words)"
  done
  step "comparing the checksums of $SET"
  check_sums "$SET_DIR"
}

check_sums() {
  local names
  names=$(sed -E 's/^[0-9a-f]{64}  //' "$1/SHA256SUMS" | sort | tr '\n' ' ')
  [ "$names" = 'coder.dump manifest.json ' ] || fail "SHA256SUMS of the set does not list its two files"
  (cd "$1" && sha256sum --check --strict --quiet SHA256SUMS) >"$NOTES_DIR/stderr" 2>&1 ||
    fail "The set is corrupt: $(last_words)"
  [ "$(manifest_value deployment)" = "$DEPLOYMENT" ] ||
    fail "The set is of the deployment $(manifest_value deployment), not of $DEPLOYMENT"
}

# manifest_value KEY: of SET_DIR/manifest.json, which has a key a line.
manifest_value() {
  sed -n -E "s/^  \"$1\": (.*[^,]),?\$/\1/p" "$SET_DIR/manifest.json" | sed -E 's/^"(.*)"$/\1/'
}

# --- Encryption keys ------------------------------------------------------------------------------

# key_fingerprints: of the keys in CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS, as JSON. Twelve digits of the
# SHA-256 tell keys apart and give nothing away.
key_fingerprints() {
  local key list=''
  local -a keys=()
  IFS=',' read -r -a keys <<<"${CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS:-}"
  for key in "${keys[@]}"; do
    list+="${list:+,}\"$(printf '%s' "$key" | sha256sum | cut -c1-12)\""
  done
  printf '[%s]' "$list"
}

# require_keys: a dump whose tokens are encrypted is worth nothing without the keys of its time.
require_keys() {
  local wanted have
  have=$(key_fingerprints)
  for wanted in $(manifest_value encryptionKeys | tr -d '[]"' | tr ',' ' '); do
    [[ $have == *"\"$wanted\""* ]] ||
      fail "The encryption key with the fingerprint $wanted is missing: put the keys of the time of the backup into CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS"
  done
}

# --- Restoring ------------------------------------------------------------------------------------

# require_empty: a restore never writes over something.
require_empty() {
  local tables
  tables=$(query "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname NOT LIKE 'pg_toast%'") || fail "The database does not answer: $(last_words)"
  [ "$tables" = 0 ] || fail "The database that is restored into holds $tables tables: create an empty one"
}

# restore_dump: SET_DIR into CONNECTION, all or nothing.
restore_dump() {
  require_same_major pg_restore
  require_empty
  step 'restoring'
  run pg_restore --no-owner --no-privileges --exit-on-error --single-transaction \
    --dbname "$CONNECTION" "$SET_DIR/coder.dump" || fail "pg_restore failed: $(last_words)"
}

# check_restored: what came back is what was backed up.
check_restored() {
  local schema wanted counts
  step 'comparing with the manifest'
  schema=$(query "$SCHEMA_QUERY") || fail "The schema version cannot be read: $(last_words)"
  wanted=$(manifest_value schemaVersion)
  [ "${schema#* }" = false ] || fail "The schema version ${schema% *} is dirty: a migration broke off before the backup"
  [ "${schema% *}" = "$wanted" ] || fail "The schema version is ${schema% *}; the manifest says $wanted"
  make_counts_query
  counts=$(query "$COUNTS_QUERY") || fail "The rows cannot be counted: $(last_words)"
  wanted=$(manifest_value counts)
  [ "$counts" = "$wanted" ] || fail "The rows are $counts; the manifest says $wanted"
}

# --- Reporting ------------------------------------------------------------------------------------

# json TEXT: a string of JSON, or null when there is none. Control characters become spaces.
json() {
  if [ -z "${1:-}" ]; then
    printf 'null'
    return
  fi
  local text
  text=$(printf '%s' "$1" | tr '\000-\037\177' ' ' | cut -c1-2000)
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "$text"
}

number() {
  if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    printf '%s' "$1"
  else
    printf 'null'
  fi
}

# At most so many reports wait at the destination: more than three months of daily backups.
MAX_KEPT_REPORTS=100

# send_report KIND FILE: tells the portal. A portal that is down must not fail a good backup: what
# could not be told is kept at the destination, and told by the next run. The report of this run goes
# first: a stopped job has a minute for it, and where it does not arrive, nothing else is tried.
send_report() {
  local kind=$1 file=$2 name
  [ -n "${REPORT_URL:-}" ] || return 0
  if post_report "$kind" "$file"; then
    log "reported to $REPORT_URL"
    send_kept_reports
    return 0
  fi
  log "WARNING: the report did not reach $REPORT_URL: $(last_words)"
  name="$kind.$RUN_ID.json"
  if [ -n "${BACKUP_DESTINATION:-}" ] && store_put "$file" unsent "$name"; then
    log 'it is kept at the destination, and sent with the next run'
    drop_old_reports
  fi
}

# post_report KIND FILE: the token goes by a file, not by an argument. Leaves the HTTP status in
# NOTES_DIR/status; 000 when nobody answered.
post_report() {
  if ! [ -s "${REPORT_TOKEN_FILE:-}" ]; then
    printf 'there is no report token in %s\n' "${REPORT_TOKEN_FILE:-REPORT_TOKEN_FILE}" >"$NOTES_DIR/stderr"
    return 1
  fi
  printf 'authorization: Bearer %s\n' "$(tr -d '[:space:]' <"$REPORT_TOKEN_FILE")" >"$NOTES_DIR/headers"
  curl --silent --show-error --fail --max-time 30 --retry "${REPORT_RETRIES:-4}" --retry-connrefused \
    --header "@$NOTES_DIR/headers" --header 'content-type: application/json' \
    --data-binary "@$2" --output /dev/null --write-out '%{http_code}' \
    "${REPORT_URL%/}/$1" >"$NOTES_DIR/status" 2>"$NOTES_DIR/stderr"
}

# send_kept_reports: oldest first. The portal has just taken the report of this run: what it refuses
# now stays behind, and the next one is tried. Too many of them (429), or any other failure ends it: a portal that hangs takes its
# time once, not once for each report.
send_kept_reports() {
  local name kind
  kept_reports | while read -r name; do
    kind=${name%%.*}
    store_read unsent "$name" >"$NOTES_DIR/unsent" 2>/dev/null || continue
    if post_report "$kind" "$NOTES_DIR/unsent"; then
      store_delete_file unsent "$name"
      log "reported $name, which an earlier run could not"
    elif [[ $(<"$NOTES_DIR/status") =~ ^4 && ! $(<"$NOTES_DIR/status") =~ ^(408|429)$ ]]; then
      log "WARNING: $REPORT_URL refuses $name of an earlier run: $(last_words)"
    else
      log "WARNING: $name of an earlier run did not reach $REPORT_URL: $(last_words)"
      break
    fi
  done
}

# kept_reports: their names, oldest first.
kept_reports() {
  store_names unsent | grep -E '^(backup|drill)-reports\.' | sort --field-separator=. --key=2 || true
}

# drop_old_reports: a portal that nobody misses fills no store.
drop_old_reports() {
  local name
  kept_reports | head --lines="-$MAX_KEPT_REPORTS" | while read -r name; do
    store_delete_file unsent "$name"
    log "WARNING: $name is dropped: $MAX_KEPT_REPORTS newer reports wait for $REPORT_URL"
  done
}

store_names() {
  [ -n "${BACKUP_DESTINATION:-}" ] || return 0
  if is_path; then
    ls -1 "$(store_root)/$1" 2>/dev/null
  else
    rclone lsf --files-only "$(store_root)/$1" 2>/dev/null
  fi | grep -E '^[a-z-]+\.[0-9TZ]+-[0-9a-f]{6}\.json$' || true
}

store_delete_file() {
  if is_path; then
    rm -f "$(store_root)/$1/$2"
  else
    rclone deletefile "$(store_root)/$1/$2" 2>/dev/null || true
  fi
}
