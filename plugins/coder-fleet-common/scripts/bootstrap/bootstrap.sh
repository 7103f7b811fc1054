#!/usr/bin/env bash
# Sets up a Coder that has just been installed: the first administrator, the licence, the organizations, the keys
# of provisioners and the tokens of workspace proxies, each into the Secret that its release reads. Run again, it
# makes only what is missing, and what Coder does not accept any more. What fails does not keep it from the rest.
#
# Settings, all from the environment:
#   CODER_URL          the control plane, inside the cluster
#   ADMIN_DIR          folder with the files email, username and password of the first administrator, and
#                      license when there is one
#   PROVISIONER_KEYS   a line each: organization, name, namespace, Secret, key in it, and the tags of its
#                      provisioners, name=value, with blanks between; may be empty
#   PROXIES            a line each: name, namespace, Secret, key in it; may be empty
#   WAIT_SECONDS       how long the control plane may take to answer; 1800 when not set
#   KUBERNETES_URL, SERVICE_ACCOUNT_DIR   by default those of the pod
#
# Needs bash, coreutils, curl and jq. No value of a Secret stands in an argument or in the log.
set -euo pipefail
umask 077
export LC_ALL=C

ADMIN_DIR=${ADMIN_DIR:-/etc/coder-bootstrap}
SERVICE_ACCOUNT_DIR=${SERVICE_ACCOUNT_DIR:-/var/run/secrets/kubernetes.io/serviceaccount}
KUBERNETES_URL=${KUBERNETES_URL:-https://${KUBERNETES_SERVICE_HOST:-kubernetes.default.svc}:${KUBERNETES_SERVICE_PORT:-443}}
WAIT_SECONDS=${WAIT_SECONDS:-1800}

# Set by every request: the status, and the file with the answer.
STATUS=''
WORK=$(mktemp -d)
ANSWER=$WORK/answer
BODY=$WORK/body
VALUE=$WORK/value
FAILURE=$WORK/failure
FAILURES=$WORK/failures
SIGNED_IN=false

log() {
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >&2
}

fail() {
  log "FAILED: $*"
  printf '%s\n' "$*" >"$FAILURE"
  exit 1
}

# attempt COMMAND...: its failure is told, and told again at the end, and the next is done all the same.
attempt() {
  local status
  rm -f "$FAILURE"
  set +e
  # Not behind || or if: there bash would go on after a failed command
  (
    set -e
    "$@"
  )
  status=$?
  set -e
  if [ "$status" -ne 0 ]; then
    [ -s "$FAILURE" ] || printf '%s: ended with status %s\n' "$*" "$status" >"$FAILURE"
    cat "$FAILURE" >>"$FAILURES"
  fi
}

ended() {
  if [ "$SIGNED_IN" = true ]; then
    coder POST /users/logout || true
  fi
  rm -rf "$WORK"
}
trap ended EXIT

for name in curl jq; do
  command -v "$name" >/dev/null ||
    fail "The program $name is missing: use the image that kubernetes/backup/Containerfile describes"
done
[ -n "${CODER_URL:-}" ] || fail 'The setting CODER_URL is missing'

# It may be created while Coder starts, so it is looked at as late as that.
check_admin() {
  local name
  for name in email username password; do
    [ -s "$ADMIN_DIR/$name" ] ||
      fail "The Secret coder-bootstrap is missing, or has no $name: create it as docs/secrets.md says, with the present password of an Owner, and run \"make bootstrap\""
  done
}

# request METHOD URL CURL-OPTIONS...: sets STATUS and ANSWER; 000 when nobody answers.
request() {
  local method=$1 url=$2
  shift 2
  STATUS=$(curl --silent --max-time 60 --request "$method" --output "$ANSWER" --write-out '%{http_code}' \
    "$@" "$url") || STATUS=000
}

# coder METHOD PATH [BODY-FILE]: a call of Coder's API, with the administrator's session once there is one.
coder() {
  local options=(--header 'Content-Type: application/json')
  if [ "$SIGNED_IN" = true ]; then
    options+=(--header "@$WORK/session")
  fi
  if [ $# -gt 2 ]; then
    options+=(--data-binary "@$3")
  fi
  request "$1" "$CODER_URL/api/v2$2" "${options[@]}"
}

# kubernetes METHOD PATH TYPE [BODY-FILE]: a call of the Kubernetes API.
kubernetes() {
  local options=(--header "Content-Type: $3")
  # The kubelet renews the token while the pod runs
  printf 'Authorization: Bearer %s\n' "$(cat "$SERVICE_ACCOUNT_DIR/token")" >"$WORK/bearer"
  options+=(--header "@$WORK/bearer")
  if [ -f "$SERVICE_ACCOUNT_DIR/ca.crt" ]; then
    options+=(--cacert "$SERVICE_ACCOUNT_DIR/ca.crt")
  fi
  if [ $# -gt 3 ]; then
    options+=(--data-binary "@$4")
  fi
  request "$1" "$KUBERNETES_URL/api/v1$2" "${options[@]}"
}

# What the other side said, in one line.
said() {
  jq -r '[.message, .detail, (.validations // [] | .[] | "\(.field): \(.detail)")] | map(select(. != null and . != "")) | join(" ") | rtrimstr(".")' \
    "$ANSWER" 2>/dev/null || printf 'status %s' "$STATUS"
}

wait_for_coder() {
  local end=$((SECONDS + WAIT_SECONDS))
  log "Waiting for $CODER_URL"
  until request GET "$CODER_URL/healthz" && [ "$STATUS" = 200 ]; do
    [ "$SECONDS" -lt "$end" ] ||
      fail "$CODER_URL did not answer within $WAIT_SECONDS seconds: is the control plane installed?"
    sleep 2
  done
}

# admin_body FILTER: a body of what the Secret holds, without the line breaks that editors add.
admin_body() {
  jq -n --rawfile email "$ADMIN_DIR/email" --rawfile username "$ADMIN_DIR/username" \
    --rawfile password "$ADMIN_DIR/password" \
    "def line: sub(\"\\\\r?\\\\n\$\"; \"\"); $1" >"$BODY"
}

create_first_user() {
  coder GET /users/first
  case $STATUS in
  200)
    log 'There is a first administrator already'
    return
    ;;
  404) ;;
  *) fail "Coder did not say whether there is a first administrator: $(said)" ;;
  esac
  # shellcheck disable=SC2016 # variables of jq
  admin_body '{email: ($email | line), username: ($username | line), name: ($username | line), password: ($password | line), trial: false}'
  coder POST /users/first "$BODY"
  [ "$STATUS" = 201 ] || fail "The first administrator was not created: $(said)"
  log 'Created the first administrator'
}

