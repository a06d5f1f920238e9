"""Copies of the database: whole or none, and back again, by the scripts that operators run.

Docker alone is replaced: what it would run in the database's container runs here, against a server of this file's own.
"""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.core.actors.deputies import Deputy
from bot.core.audit import AuditEntry
from bot.core.clock import day_in_sofia
from bot.core.decision import ALLOWED
from bot.core.passwords.model import Timing
from bot.core.passwords.policy import awaited_for
from bot.core.people.free_text import free_text
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
*" stop "*) echo "$*" >>"$ASKED"; [ ! -e "$STUCK" ] || exit 1 ;;
*" run --rm -T worker "*)
    while [ "$1" != worker ]; do shift; done; shift
    echo "worker $*" >>"$ASKED"; exec "$WORKER" "$@" ;;
*) echo "$*" >>"$ASKED" ;;
esac
"""
"""`BROKEN`: a file that, where there is one, is a database that does not start; `STOPPED`: one that is not started;
`STUCK`: one that keeps web and worker from being stopped; `WORKER`: what `run` runs of it.
"""


def worker_program(path: Path, command: Sequence[str]) -> None:
    """Where `DOCKER` finds what the worker's container would run."""
    path.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', encoding="utf-8")
    path.chmod(0o755)


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
    worker_program(programs / "worker", [sys.executable, str(ROOT / "app.py")])
    host, _, port = server.partition("@")[2].partition("/")[0].partition(":")
    return {
        "PATH": f"{programs}:{find_installation() / 'bin'}:{os.environ['PATH']}",
        "PGHOST": host,
        "PGPORT": port,
        "ASKED": str(tmp_path / "asked"),
        "BROKEN": str(tmp_path / "broken"),
        "STOPPED": str(tmp_path / "stopped"),
        "STUCK": str(tmp_path / "stuck"),
        "WORKER": str(programs / "worker"),
        **_worker(server, tmp_path),
    }


