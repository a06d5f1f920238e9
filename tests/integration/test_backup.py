"""Copies of the database: whole or none, and back again, by the scripts that operators run.

Docker alone is replaced: what it would run in the database's container runs here, against a server of this file's own.
"""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.core.audit import AuditEntry
from bot.core.passwords.model import Timing
from bot.core.passwords.policy import awaited_for
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from tests.architecture.tree import ROOT
from tests.postgres import find_installation, running_server

pytestmark = pytest.mark.slow

WORDS = {2: "two"}
KEYS = DatabaseKeys.derive(b"k" * 32)
DOCKER = """#!/bin/sh
case "$*" in
*" exec -T database "*)
    while [ "$1" != database ]; do shift; done; shift
    [ ! -e "$BROKEN" ] && [ ! -e "$STOPPED" ] || exit 1
    exec "$@" ;;
*" up --detach --wait database") echo "$*" >>"$ASKED"; [ ! -e "$BROKEN" ] || exit 1; rm -f "$STOPPED" ;;
*) echo "$*" >>"$ASKED" ;;
esac
"""
"""`BROKEN`: a file that, where there is one, is a database that does not start; `STOPPED`: one that is not started."""


@pytest.fixture(scope="module")
def empty_server() -> Iterator[str]:
    """A server where there is a `bot`, as in compose, and nothing that belongs to it: its URL."""
    with running_server() as running, running.database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE ROLE bot SUPERUSER LOGIN")
        yield url


@pytest.fixture
def server(empty_server: str) -> Iterator[str]:
    """The URL of a database `bot` that belongs to `bot`, as in compose."""
    with psycopg.connect(empty_server, autocommit=True) as connection:
        before = _names(connection)
        connection.execute("CREATE DATABASE bot OWNER bot")
        yield empty_server.rpartition("/")[0].replace("postgres@", "bot@") + "/bot"
        for name in _names(connection) - before:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _names(connection: "psycopg.Connection[tuple[str]]") -> set[str]:
    """Of the databases with which the bot's begin."""
    return {name for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bot%'")}


@pytest.fixture
def environment(server: str, tmp_path: Path) -> dict[str, str]:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "docker").write_text(DOCKER, encoding="utf-8")
    (programs / "docker").chmod(0o755)
    host, _, port = server.partition("@")[2].partition("/")[0].partition(":")
    return {
        "PATH": f"{programs}:{find_installation() / 'bin'}:{os.environ['PATH']}",
        "PGHOST": host,
        "PGPORT": port,
        "ASKED": str(tmp_path / "asked"),
        "BROKEN": str(tmp_path / "broken"),
        "STOPPED": str(tmp_path / "stopped"),
    }


def run(script: str, *arguments: Path | str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", ROOT / "deploy" / script, *arguments], env=environment, capture_output=True, text=True, check=False
    )


async def entries(url: str, more: str = "", keys: DatabaseKeys = KEYS) -> int:
    """How many entries a chain that holds has, after another one was written."""
    database = await Database.open(url, keys, lambda: AT)
    try:
        if more:
            await database.audit.append(AuditEntry(AT, "director", "people.look-up", more, "found", {}))
        state = await database.audit.verify()
        assert state.intact
        return state.rows
    finally:
        await database.close()


AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_a_copy_brings_back_what_was_there_and_keeps_what_came_since(server, environment, tmp_path):
    asyncio.run(entries(server, "one"))
    made = run("backup.sh", tmp_path / "copies", environment=environment)
    assert made.returncode == 0, made.stderr
    (copy,) = (tmp_path / "copies").iterdir()
    assert made.stdout == f"written: {copy}\n"
    assert copy.stat().st_mode & 0o077 == 0
    assert asyncio.run(entries(server, "two")) == 2

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 0, restored.stderr
    assert "stop web worker" in Path(environment["ASKED"]).read_text()
    assert asyncio.run(entries(server)) == 1
    before = restored.stdout.splitlines()[0].rpartition(" ")[2]
    assert before.startswith("bot_before_")
    assert asyncio.run(entries(server.rpartition("/")[0] + f"/{before}")) == 2


