#!/bin/sh
# Stands in for kubectl and its clusters: objects are files in $CLUSTERS/<context>/<namespace>/, every call is a line of
# $CLUSTERS/calls. What kubectl does without a cluster, templates, the real one does: $KUBECTL.
set -eu
echo "$*" >>"$CLUSTERS/calls"
context='' namespace=''
while :; do
  case $1 in
  --context) context=$2 && shift 2 ;;
  --namespace) namespace=$2 && shift 2 ;;
  *) break ;;
  esac
done
here=$CLUSTERS/$context/$namespace
mkdir -p "$here"

# print FILE OPTIONS...: as the options say
print() {
  file=$1 && shift
  "$KUBECTL" label --local --filename "$file" read=true "$@"
}

case "$1 $2" in
'get secret' | 'get job')
  name=$3
  [ -f "$here/$2-$name.json" ] || {
    echo "Error from server (NotFound): $2 \"$name\" not found" >&2
    exit 1
  }
  file=$here/$2-$name.json
  shift 3
  print "$file" "$@"
  # The next state of a Job that goes on
  [ ! -f "$file.next" ] || mv "$file.next" "$file"
  ;;
'apply --server-side')
  case $3 in
  --filename)
    cat >"$here/applied.json"
    name=$(print "$here/applied.json" --output 'jsonpath={.metadata.name}')
    mv "$here/applied.json" "$here/secret-$name.json"
    ;;
  esac
  ;;
'delete secret')
  shift 3
  for name; do
    rm -f "$here/secret-$name.json"
  done
  ;;
'create job')
  # As the test has laid it ready
  cp "$CLUSTERS/job.json" "$here/job-$4.json"
  [ ! -f "$CLUSTERS/job.json.next" ] || cp "$CLUSTERS/job.json.next" "$here/job-$4.json.next"
  ;;
'logs --selector') echo "the log of $3" ;;
'get pods') echo 'a-pod Running <none>' ;;
esac
