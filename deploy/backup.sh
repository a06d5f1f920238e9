#!/bin/sh
# A copy of the database, whole or not at all: sh deploy/backup.sh [FOLDER]     (default: deploy/backups)
# The bot goes on meanwhile. Copies older than BACKUP_KEEP_DAYS (default 14) are removed, once the new one is whole, and so
# are databases that restore.sh has set aside (bot_before_…): they hold the same about people.
# With BACKUP_GPG_KEY (a key id known to gpg) the copy is encrypted. Never keep the key file (deploy/master.key) with them.
set -eu
umask 077
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$here/backups}
keep=${BACKUP_KEEP_DAYS:-14}
database() { docker compose -f "$here/compose.yaml" exec -T database "$@"; }

mkdir -p "$folder"
copy=$folder/bot-$(date -u +%Y%m%dT%H%M%SZ).dump
trap 'rm -f "$copy.part"' EXIT
database pg_dump --username=bot --dbname=bot --format=custom --no-owner >"$copy.part"
# Read to its end: one that broke off still has a table of contents.
database pg_restore --file=/dev/null <"$copy.part"
if [ -n "${BACKUP_GPG_KEY:-}" ]; then
    gpg --batch --yes --trust-model always --recipient "$BACKUP_GPG_KEY" --output "$copy.gpg" --encrypt "$copy.part"
    rm -f "$copy.part"
    copy=$copy.gpg
else
    mv "$copy.part" "$copy"
fi
echo "written: $copy"
find "$folder" -name 'bot-*.dump*' -type f -mtime "+$keep" -exec rm -f {} +
database psql --username=bot --dbname=postgres --no-align --tuples-only --command="SELECT datname FROM pg_database
    WHERE datname ~ '^bot_before_[0-9]{8}_[0-9]{6}_$'
    AND to_date(substr(datname, 12, 8), 'YYYYMMDD') < current_date - $keep" | while read -r aside; do
    database dropdb --username=bot "$aside" </dev/null && echo "removed: database $aside"
done
