"""PostgreSQL databases that one test after another is given, emptied in between: a new one costs ten times as much.

What a test left goes with `_Copy.emptied`: rows, numbers of sequences, connections. A test that changed anything else
(a table, a trigger, a setting) gets its database thrown away, as does one that made emptying fail.
`tests/integration/database/test_handed_out.py` proves it on all tables.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from psycopg import sql

from bot.database.schema import VERSION_TABLE
from tests.postgres import Server

USES = 50
"""Of one database: each emptying leaves dead rows in the server's own tables."""

END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Asked again until there is none: told to wait for the end itself, the server looks every 100 ms only."""

WRITTEN = """
    SELECT relnamespace::regnamespace::text, relname FROM pg_class
    WHERE oid >= 16384 AND relkind = 'r' AND relname <> %s AND pg_relation_size(oid) > 0
"""
"""Tables that ever had a row, also one that was deleted or rolled back."""

REFUSING = """
    SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
    WHERE oid >= 16384 AND tgtype & 32 <> 0 AND tgenabled <> 'D'
"""
"""Triggers on TRUNCATE: the audit log's."""

ENABLED = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA"}

SHAPE = f"""
    SELECT md5(string_agg(what, chr(10) ORDER BY what)) FROM (
        SELECT concat_ws(' ', 'version', one.*) AS what FROM {VERSION_TABLE} AS one
        UNION ALL SELECT concat_ws(' ', 'relation', oid, relname, relnamespace, relkind, relowner, reloptions, relacl,
            relpersistence, relrowsecurity) FROM pg_class
            WHERE oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace
        UNION ALL SELECT concat_ws(' ', 'column', attrelid, attnum, attname, atttypid, atttypmod, attnotnull,
            attidentity, attgenerated, attcollation, attacl) FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0
        UNION ALL SELECT concat_ws(' ', 'default', adrelid, adnum, adbin) FROM pg_attrdef WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'constraint', oid, conname, conrelid, convalidated, conbin) FROM pg_constraint
            WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'index', indexrelid, indisvalid, indisready, indisunique) FROM pg_index
            WHERE indexrelid >= 16384
        UNION ALL SELECT concat_ws(' ', 'trigger', oid, tgname, tgrelid, tgfoid, tgenabled) FROM pg_trigger
            WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'rule', oid, ev_class, ev_enabled) FROM pg_rewrite WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'policy', oid, polname) FROM pg_policy
        UNION ALL SELECT concat_ws(' ', 'event trigger', oid, evtname, evtenabled) FROM pg_event_trigger
        UNION ALL SELECT concat_ws(' ', 'function', oid, proname, prosrc, proconfig, proacl, proowner) FROM pg_proc
            WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'schema', oid, nspname, nspacl) FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%'
        UNION ALL SELECT concat_ws(' ', 'sequence', one.*) FROM pg_sequence AS one
        UNION ALL SELECT concat_ws(' ', 'type', oid, typname, typnotnull) FROM pg_type WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', 'extension', oid, extname) FROM pg_extension
        UNION ALL SELECT concat_ws(' ', 'large object', oid) FROM pg_largeobject_metadata
        UNION ALL SELECT concat_ws(' ', 'statistics', starelid, staattnum) FROM pg_statistic WHERE starelid >= 16384
        UNION ALL SELECT concat_ws(' ', 'database', datname, datallowconn, datconnlimit, datacl, datdba)
            FROM pg_database WHERE datname = current_database()
        UNION ALL SELECT concat_ws(' ', 'setting', setrole, setconfig) FROM pg_db_role_setting
            WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) AS everything
"""  # noqa: S608 -- a constant
"""Everything but the rows and where they lie. Statistics too: they change how a statement is carried out."""


class HandedOut:
    """Copies of the template, each given to one test at a time."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._free: list[_Copy] = []

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a database that is as the template."""
        copy = self._free.pop() if self._free else _Copy(self._server, self._template)
        try:
            yield copy.url
        finally:
            if copy.emptied():
                self._free.append(copy)
            else:
                copy.drop()

    def drop(self) -> None:
        """All of them."""
        while self._free:
            self._free.pop().drop()


class _Copy:
    def __init__(self, server: Server, template: str) -> None:
        self._stack = ExitStack()
        self.url = self._stack.enter_context(server.database(template))
        self._connection: psycopg.Connection[Any] | None = None
        self._uses = 0
        try:
            self._shape = self._run(SHAPE)
        except BaseException:
            self.drop()
            raise

    def emptied(self) -> bool:
        """Makes it as the template again; whether it is."""
        self._uses += 1
        if self._uses >= USES:
            return False
        try:
            self._end_others()
            self._empty()
            return self._run(SHAPE) == self._shape
        except psycopg.Error:
            return False

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._stack.close()

    def _end_others(self) -> None:
        try:
            left = self._run(END_OTHERS)
        except psycopg.OperationalError:  # a test has ended ours
            left = self._run(END_OTHERS)
        given_up = time.monotonic() + 10
        while left:
            if time.monotonic() > given_up:
                raise psycopg.OperationalError("a connection does not end")
            time.sleep(0.001)
            left = self._run(END_OTHERS)

    def _empty(self) -> None:
        tables = [sql.Identifier(*names) for names in self._run(WRITTEN, VERSION_TABLE)]
        statements: list[sql.Composable] = [
            sql.SQL("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")
        ]
        if tables:
            refusing = [
                (sql.SQL(table), sql.Identifier(trigger), sql.SQL(ENABLED[how]))
                for table, trigger, how in self._run(REFUSING)
            ]
            alter = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
            statements += [
                *(alter.format(table, sql.SQL("DISABLE"), trigger) for table, trigger, _ in refusing),
                sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)),
                *(alter.format(table, how, trigger) for table, trigger, how in refusing),
            ]
        self._run(sql.SQL("; ").join(statements))  # at once is one transaction

    def _run(self, statement: str | sql.Composed, *parameters: str) -> list[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self.url, autocommit=True, options="-c lock_timeout=10s")
        cursor = self._connection.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
