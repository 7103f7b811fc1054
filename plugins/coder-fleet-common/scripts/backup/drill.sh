#!/usr/bin/env bash
# Proves that the newest backup restores: into a scratch database, compared with its manifest, timed,
# reported, and thrown away. See lib.sh for the settings that all scripts share; this one knows besides:
#   SCRATCH_DATABASE_URL         a server, as a role that may create databases; without it a server of
#                                its own is started, that listens to nobody else
#   CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS   when tokens in the database are encrypted
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
  begin
  require_commands pg_restore psql sha256sum
  require_destination
  choose_set ''
  fetch_set
  require_keys
  if [ -n "${SCRATCH_DATABASE_URL:-}" ]; then
    use_database "$SCRATCH_DATABASE_URL"
  else
    start_server
  fi
  create_scratch
  RESTORE_STARTED=$(date +%s%N)
  restore_dump
  RESTORE_MILLIS=$((($(date +%s%N) - RESTORE_STARTED) / 1000000))
  check_restored
}

# A server that only this process reaches: a socket in a folder of its own, no port.
start_server() {
  require_commands initdb pg_ctl
  step 'starting a server for the drill'
  SERVER_DIR="$WORK_DIR/server"
  run initdb --pgdata "$SERVER_DIR" --username drill --auth trust --no-sync --encoding UTF8 >/dev/null ||
    fail "initdb failed: $(last_words)"
  # A path of a socket has at most 107 bytes
  SOCKET_DIR=$(mktemp -d /tmp/drill.XXXXXX)
  run pg_ctl --pgdata "$SERVER_DIR" --wait --timeout 60 --log "$NOTES_DIR/server.log" \
    --options "-c listen_addresses='' -c unix_socket_directories=$SOCKET_DIR -c fsync=off" start >/dev/null || {
    cp "$NOTES_DIR/server.log" "$NOTES_DIR/stderr" 2>/dev/null || true
    fail "The server for the drill does not start: $(last_words)"
  }
  unset PGPASSWORD
  CONNECTION="postgresql:///postgres?host=$SOCKET_DIR&user=drill"
}

create_scratch() {
  local maintenance=$CONNECTION name
  name="coder_drill_$(tr -d 'TZ-' <<<"$RUN_ID")"
  step "creating the database $name"
  query "CREATE DATABASE $name TEMPLATE template0 ENCODING 'UTF8'" ||
    fail "The scratch database cannot be created: $(last_words)"
  MAINTENANCE=$maintenance
  SCRATCH=$name
  CONNECTION=$(sed -E "s|^(postgresql://[^/?]*/)[^?]*|\1$name|" <<<"$maintenance")
}

finish() {
  local status=$1 outcome=failed
  [ "$status" -ne 0 ] || outcome=succeeded
  cat >"$NOTES_DIR/report.json" <<EOF
{
  "runId": $(json "$RUN_ID"),
  "backupRunId": $(json "${SET:-}"),
  "startedAt": $(json "$STARTED_AT"),
  "finishedAt": $(json "$(now)"),
  "outcome": "$outcome",
  "error": $(json "$FAILURE"),
  "restoreMillis": $(number "${RESTORE_MILLIS:-}"),
  "totalSeconds": $((SECONDS - STARTED_SECONDS)),
  "sizeBytes": $([ -n "${SET_DIR:-}" ] && number "$(manifest_value sizeBytes 2>/dev/null)" || printf 'null'),
  "schemaVersion": $([ "$outcome" = succeeded ] && number "$(manifest_value schemaVersion)" || printf 'null'),
  "counts": $([ "$outcome" = succeeded ] && manifest_value counts || printf 'null')
}
EOF
  clean_up
  if [ "$outcome" = succeeded ]; then
    log "proved: $SET restores in $RESTORE_MILLIS ms"
  fi
  send_report drill-reports "$NOTES_DIR/report.json"
}

clean_up() {
  if [ -n "${SERVER_DIR:-}" ]; then
    pg_ctl --pgdata "$SERVER_DIR" --mode immediate stop >/dev/null 2>&1
    rm -rf "${SOCKET_DIR:-}"
  elif [ -n "${SCRATCH:-}" ]; then
    CONNECTION=$MAINTENANCE
    query "DROP DATABASE IF EXISTS $SCRATCH" || log "WARNING: the database $SCRATCH is left: $(last_words)"
  fi
}

main "$@"