sign_in() {
  # shellcheck disable=SC2016 # variables of jq
  admin_body '{email: ($email | line), password: ($password | line)}'
  coder POST /users/login "$BODY"
  [ "$STATUS" = 201 ] ||
    fail "The administrator of the Secret coder-bootstrap cannot sign in: $(said). Put the present password of an Owner into the Secret"
  jq -r '"Coder-Session-Token: " + .session_token' "$ANSWER" >"$WORK/session"
  SIGNED_IN=true
}

# A licence is a JWT; Coder lists its claims. The same claims: the same licence.
add_license() {
  if [ ! -s "$ADMIN_DIR/license" ]; then
    log 'The Secret has no license: nothing to upload'
    return
  fi
  jq -R 'split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson' \
    <"$ADMIN_DIR/license" >"$WORK/claims" 2>/dev/null ||
    fail 'What the Secret has as license is not a licence of Coder: a text of three parts with dots between'
  coder GET /licenses
  [ "$STATUS" = 200 ] || fail "Coder did not list its licences: $(said)"
  if jq -e --slurpfile claims "$WORK/claims" 'any(.[]?; .claims == $claims[0])' "$ANSWER" >/dev/null; then
    log 'The licence is there already'
    return
  fi
  jq -n --rawfile license "$ADMIN_DIR/license" '{license: ($license | gsub("\\s"; ""))}' >"$BODY"
  coder POST /licenses "$BODY"
  [ "$STATUS" = 201 ] || fail "The licence was not taken: $(said)"
  log 'Uploaded the licence'
}

# read_secret NAMESPACE NAME KEY: puts what it holds into VALUE; 1 when there is nothing.
read_secret() {
  kubernetes GET "/namespaces/$1/secrets/$2" application/json
  case $STATUS in
  200) jq -j --arg key "$3" '(.data // {})[$key] // "" | @base64d' "$ANSWER" >"$VALUE" ;;
  404) : >"$VALUE" ;;
  *) fail "The Secret $2 of $1 could not be read: $(said)" ;;
  esac
  [ -s "$VALUE" ]
}

# keep_secret NAMESPACE NAME KEY: writes what VALUE holds.
keep_secret() {
  [ -s "$VALUE" ] || fail "Coder answered without a value for the Secret $2 of $1"
  jq -n --arg name "$2" --arg key "$3" --rawfile value "$VALUE" '{
    apiVersion: "v1", kind: "Secret", type: "Opaque",
    metadata: {name: $name, labels: {"app.kubernetes.io/part-of": "coder-fleet"}},
    data: {($key): ($value | @base64)}
  }' >"$BODY"
  kubernetes POST "/namespaces/$1/secrets" application/json "$BODY"
  if [ "$STATUS" = 409 ]; then
    kubernetes PATCH "/namespaces/$1/secrets/$2" application/merge-patch+json "$BODY"
  fi
  case $STATUS in
  200 | 201) log "Wrote the Secret $2 of $1: what runs with an older value needs \"make restart\"" ;;
  *) fail "The Secret $2 of $1 was not written: $(said)" ;;
  esac
}

# is_refused HEADER PATH: whether Coder does not know what VALUE holds, as after a restore. Only a clear no
# counts: a new key ends the builds of those that run with the old one.
is_refused() {
  { printf '%s: ' "$1" && tr -d '\r\n' <"$VALUE"; } >"$WORK/credential"
  request GET "$CODER_URL/api/v2$2" --header "@$WORK/credential"
  [ "$STATUS" = 401 ] && jq -e '.message // "" | test("invalid"; "i")' "$ANSWER" >/dev/null
}

