#!/bin/sh
# Puts a copy of the database back: sh deploy/restore.sh FILE.dump
# The copy is restored beside the present database first; only when it is whole web and worker are stopped and the two
# change places. The present one stays, under another name. The database is started where it does not run (after a full
# stop, on a new host); web and worker stay stopped: look first (docs/guide.en.md), then start.
#
# For practice: sh deploy/restore.sh --practice FILE.dump
# Restores beside, verifies the audit chain with the key of this host, shows how many rows each table of both has, and
# removes what it restored. Nothing is stopped, and the present database is only read.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
practice=
if [ "${1:-}" = --practice ]; then practice=yes && shift; fi
copy=${1:?which copy: sh deploy/restore.sh [--practice] FILE.dump}
beside=bot_restored
[ -z "$practice" ] || beside=bot_practice
before=bot_before_$(date -u +%Y%m%dT%H%M%SZ | tr 'TZ' '__')
compose() { docker compose -f "$here/compose.yaml" "$@"; }
database() { compose exec -T database "$@"; }
remove() { database dropdb --username=bot --if-exists --force "$1" 2>/dev/null; }

case $copy in
--*) echo "unknown option: $copy" >&2 && exit 2 ;;
*.gpg) echo "decrypt it first: gpg --output FILE.dump --decrypt $copy" >&2 && exit 2 ;;
esac
[ -s "$copy" ] || { echo "there is no such copy: $copy" >&2 && exit 2; }
compose up --detach --wait database || {
    echo "the database cannot be reached, nothing was changed: docker compose -f deploy/compose.yaml logs database" >&2
    exit 2
}
# The table of contents stands at the beginning: only who reads to the end knows that the end is there.
database pg_restore --file=/dev/null <"$copy" || { echo "this is no whole copy: $copy; nothing was changed" >&2 && exit 2; }

stopped=
ended() {
    code=$?
    trap - EXIT
    rm -f "${rows:-}" "${rows:-}.now"
    [ "$code" -eq 0 ] && [ -z "$practice" ] || remove "$beside" || true
    [ "$code" -eq 0 ] || [ -n "$practice" ] || echo "the copy was not put back: the database is as it was" >&2
    if [ "$code" -ne 0 ] && [ -n "$stopped" ]; then
        echo "web and worker are stopped; to go on with it: docker compose -f deploy/compose.yaml up --detach" >&2
    fi
    exit "$code"
}
rows=$(mktemp)
trap ended EXIT
trap 'exit 130' INT TERM HUP

remove "$beside"
database createdb --username=bot "$beside"
database pg_restore --username=bot --dbname="$beside" --no-owner --exit-on-error <"$copy"

if [ -n "$practice" ]; then
    counted() {
        query=$(database psql --username=bot --dbname="$1" --no-align --tuples-only --command="SELECT string_agg(
            format('SELECT %L, count(*) FROM %I', tablename, tablename), ' UNION ALL ') || ' ORDER BY 1'
            FROM pg_tables WHERE schemaname = 'public'")
        database psql --username=bot --dbname="$1" --no-align --tuples-only --field-separator=' ' \
            --set=ON_ERROR_STOP=1 --command="$query" | LC_ALL=C sort
    }
    counted "$beside" >"$rows"
    counted bot >"$rows.now"
    echo "rows: table, in the copy, now"
    LC_ALL=C join -a 1 -a 2 -e - -o 0,1.2,2.2 "$rows" "$rows.now"
    compose run --rm -T worker audit --database "$beside" </dev/null
    echo "for practice only: $copy is whole and opens with this key; web, worker and the database were left as they are"
    exit 0
fi

# Before anybody sees it: what may have ended since the copy was made ends (docs/adr/0089).
compose run --rm -T worker restored --database "$beside" </dev/null

stopped=yes
compose stop web worker
database psql --username=bot --dbname=postgres --quiet --set=ON_ERROR_STOP=1 --single-transaction \
    --command="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'bot'" \
    --command="ALTER DATABASE bot RENAME TO $before" \
    --command="ALTER DATABASE $beside RENAME TO bot" >/dev/null
trap - EXIT
rm -f "$rows"
echo "restored: $copy; the database of before is $before"
echo "backup.sh removes that one when it is as old as the oldest copy; sooner, once nothing of it is needed:"
echo "  docker compose -f deploy/compose.yaml exec database dropdb --username=bot $before"
echo "next: verify the audit chain with the last anchor of the log, then start what answers Teams:"
echo "  docker compose -f deploy/compose.yaml run --rm worker audit ANCHOR"
echo "  docker compose -f deploy/compose.yaml up --detach web proxy"
echo "and two hours after the copy was made, when passwords that wait in it are not set any more:"
echo "  docker compose -f deploy/compose.yaml up --detach worker"