def _worker(server: str, tmp_path: Path) -> dict[str, str]:
    """Settings of the worker, by the key of this file's copies."""
    key = tmp_path / "master.key"
    key.write_text((b"k" * 32).hex(), encoding="ascii")
    key.chmod(0o600)
    return {
        "TENANT_ID": "5a1e0000-0000-4000-8000-002990000000",
        "BOT_DEVELOPMENT": "yes",
        "BOT_HOST": "127.0.0.1",
        "GRAPH_URL": "https://127.0.0.1:1",
        "GRAPH_AUTHORITY": "https://127.0.0.1:1",
        "GRAPH_CLIENT_ID": "reader",
        "GRAPH_CLIENT_SECRET": "s",
        "GRAPH_WRITER_CLIENT_ID": "writer",
        "GRAPH_WRITER_CLIENT_SECRET": "s",
        "DATABASE_URL": server,
        "KEY_FILE": str(key),
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
GIVEN = Deputy(
    "school",
    "teacher",
    "Вера Пробна",
    free_text("12", 40),
    day_in_sofia(AT),
    "director",
    AT,
    AT + timedelta(days=3_650),
)


async def authorised(url: str) -> None:
    database = await Database.open(url, KEYS, lambda: AT)
    try:
        entry = AuditEntry(AT, "director", "deputy.authorised", "teacher", "authorised", {"school": "school"})
        await database.deputies.authorise(GIVEN, (entry,), lambda _: ALLOWED)
    finally:
        await database.close()


async def ended(url: str) -> None:
    database = await Database.open(url, KEYS, lambda: AT)
    try:
        later = AT + timedelta(hours=9)
        entry = AuditEntry(later, "director", "deputy.ended", "teacher", "ended", {"school": "school"})
        assert await database.deputies.end("school", "teacher", later, (entry,))
    finally:
        await database.close()


async def holding(url: str) -> int:
    """How many authorities somebody has from now on, in a chain that holds."""
    now = datetime.now(UTC) + timedelta(minutes=1)
    database = await Database.open(url, KEYS, lambda: now)
    try:
        assert (await database.audit.verify()).intact
        return len(await database.deputies.of_person("teacher", now))
    finally:
        await database.close()


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
    assert asyncio.run(entries(server)) == 2, "that it was put back is in it"
    (said,) = [line for line in restored.stdout.splitlines() if line.startswith("restored: ")]
    before = said.rpartition(" ")[2]
    assert before.startswith("bot_before_")
    assert asyncio.run(entries(server.rpartition("/")[0] + f"/{before}")) == 2


def test_a_copy_is_restored_where_everything_was_stopped_and_the_worker_waits(server, environment, tmp_path):
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    Path(environment["STOPPED"]).touch()

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 0, restored.stderr
    lines = Path(environment["ASKED"]).read_text().splitlines()
    wanted = ["up --detach --wait database", "worker restored --database bot_restored", "stop web worker"]
    assert [line.partition("compose.yaml ")[2] or line for line in lines] == wanted
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


def test_an_authority_that_was_ended_since_the_copy_does_not_hold_again(server, environment, tmp_path):
    asyncio.run(authorised(server))
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    asyncio.run(ended(server))

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 0, restored.stderr
    assert asyncio.run(holding(server)) == 0
    asked = Path(environment["ASKED"]).read_text()
    assert asked.index("worker restored --database bot_restored") < asked.index("stop web worker")


def test_a_copy_of_another_key_stops_nothing_and_changes_nothing(server, environment, tmp_path):
    asyncio.run(entries(server, "one", keys=DatabaseKeys.derive(b"o" * 32)))
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 2
    assert "the database is as it was" in restored.stderr
    assert " stop " not in Path(environment["ASKED"]).read_text()
    with psycopg.connect(server) as connection:
        assert _names(connection) == {"bot"}


def test_what_restoring_set_aside_goes_with_the_copies_of_its_time(server, environment, tmp_path):
    old, new = "bot_before_20260101_000000_", f"bot_before_{day_in_sofia(datetime.now(UTC)):%Y%m%d}_000000_"
    with psycopg.connect(server, autocommit=True) as connection:
        for name in (old, new, "bot_of_the_old_key"):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    made = run("backup.sh", tmp_path / "copies", environment=environment)

    assert made.returncode == 0, made.stderr
    assert f"removed: database {old}" in made.stdout
    with psycopg.connect(server) as connection:
        assert _names(connection) == {"bot", new, "bot_of_the_old_key"}


def half(copy: Path, server: str, environment: dict[str, str]) -> Path:
    """A copy that is large enough to be cut in its rows, and is."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE TABLE filler AS SELECT md5(random()::text) FROM generate_series(1, 50000)")
    assert run("backup.sh", copy.parent / "whole", environment=environment).returncode == 0
    (whole,) = (copy.parent / "whole").iterdir()
    copy.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return copy


def test_a_copy_that_broke_off_in_its_rows_stops_nothing(server, environment, tmp_path):
    asyncio.run(entries(server, "one"))
    cut = half(tmp_path / "cut.dump", server, environment)

    restored = run("restore.sh", cut, environment=environment)

    assert restored.returncode == 2
    assert "this is no whole copy" in restored.stderr
    assert "stop" not in Path(environment["ASKED"]).read_text()
    assert asyncio.run(entries(server)) == 1


def test_a_copy_that_broke_off_in_its_rows_is_not_kept_as_one(server, environment, tmp_path):
    cut = half(tmp_path / "cut.dump", server, environment)
    (tmp_path / "programs" / "pg_dump").write_text(f"#!/bin/sh\ncat {cut}\n", encoding="utf-8")
    (tmp_path / "programs" / "pg_dump").chmod(0o755)

    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode != 0

    assert list((tmp_path / "copies").iterdir()) == []


def test_whose_restoring_fails_after_the_stop_is_told_what_to_start(server, environment, tmp_path):
    asyncio.run(entries(server, "one"))
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    Path(environment["STUCK"]).touch()

    restored = run("restore.sh", copy, environment=environment)

    assert restored.returncode == 1
    assert "the database is as it was" in restored.stderr
    assert "docker compose -f deploy/compose.yaml up --detach" in restored.stderr
    assert asyncio.run(entries(server)) == 1
    with psycopg.connect(server) as connection:
        assert _names(connection) == {"bot"}


def test_practice_restores_beside_and_leaves_everything_as_it_was(server, environment, tmp_path):
    asyncio.run(entries(server, "one"))
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    asyncio.run(entries(server, "since the copy"))

    practised = run("restore.sh", "--practice", copy, environment=environment)

    assert practised.returncode == 0, practised.stderr
    assert "audit 1 2" in practised.stdout.splitlines()
    assert "The audit chain holds; its last entry is 1." in practised.stdout
    assert " stop " not in Path(environment["ASKED"]).read_text()
    assert asyncio.run(entries(server)) == 2
    with psycopg.connect(server) as connection:
        assert _names(connection) == {"bot"}


def test_practice_with_another_key_fails_and_leaves_everything_as_it_was(server, environment, tmp_path):
    asyncio.run(entries(server, "one", keys=DatabaseKeys.derive(b"o" * 32)))
    assert run("backup.sh", tmp_path / "copies", environment=environment).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()

    practised = run("restore.sh", "--practice", copy, environment=environment)

    assert practised.returncode == 2
    assert "this is not the key" in practised.stderr
    assert "is whole" not in practised.stdout
    assert " stop " not in Path(environment["ASKED"]).read_text()
    with psycopg.connect(server) as connection:
        assert _names(connection) == {"bot"}


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
