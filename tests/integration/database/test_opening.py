# ruff: noqa: ASYNC240 -- a test may wait for the disk
import asyncio
import logging
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from bot.core.audit import AuditLog
from bot.core.errors import StoreUnavailable
from bot.core.ports import LookupLedger, Preferences
from bot.core.pseudonyms import Pseudonyms
from bot.database import schema
from bot.database.engine import Database
from bot.database.failures import CannotOpen, DatabaseInUse, NewerSchema, WrongKey
from bot.database.keys import DatabaseKeys
from bot.database.tables import metadata
from bot.database.urls import read_url
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.forks import Forks
from tests.integration.database.owner import MASTER_KEY, as_owner, file_of
from tests.integration.database.writer import REPOSITORY


@pytest.fixture
def sqlite_url(new_sqlite_url: str) -> str:
    """Here there are no tables yet: the first opening makes them."""
    return new_sqlite_url


@pytest.fixture
def postgres_url(new_postgres_url: str) -> str:
    """The same."""
    return new_postgres_url


async def test_an_open_database_fulfils_the_ports(database: Database):
    ledger: LookupLedger = database.ledger
    audit: AuditLog = database.audit
    preferences: Preferences = database.preferences
    pseudonyms: Pseudonyms = database.pseudonyms
    assert all((ledger, audit, preferences, pseudonyms))
    assert re.fullmatch(r"(SQLite|PostgreSQL) \d+\.\d+.*", database.version)
    await database.high_water.read()


