#!/bin/sh
# Puts a copy of the database back: sh deploy/restore.sh FILE.dump
# The copy is restored beside the present database first; only when it is whole do the two change places. The present
# one stays, under another name. The database is started where it does not run (after a full stop, on a new host); web
# and worker are stopped and stay stopped: look first (docs/guide.en.md), then start.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
copy=${1:?which copy: sh deploy/restore.sh FILE.dump}
before=bot_before_$(date -u +%Y%m%dT%H%M%SZ | tr 'TZ' '__')
compose() { docker compose -f "$here/compose.yaml" "$@"; }
database() { compose exec -T database "$@"; }

case $copy in
*.gpg) echo "decrypt it first: gpg --output FILE.dump --decrypt $copy" >&2 && exit 2 ;;
esac
[ -s "$copy" ] || { echo "there is no such copy: $copy" >&2 && exit 2; }
compose up --detach --wait database || {
    echo "the database cannot be reached, nothing was changed: docker compose -f deploy/compose.yaml logs database" >&2
    exit 2
}
database pg_restore --list <"$copy" >/dev/null || { echo "this is no whole copy: $copy" >&2 && exit 2; }

compose stop web worker
database dropdb --username=bot --if-exists --force bot_restored
database createdb --username=bot bot_restored
database pg_restore --username=bot --dbname=bot_restored --no-owner --exit-on-error <"$copy"
database psql --username=bot --dbname=postgres --quiet --set=ON_ERROR_STOP=1 \
    --command="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'bot'" \
    --command="ALTER DATABASE bot RENAME TO $before" \
    --command="ALTER DATABASE bot_restored RENAME TO bot" >/dev/null
echo "restored: $copy; the database of before is $before"
echo "next: verify the audit chain with the last anchor of the log, then start what answers Teams:"
echo "  docker compose -f deploy/compose.yaml run --rm worker audit ANCHOR"
echo "  docker compose -f deploy/compose.yaml up --detach web proxy"
echo "and two hours after the copy was made, when passwords that wait in it are not set any more:"
echo "  docker compose -f deploy/compose.yaml up --detach worker"
