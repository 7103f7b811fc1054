#!/usr/bin/env bash
# Backs up the database of a Coder deployment: dumps it, says what it holds, puts it away, reads it back,
# and removes what is older than the retention. See lib.sh for the settings that all scripts share; this
# one needs besides:
#   CODER_PG_CONNECTION_URL      the database
#   BACKUP_RETENTION_DAYS        how long a set is kept
#   BACKUP_SECRETS               names of the Secrets that belong to the set, with blanks between
#   BACKUP_SCHEDULE              when it runs, to be reported; optional
#   CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS, ENCRYPTION=true   when tokens in the database are encrypted
#   CODER_URL                    the server, to ask which version it is; optional
#
# Ends with 0 only when a complete set lies at the destination and was read back.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The newest sets that retention never removes, however old.
KEEP_AT_LEAST=3

main() {
  begin
  require BACKUP_RETENTION_DAYS CODER_PG_CONNECTION_URL
  require_commands pg_dump pg_restore psql sha256sum
  require_destination
  if [ "${ENCRYPTION:-false}" = true ] && [ -z "${CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS:-}" ]; then
    fail 'The encryption keys are missing: the dump could not be read without them'
  fi
  use_database "$CODER_PG_CONNECTION_URL"
  step 'asking the server'
  require_same_major pg_dump
  dump
  write_manifest
  upload
  read_back
  remove_old
}

