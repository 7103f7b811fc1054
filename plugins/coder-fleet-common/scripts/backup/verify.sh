#!/usr/bin/env bash
# Reads a set back and says whether it is whole: checksums, manifest, contents of the dump. Needs no
# database:
#   verify.sh [SET]              the newest complete set when none is named
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
  begin
  require_commands pg_restore sha256sum
  require_destination
  choose_set "${1:-}"
  fetch_set
  step 'reading the dump'
  run pg_restore --list "$SET_DIR/coder.dump" >"$NOTES_DIR/contents" ||
    fail "The dump cannot be read: $(last_words)"
  grep -q 'TABLE DATA .* schema_migrations ' "$NOTES_DIR/contents" ||
    fail 'The dump holds no schema version: it is not one of Coder'
}

finish() {
  if [ "$1" -eq 0 ]; then
    log "whole: $SET, Coder version $(manifest_value coderVersion), schema $(manifest_value schemaVersion), $(manifest_value sizeBytes) bytes"
  fi
}

main "$@"
