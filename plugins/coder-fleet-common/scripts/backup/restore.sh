#!/usr/bin/env bash
# Restores a set into an empty database, all or nothing, and compares it with its manifest:
#   restore.sh [SET]             the newest complete set when none is named
#
# Scale Coder to 0 replicas first, create an empty database, and put its URL into
#   TARGET_DATABASE_URL
# See lib.sh for the settings that all scripts share. A database that holds tables, or that somebody is
# connected to, is refused. The keys of encrypted tokens must be those of the time of the backup.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
  begin
  require TARGET_DATABASE_URL
  require_commands pg_restore psql sha256sum
  require_destination
  use_database "$TARGET_DATABASE_URL"
  require_same_major pg_restore
  require_empty
  require_unused
  choose_set "${1:-}"
  fetch_set
  require_keys
  restore_dump
  check_restored
  step 'counting for the planner'
  query 'ANALYZE' || fail "ANALYZE failed: $(last_words)"
}

require_unused() {
  local others
  others=$(query 'SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
  [ "$others" = 0 ] ||
    fail "$others other connections use the database: scale Coder to 0 replicas first"
}

# The version as charts and images are called, without the v and the build.
release() {
  local version
  version=$(manifest_value coderVersion)
  case $version in
    v[0-9]*)
      version=${version#v}
      printf 'VERSION=%s' "${version%%+*}"
      ;;
    *) printf 'the version of that time, which the backup does not know' ;;
  esac
}

finish() {
  if [ "$1" -eq 0 ]; then
    log "restored $SET of Coder version $(manifest_value coderVersion), schema $(manifest_value schemaVersion), in $((SECONDS - STARTED_SECONDS)) s"
    log "belonging to it: $(manifest_value secrets)"
    log "start Coder with $(release): a newer one migrates the database, an older one refuses it"
  fi
}

main "$@"