# create_organization NAME
create_organization() {
  jq -n --arg name "$1" '{name: $name, display_name: $name}' >"$BODY"
  coder POST /organizations "$BODY"
  [ "$STATUS" = 201 ] || fail "The organization $1 was not created: $(said)"
  log "Created the organization $1"
}

# Coder shows a key once: where the Secret is gone, or Coder does not know what it holds, a new one is made.
provisioner_key() {
  local organization=$1 name=$2 namespace=$3 secret=$4 key=$5 tags=${6:-} known=false held=false has
  local path="/organizations/$organization/provisionerkeys"
  coder GET "$path"
  if [ "$STATUS" = 404 ]; then
    create_organization "$organization"
    coder GET "$path"
  fi
  [ "$STATUS" = 200 ] ||
    fail "Coder did not list the provisioner keys of $organization: $(said)"
  if jq -e --arg name "$name" 'any(.[]?; .name == $name)' "$ANSWER" >/dev/null; then
    known=true
  fi
  # As they are written here; Coder adds two of its own
  has=$(jq -r --arg name "$name" '[.[]? | select(.name == $name) | .tags // {} | del(.scope, .owner)] | add // {}
    | to_entries | sort_by(.key) | map("\(.key)=\(.value)") | join(" ")' "$ANSWER")
  if [ "$known" = true ] && read_secret "$namespace" "$secret" "$key"; then
    held=true
    if is_refused Coder-Provisioner-Daemon-Key /provisionerkeys/self; then
      log "Coder does not know the provisioner key in the Secret $secret of $namespace"
      held=false
    fi
  fi
  if [ "$held" = true ]; then
    # Not by itself: a new key ends running builds, and workspaces that jobs without tags made there need another way
    [ "$has" = "$tags" ] ||
      fail "The provisioner key $name of $organization has other tags (${has:-none}) than asked for (${tags:-none}). Give the templates of the region their tags first, see README.md; then: kubectl --namespace $namespace delete secret $secret, and \"make bootstrap hand-over restart\""
    log "The provisioner key $name of $organization is there already"
    return
  fi
  if [ "$known" = true ]; then
    coder DELETE "$path/$name"
    [ "$STATUS" = 204 ] || fail "The provisioner key $name of $organization was not removed: $(said)"
  fi
  jq -n --arg name "$name" --arg tags "$tags" \
    '{name: $name, tags: ($tags | split(" ") | map(select(. != "") | split("=") | {(.[0]): (.[1:] | join("="))}) | add // {})}' >"$BODY"
  coder POST "$path" "$BODY"
  [ "$STATUS" = 201 ] || fail "The provisioner key $name of $organization was not created: $(said)"
  jq -j '.key // ""' "$ANSWER" >"$VALUE"
  log "Created the provisioner key $name of $organization"
  keep_secret "$namespace" "$secret" "$key"
}

proxy_token() {
  local name=$1 namespace=$2 secret=$3 key=$4 known
  coder GET /workspaceproxies
  [ "$STATUS" = 200 ] || fail "Coder did not list its workspace proxies: $(said)"
  known=$(jq -r --arg name "$name" 'first(.regions[]? | select(.name == $name) | .id) // ""' "$ANSWER")
  if [ -n "$known" ] && read_secret "$namespace" "$secret" "$key"; then
    # It answers a good token without a look at what is asked for
    if ! is_refused Coder-External-Proxy-Token /workspaceproxies/me/crypto-keys; then
      log "The workspace proxy $name is there already"
      return
    fi
    log "Coder does not know the proxy token in the Secret $secret of $namespace"
  fi
  jq -n --arg name "$name" '{name: $name, display_name: $name, icon: "/emojis/1f310.png"}' >"$BODY"
  if [ -n "$known" ]; then
    jq --arg id "$known" '. + {id: $id, regenerate_token: true}' "$BODY" >"$WORK/patch"
    coder PATCH "/workspaceproxies/$known" "$WORK/patch"
    [ "$STATUS" = 200 ] || fail "The token of the workspace proxy $name was not renewed: $(said)"
  else
    coder POST /workspaceproxies "$BODY"
    [ "$STATUS" = 201 ] || fail "The workspace proxy $name was not created: $(said)"
  fi
  jq -j '.proxy_token // ""' "$ANSWER" >"$VALUE"
  log "Made a token of the workspace proxy $name"
  keep_secret "$namespace" "$secret" "$key"
}

wait_for_coder
check_admin
create_first_user
sign_in
attempt add_license
while read -r organization name namespace secret key tags; do
  [ -z "$organization" ] ||
    attempt provisioner_key "$organization" "$name" "$namespace" "$secret" "$key" "$tags"
done <<<"${PROVISIONER_KEYS:-}"
while read -r name namespace secret key; do
  [ -z "$name" ] || attempt proxy_token "$name" "$namespace" "$secret" "$key"
done <<<"${PROXIES:-}"
if [ -s "$FAILURES" ]; then
  log 'FAILED: the rest is there, but not this:'
  cat "$FAILURES" >&2
  exit 1
fi
log 'Done'