def test_a_copy_is_restored_where_everything_was_stopped_and_the_worker_waits(server, environment, tmp_path):
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    Path(environment["STOPPED"]).touch()

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 0, restored.stderr
    asked = [line.partition("compose.yaml ")[2] for line in Path(environment["ASKED"]).read_text().splitlines()]
    assert asked == ["up --detach --wait database", "stop web worker"]
    started = [line.split("compose.yaml ")[1] for line in restored.stdout.splitlines() if " up --detach" in line]
    assert started == ["up --detach web proxy", "up --detach worker"]
    assert f"{WORDS[awaited_for(True, Timing()) // timedelta(hours=1)]} hours" in restored.stdout


def test_a_database_that_does_not_start_is_not_called_a_bad_copy(server, environment, tmp_path):
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    Path(environment["BROKEN"]).touch()

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 2
    assert "the database cannot be reached" in restored.stderr
    assert "no whole copy" not in restored.stderr
    assert "stop web worker" not in Path(environment["ASKED"]).read_text()


def test_a_copy_that_broke_off_is_none_and_removes_no_older_one(server, environment, tmp_path):
    folder = tmp_path / "copies"
    assert run("backup.sh", folder, environment=environment).returncode == 0
    (first,) = folder.iterdir()
    older = first.rename(folder / "bot-20260101T000000Z.dump")
    long_ago = (datetime.now(UTC) - timedelta(days=40)).timestamp()
    os.utime(older, (long_ago, long_ago))

    Path(environment["BROKEN"]).touch()
    assert run("backup.sh", folder, environment=environment).returncode != 0
    assert list(folder.iterdir()) == [older]

    Path(environment["BROKEN"]).unlink()
    assert run("backup.sh", folder, environment=environment).returncode == 0
    assert older not in folder.iterdir()
    assert len(list(folder.iterdir())) == 1


def test_what_is_no_copy_changes_nothing(server, environment, tmp_path):
    asyncio.run(entries(server, "one"))
    (tmp_path / "torn.dump").write_bytes(b"PGDMP")
    (tmp_path / "bot.dump.gpg").write_bytes(b"x")

    for copy in (tmp_path / "torn.dump", tmp_path / "bot.dump.gpg", tmp_path / "nowhere.dump"):
        assert run("restore.sh", copy, environment=environment).returncode == 2
    assert run("restore.sh", environment=environment).returncode == 2
    asked = Path(environment["ASKED"]).read_text() if Path(environment["ASKED"]).exists() else ""
    assert "stop" not in asked, "nothing was stopped"
    assert asyncio.run(entries(server)) == 1


def test_a_new_key_begins_a_new_database_as_it_is_written_down_and_the_old_one_stays(server, environment):
    asyncio.run(entries(server, "one"))
    said = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^    docker compose -f deploy/compose.yaml exec database (psql .*)$", said, re.MULTILINE)

    done = subprocess.run(shlex.split(line), env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    new = DatabaseKeys.derive(b"n" * 32)
    assert asyncio.run(entries(server, keys=new)) == 0
    assert asyncio.run(entries(server.rpartition("/")[0] + "/bot_of_the_old_key")) == 1


@pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")
def test_with_a_key_only_the_encrypted_copy_stays(server, environment, tmp_path):
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    environment |= {"GNUPGHOME": str(home), "BACKUP_GPG_KEY": "operator"}
    quiet = ["gpg", "--batch", "--quiet", "--passphrase", ""]
    subprocess.run([*quiet, "--quick-generate-key", "operator"], env=environment, check=True, capture_output=True)

    made = run("backup.sh", tmp_path / "copies", environment=environment)

    assert made.returncode == 0, made.stderr
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.name.endswith(".dump.gpg")
    opened = subprocess.run([*quiet, "--decrypt", copy], env=environment, check=True, capture_output=True).stdout
    assert opened.startswith(b"PGDMP")
    subprocess.run(["gpgconf", "--kill", "all"], env=environment, check=False)