# Counts and dump see the same moment: the snapshot of a transaction that stays open meanwhile.
dump() {
  local snapshot schema
  step 'opening a snapshot'
  coproc SESSION {
    exec psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 \
      --dbname "$CONNECTION" 2>"$NOTES_DIR/session"
  }
  ask 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot();'
  snapshot=$ANSWER
  make_counts_query
  ask "$COUNTS_QUERY;"
  COUNTS=$ANSWER
  ask "$SCHEMA_QUERY;"
  schema=$ANSWER
  SCHEMA_VERSION=${schema% *}
  SCHEMA_DIRTY=${schema#* }
  if [ "$SCHEMA_DIRTY" = true ]; then
    log "WARNING: the schema version $SCHEMA_VERSION is dirty: a migration broke off"
  fi

  step 'dumping'
  run pg_dump --format=custom --compress=6 --no-password --snapshot "$snapshot" \
    --file "$WORK_DIR/coder.dump" --dbname "$CONNECTION" || fail "pg_dump failed: $(last_words)"
  echo 'COMMIT;' >&"${SESSION[1]}"
  step 'reading the dump'
  run pg_restore --list "$WORK_DIR/coder.dump" >/dev/null ||
    fail "The dump cannot be read: $(last_words)"
}

# ask SQL: in the session of the snapshot; the answer is one line.
ask() {
  ANSWER=''
  echo "$1" >&"${SESSION[1]}"
  if ! read -r -t 300 ANSWER <&"${SESSION[0]}" || [ -z "$ANSWER" ]; then
    cp "$NOTES_DIR/session" "$NOTES_DIR/stderr"
    fail "The database does not answer while $STEP: $(last_words)"
  fi
}

write_manifest() {
  step 'writing the manifest'
  SIZE=$(stat -c %s "$WORK_DIR/coder.dump")
  SHA256=$(sha256sum "$WORK_DIR/coder.dump" | cut -d' ' -f1)
  SERVER_VERSION=$(query "SELECT current_setting('server_version')")
  CODER_VERSION=$(coder_version)
  cat >"$WORK_DIR/manifest.json" <<EOF
{
  "version": 1,
  "deployment": $(json "$DEPLOYMENT"),
  "runId": $(json "$RUN_ID"),
  "startedAt": $(json "$STARTED_AT"),
  "coderVersion": $(json "$CODER_VERSION"),
  "schemaVersion": $(number "$SCHEMA_VERSION"),
  "schemaDirty": $SCHEMA_DIRTY,
  "serverVersion": $(json "$SERVER_VERSION"),
  "sizeBytes": $SIZE,
  "sha256": "$SHA256",
  "counts": $COUNTS,
  "secrets": $(secrets),
  "encryptionKeys": $(key_fingerprints)
}
EOF
  (cd "$WORK_DIR" && sha256sum coder.dump manifest.json >SHA256SUMS)
}

secrets() {
  local name list=''
  for name in ${BACKUP_SECRETS:-}; do
    list+="${list:+,}$(json "$name")"
  done
  printf '[%s]' "$list"
}

# Which Coder it was: the server says, and nobody else knows. A backup is no worse without.
coder_version() {
  if [ -z "${CODER_URL:-}" ] || ! command -v curl >/dev/null; then
    return 0
  fi
  curl --silent --fail --max-time 10 "${CODER_URL%/}/api/v2/buildinfo" 2>/dev/null |
    sed -n -E 's/.*"version" *: *"(v[0-9][0-9A-Za-z.+-]{0,60})".*/\1/p' || true
}

upload() {
  local name
  step "uploading to $(store_root)/$RUN_ID"
  UPLOADING=true
  for name in coder.dump manifest.json SHA256SUMS; do
    store_put "$WORK_DIR/$name" "$RUN_ID" "$name" || fail "$name cannot be uploaded: $(last_words)"
  done
}

# What was put away is what was made.
read_back() {
  local found
  step 'reading it back'
  found=$(store_read "$RUN_ID" coder.dump 2>"$NOTES_DIR/stderr" | sha256sum | cut -d' ' -f1) ||
    fail "The dump cannot be read back: $(last_words)"
  [ "$found" = "$SHA256" ] || fail 'What lies at the destination is not what was uploaded'
  VERIFIED=true
  UPLOADING=false
}

remove_old() {
  local cutoff set newest
  step "removing what is older than $BACKUP_RETENTION_DAYS days"
  cutoff=$(date -u -d "@$(($(date +%s) - BACKUP_RETENTION_DAYS * 86400))" +%Y%m%dT%H%M%SZ)
  newest=$(store_complete_sets | tail -n "$KEEP_AT_LEAST")
  for set in $(store_sets); do
    if [[ ${set%-*} < $cutoff ]] && ! grep -qxF "$set" <<<"$newest"; then
      log "removing $set"
      store_delete "$set" || log "WARNING: $set could not be removed: $(last_words)"
    fi
  done
}

finish() {
  local status=$1 outcome=failed
  if [ "$status" -eq 0 ]; then
    outcome=succeeded
  elif [ "${UPLOADING:-false}" = true ]; then
    # Half a set must not be taken for one
    store_delete "$RUN_ID" || true
  fi
  cat >"$NOTES_DIR/report.json" <<EOF
{
  "runId": $(json "$RUN_ID"),
  "engine": "pg_dump",
  "startedAt": $(json "$STARTED_AT"),
  "finishedAt": $(json "$(now)"),
  "outcome": "$outcome",
  "error": $(json "$FAILURE"),
  "location": $([ "$outcome" = succeeded ] && json "$(store_root)/$RUN_ID" || printf 'null'),
  "sizeBytes": $(number "${SIZE:-}"),
  "sha256": $(json "${SHA256:-}"),
  "verified": ${VERIFIED:-false},
  "coderVersion": $(json "${CODER_VERSION:-}"),
  "schemaVersion": $(number "${SCHEMA_VERSION:-}"),
  "serverVersion": $(json "${SERVER_VERSION:-}"),
  "counts": ${COUNTS:-null},
  "secrets": $(secrets),
  "schedule": $(json "${BACKUP_SCHEDULE:-}"),
  "retentionDays": $(number "${BACKUP_RETENTION_DAYS:-}")
}
EOF
  if [ "$outcome" = succeeded ]; then
    log "backed up: $(store_root)/$RUN_ID, $SIZE bytes, $((SECONDS - STARTED_SECONDS)) s"
  fi
  send_report backup-reports "$NOTES_DIR/report.json"
}

main "$@"