async def test_it_opens_again_as_it_was_left(open_database: Open, database_url: str):
    for _ in range(3):
        database = await open_database(database_url)
        await database.close()
    assert await as_owner(database_url, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


async def test_a_wrong_key_is_refused_and_leaves_the_database_as_it_was(
    open_database: Open, database_url: str, clock: MovableClock
):
    await (await open_database(database_url)).close()
    for wrong in (DatabaseKeys.derive(b"w" * 32), DatabaseKeys.derive(MASTER_KEY, "k2")):
        with pytest.raises(WrongKey, match="k1"):
            await Database.open(database_url, wrong, clock)
    await (await open_database(database_url)).close()
    assert await as_owner(database_url, "SELECT count(*) FROM key_check") == [(1,)]


async def test_a_second_user_of_a_sqlite_file_is_refused(open_database: Open, sqlite_url: str):
    first = await open_database(sqlite_url)
    with pytest.raises(DatabaseInUse, match="PostgreSQL"):
        await open_database(sqlite_url)
    await first.high_water.read()
    await first.close()
    await open_database(sqlite_url)


async def test_a_second_process_on_a_sqlite_file_is_refused(open_database: Open, forks: Forks, sqlite_url: str):
    await open_database(sqlite_url)
    other = forks.start(sqlite_url, "open").ended()
    assert (other.returncode, other.stdout) == (1, b"")
    assert b"DatabaseInUse" in other.stderr.splitlines()[-1]


async def test_a_refused_start_gives_the_file_back(open_database: Open, sqlite_url: str, clock: MovableClock):
    await (await open_database(sqlite_url)).close()
    with pytest.raises(WrongKey):
        await Database.open(sqlite_url, DatabaseKeys.derive(b"w" * 32), clock)
    await open_database(sqlite_url)


async def test_only_we_may_read_a_sqlite_file(open_database: Open, tmp_path: Path):
    old = os.umask(0)
    try:
        database = await open_database(f"sqlite:///{tmp_path}/made/for/it/bot.sqlite")
        await database.preferences.choose_language("person", "en")
    finally:
        os.umask(old)
    files = sorted((tmp_path / "made" / "for" / "it").iterdir())
    assert [file.name for file in files] == ["bot.sqlite", "bot.sqlite-shm", "bot.sqlite-wal", "bot.sqlite.lock"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(files[0].parent.stat().st_mode) & 0o077 == 0


async def test_sqlite_is_set_as_we_need_it(open_database: Open, sqlite_url: str):
    database = await open_database(sqlite_url)

    def ask(connection: Connection) -> dict[str, Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "busy_timeout")
        return {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names}

    assert await database.connections.run(ask) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 15000,
    }
    made = await as_owner(
        sqlite_url, "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    )
    loose = {name for name, strict in made if not strict}
    assert loose == {"alembic_version", "sqlite_schema", "sqlite_sequence"} & {name for name, _ in made}


@pytest.mark.parametrize("content", [b"not a database at all" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
async def test_a_file_that_is_no_database_is_refused_clearly(open_database: Open, sqlite_url: str, content: bytes):
    Path(file_of(sqlite_url)).write_bytes(content)
    with pytest.raises(CannotOpen, match="cannot be used"):
        await open_database(sqlite_url)
    assert Path(file_of(sqlite_url)).read_bytes() == content


async def test_a_server_that_is_not_there_is_unavailable_and_its_password_is_not_said(
    open_database: Open, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreUnavailable) as failed:
        await open_database("postgresql://bot:geheim@127.0.0.1:9/bot")
    assert "geheim" not in str(failed.value) + caplog.text


async def test_the_log_names_engine_and_place_but_no_password(
    open_database: Open, postgres_url: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    await open_database(postgres_url.replace("postgres@", "postgres:geheim@"))
    assert "PostgreSQL" in caplog.text
    assert "127.0.0.1" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://bot:geheim@127.0.0.1:1/bot", r"^OperationalError \(Connection refused\)$"),
        (
            "postgresql://bot:geheim@nowhere.invalid/bot",
            r"^OperationalError \(failed to resolve host 'nowhere.invalid'",
        ),
    ],
)
async def test_a_server_that_is_not_there_is_named_so(open_database: Open, url: str, why: str):
    with pytest.raises(StoreUnavailable, match=why):
        await open_database(url)


async def test_a_database_that_does_not_exist_is_named_as_the_server_does(open_database: Open, postgres_url: str):
    with pytest.raises(StoreUnavailable, match=r'^OperationalError \(database "\w+_not_there" does not exist\)$'):
        await open_database(postgres_url + "_not_there")


async def test_processes_that_start_at_once_on_an_empty_server_migrate_once(forks: Forks, postgres_url: str):
    processes = [forks.start(postgres_url, "open") for _ in range(3)]
    ended = [process.ended() for process in processes]
    assert [process.returncode for process in ended] == [0, 0, 0], ended
    assert await as_owner(postgres_url, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]
    assert await as_owner(postgres_url, "SELECT count(*) FROM key_check") == [(1,)]


async def test_replicas_that_start_at_once_on_an_empty_server_migrate_once(
    open_database: Open, postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    migrated: list[str] = []
    upgrade = schema.upgrade

    def counted(connection: Connection) -> None:
        migrated.append("once")
        upgrade(connection)

    monkeypatch.setattr(schema, "upgrade", counted)
    await asyncio.gather(*(open_database(postgres_url) for _ in range(4)))
    assert migrated == ["once"]


async def test_a_start_on_current_tables_does_not_import_alembic(open_database: Open, database_url: str):
    await (await open_database(database_url)).close()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-X", "importtime", "-m", "tests.integration.database.writer", database_url, "open",
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    _, err = await process.communicate()
    assert process.returncode == 0, err
    imported = {line.rpartition(b"|")[2].strip().decode() for line in err.splitlines() if line.startswith(b"import")}
    assert "sqlalchemy" in imported
    assert not {name for name in imported if name.split(".")[0] in {"alembic", "mako"}}


def test_the_head_is_the_newest_revision_and_revisions_are_numbers():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert scripts.get_heads() == [schema.HEAD] == revisions[:1]
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]


async def test_each_revision_goes_up_down_and_up_again_and_ends_at_the_tables_we_use(database_url: str):
    engine = create_engine(read_url(database_url))

    def stairs(connection: Connection) -> list[Any]:
        for number in range(1, int(schema.HEAD) + 1):
            below = f"{number - 1:04}" if number > 1 else "base"
            schema.upgrade(connection, f"{number:04}")
            schema.downgrade(connection, below)
            schema.upgrade(connection, f"{number:04}")
        schema.upgrade(connection)
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    with engine.begin() as connection:
        assert stairs(connection) == []
    with engine.begin() as connection:
        schema.downgrade(connection, "base")
    engine.dispose()
    left = (
        "SELECT name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite%'"
        if database_url.startswith("sqlite")
        else "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    assert await as_owner(database_url, left) == [("alembic_version",)]


async def test_a_migration_that_fails_leaves_nothing(
    open_database: Open, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    def fails_late(connection: Connection) -> None:
        upgrade(connection)
        raise ZeroDivisionError

    upgrade = schema.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(schema, "upgrade", fails_late)
        with pytest.raises(ZeroDivisionError):
            await open_database(database_url)
    with pytest.raises(Exception, match="alembic_version"):
        await as_owner(database_url, "SELECT * FROM alembic_version")
    await open_database(database_url)


async def test_the_schema_of_the_next_release_is_worked_with_and_a_later_one_refused(
    open_database: Open, database_url: str
):
    await (await open_database(database_url)).close()
    ahead = int(schema.HEAD) + 1
    await as_owner(database_url, f"UPDATE alembic_version SET version_num = '{ahead:04}'")  # noqa: S608
    await (await open_database(database_url)).close()
    await as_owner(database_url, f"UPDATE alembic_version SET version_num = '{ahead + 1:04}'")  # noqa: S608
    with pytest.raises(NewerSchema, match="newer release"):
        await open_database(database_url)
    await as_owner(database_url, "UPDATE alembic_version SET version_num = 'ab12cd'")
    with pytest.raises(CannotOpen, match="none of this bot"):
        await open_database(database_url)
