"""A PostgreSQL database that a test is given has nothing in it of the tests that had it before (`tests.handed_out`)."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, MetaData, create_engine, insert, inspect, text

from bot.database.schema import VERSION_TABLE
from bot.database.tables import metadata
from bot.database.urls import read_url
from tests import handed_out
from tests.handed_out import HandedOut
from tests.integration.database.owner import owner_runs

VALUES: dict[type, Any] = {int: 1, str: "x", bytes: bytes(32), bool: False}
"""With these the audit log takes its first row."""


@pytest.fixture
def permissive(postgres_server: Any, postgres_template: str) -> Iterator[HandedOut]:
    """Databases whose tables take any row, but for the triggers of the audit log."""
    with postgres_server.database(postgres_template) as url:
        checks = owner_runs(
            url,
            "SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint"
            " WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace",
        )
        owner_runs(url, *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in checks))
        databases = HandedOut(postgres_server, url.rpartition("/")[2])
        yield databases
        databases.drop()


@pytest.fixture
def databases(postgres_server: Any, postgres_template: str) -> Iterator[HandedOut]:
    made = HandedOut(postgres_server, postgres_template)
    yield made
    made.drop()


def everything(url: str) -> dict[str, int]:
    """How many rows each table has."""
    tables = owner_runs(
        url, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    return {table: owner_runs(url, f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in tables}  # noqa: S608


def fill(connection: Connection) -> None:
    """A row into every table there is."""
    there = MetaData()
    there.reflect(connection)
    for table in there.tables.values():
        if table.name != VERSION_TABLE:
            numbered = table.primary_key.columns if table.name != "audit" else ()
            row = {
                column.name: VALUES[column.type.python_type]
                for column in table.columns
                if not (column in set(numbered) and column.server_default is not None)
            }
            connection.execute(insert(table).values(row))


def test_of_what_a_test_wrote_into_any_table_nothing_is_there_for_the_next(permissive: HandedOut):
    rows: dict[str, int] = {}
    urls = []
    for _ in range(3):
        with permissive.database() as url:
            urls.append(url)
            before = everything(url)
            assert {table for table, count in before.items() if count} == {VERSION_TABLE}
            engine = create_engine(read_url(url))
            with engine.begin() as connection:
                fill(connection)
            rows = everything(url)
            engine.dispose()
    assert len(set(urls)) == 1, "it was not the same database"
    assert set(rows) == {VERSION_TABLE, *metadata.tables}
    assert set(rows.values()) == {1}


def test_numbers_are_given_out_from_the_beginning(permissive: HandedOut):
    given: list[set[Any]] = []
    for _ in range(2):
        with permissive.database() as url:
            engine = create_engine(read_url(url))
            with engine.connect() as connection:
                sequences = inspect(connection).get_sequence_names()
                given.append({(name, connection.scalar(text(f"SELECT nextval('{name}')"))) for name in sequences})
            engine.dispose()
    assert given[0] == given[1]
    assert {number for _, number in given[0]} == {1}


def test_tables_are_as_small_as_new_ones(databases: HandedOut):
    """Rows that were deleted or rolled back leave their pages, and a plan that counts them."""
    pages = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    sizes = []
    for _ in range(2):
        with databases.database() as url:
            sizes.append(owner_runs(url, pages))
            many = "INSERT INTO preference SELECT n::text, 'bg' FROM generate_series(1, 5000) AS n"
            owner_runs(url, many, "DELETE FROM preference")
    assert sizes[0] == sizes[1]


def test_whoever_is_still_connected_is_cut_off(databases: HandedOut):
    with databases.database() as url:
        left = psycopg.connect(url)
        left.execute("INSERT INTO preference VALUES ('left', 'bg')")
    with closing(left), databases.database() as again:
        assert again == url
        with pytest.raises(psycopg.OperationalError):
            left.commit()


def test_a_test_may_end_all_connections(databases: HandedOut):
    with databases.database() as url:
        owner_runs(url, "INSERT INTO preference VALUES ('left', 'bg')", handed_out.END_OTHERS)
    with databases.database() as again:
        assert again == url
        assert owner_runs(again, "SELECT * FROM preference") == []


CHANGES = {
    "another column": "ALTER TABLE preference ADD COLUMN more text",
    "a column less": "ALTER TABLE preference DROP COLUMN language",
    "another type": "ALTER TABLE preference ALTER COLUMN language TYPE varchar(9)",
    "another default": "ALTER TABLE preference ALTER COLUMN language SET DEFAULT 'bg'",
    "null allowed": "ALTER TABLE preference ALTER COLUMN language DROP NOT NULL",
    "another table": "CREATE TABLE more (id integer)",
    "a table less": "DROP TABLE preference",
    "a table by another name": "ALTER TABLE preference RENAME TO liked",
    "the same table anew": "CREATE TABLE other (LIKE preference INCLUDING ALL); DROP TABLE preference;"
    "ALTER TABLE other RENAME TO preference",
    "an index less": "DROP INDEX ix_audit_at",
    "another index": "CREATE INDEX more ON preference (language)",
    "a constraint less": "ALTER TABLE lookup_attempt DROP CONSTRAINT ck_lookup_attempt_reach",
    "another constraint": "ALTER TABLE preference ADD CONSTRAINT more CHECK (language <> 'x')",
    "a trigger less": "DROP TRIGGER audit_next_link ON audit",
    "a trigger off": "ALTER TABLE audit DISABLE TRIGGER audit_next_link",
    "all triggers off": "ALTER TABLE audit DISABLE TRIGGER ALL",
    "a trigger weaker": "ALTER TABLE audit ENABLE TRIGGER audit_refuse_truncate",
    "another function": "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "another body": "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NEW; END'",
    "a view": "CREATE VIEW more AS SELECT 1",
    "a schema": "CREATE SCHEMA more",
    "a right": "GRANT SELECT ON preference TO PUBLIC",
    "a sequence": "CREATE SEQUENCE more",
    "other steps": "ALTER SEQUENCE lookup_attempt_id_seq INCREMENT 5",
    "statistics": "INSERT INTO preference VALUES ('x', 'bg'); ANALYZE preference",
    "a setting": "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''8MB''', current_database()); END $$",
    "another revision": f"UPDATE {VERSION_TABLE} SET version_num = '9999'",  # noqa: S608
    "no revision": f"DELETE FROM {VERSION_TABLE}",  # noqa: S608
}


def test_each_change_is_seen(databases: HandedOut, subtests: pytest.Subtests):
    with databases.database() as url, psycopg.connect(url) as connection:
        shape = connection.execute(handed_out.SHAPE).fetchall()
        for name, change in CHANGES.items():
            with subtests.test(name):
                connection.execute(change)
                assert connection.execute(handed_out.SHAPE).fetchall() != shape
            connection.rollback()
        assert connection.execute(handed_out.SHAPE).fetchall() == shape


def test_a_database_that_was_changed_is_thrown_away(databases: HandedOut):
    with databases.database() as url:
        owner_runs(url, "ALTER TABLE preference ADD COLUMN more text")
    with databases.database() as another:
        assert another != url
    with databases.database() as again:
        assert again == another, "nothing was changed in this one"
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        owner_runs(url, "SELECT 1")


def test_none_is_given_to_two(databases: HandedOut):
    with databases.database() as one, databases.database() as other:
        assert one != other


def test_one_is_used_a_number_of_times(databases: HandedOut, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(handed_out, "USES", 2)
    urls = []
    for _ in range(3):
        with databases.database() as url:
            urls.append(url)
    assert urls[0] == urls[1] != urls[2]
