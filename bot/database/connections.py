"""Connections and transactions, the same for both engines.

SQLite: one connection in one process, each transaction begun with BEGIN IMMEDIATE, so transactions simply queue.
PostgreSQL: a small pool; who must not run beside whom is said with advisory locks.
"""

import asyncio
import hashlib
import logging
import os
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.database.failures import CannotOpen, translated

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
"""What one transaction does. It may be called twice: it must keep nothing of a first, lost try."""

PRAGMAS = (
    "busy_timeout=15000",  # milliseconds; only a foreign tool can make us wait
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose the last commits at a power cut (sqlite.org/pragma.html#pragma_synchronous)
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten with zeros
    "trusted_schema=OFF",
    "recursive_triggers=ON",  # delete triggers also see what REPLACE deletes
)

LONGEST_TRANSACTION = 40.0
"""Seconds, the wait for a connection included: beyond the time-outs below, for a network that just went silent."""

POSTGRES_SETTINGS = {
    "application_name": "edu-accounts-bot",
    "timezone": "UTC",
    "lock_timeout": "10s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "30s",  # a replica that froze gives its locks back
}

LOCK_EACH = text(
    "SELECT pg_advisory_xact_lock(number)"
    " FROM (SELECT unnest(CAST(:numbers AS bigint[])) AS number ORDER BY number) AS sorted"
)


def advisory_lock(*name: str) -> int:
    """The number of a PostgreSQL advisory lock (signed, 64 bits) for a name."""
    digest = hashlib.sha256("\0".join(("edu-accounts-bot", *name)).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class Connections:
    """Runs transactions. Errors of all its calls: StoreUnavailable."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self._turn = asyncio.Lock()
        self._log_unclean = False
        self._on_commit: WeakKeyDictionary[AsyncConnection, list[Callable[[], None]]] = WeakKeyDictionary()

    async def run(self, work: Work[Result], deadline: float | None = LONGEST_TRANSACTION) -> Result:
        """One transaction: committed when `work` returns, rolled back when it raises or takes too long.

        Tried a second time when the connection turns out to be lost (server restarted) before the commit was sent:
        until then nothing of the first try can have been kept.
        """
        with translated():
            return await self._twice(work, deadline)

    async def _twice(self, work: Work[Result], deadline: float | None) -> Result:
        async with asyncio.timeout(deadline):
            try:
                return await self._once(work)
            except _LostBeforeCommit:
                pass
            try:
                return await self._once(work)
            except _LostBeforeCommit as lost:
                raise lost.error from None

    async def _once(self, work: Work[Result]) -> Result:
        if not self.sqlite:
            return await self._transaction(work)
        async with self._turn:
            return await _undisturbed(self._transaction(work))

    async def _transaction(self, work: Work[Result]) -> Result:
        async with self._engine.connect() as connection:
            try:
                result = await work(connection)
            except DBAPIError as error:
                if error.connection_invalidated or _is_stale_plan(error):
                    raise _LostBeforeCommit(error) from error
                raise
            await connection.commit()
            for call in self._on_commit.pop(connection, ()):
                call()
            return result

    def on_commit(self, connection: AsyncConnection, call: Callable[[], None]) -> None:
        """Has this called when what the connection's transaction does is kept."""
        self._on_commit.setdefault(connection, []).append(call)

    async def serialise(self, connection: AsyncConnection, *name: str) -> None:
        """Lets one transaction with this name through at a time, across replicas, until its end."""
        if not self.sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": advisory_lock(*name)})

    async def serialise_each(self, connection: AsyncConnection, kind: str, names: Iterable[str]) -> None:
        """The same for several names, always in one order, so that no two transactions wait for each other."""
        numbers = sorted({advisory_lock(kind, name) for name in names})
        if not self.sqlite and numbers:
            await connection.execute(LOCK_EACH, {"numbers": numbers})

    async def empty_log(self) -> None:
        """SQLite: brings the write-ahead log into the file and cuts it, so that nothing deleted is left in it.

        Nothing on PostgreSQL. Of several that ask at once one does it. What fails is left to whoever asks next.
        """
        if not self.sqlite:
            return
        self._log_unclean = True
        async with self._turn:
            if self._log_unclean:
                await _undisturbed(self._checkpoint())

    async def _checkpoint(self) -> None:
        try:
            async with self._engine.connect() as connection:
                raw = await connection.get_raw_connection()  # a checkpoint is not done within a transaction
                driver: Any = raw.driver_connection
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    busy, *_ = await cursor.fetchone()
            self._log_unclean = bool(busy)
        except (DBAPIError, PoolTimeout, OSError, sqlite3.Error) as error:
            log.warning("the write-ahead log was not emptied: %s", type(error).__name__)

    async def version(self) -> str:
        """The engine and its version, for the log: `SQLite 3.45.1`, `PostgreSQL 18.4`."""

        async def ask(connection: AsyncConnection) -> str:
            if self.sqlite:
                return f"SQLite {(await connection.execute(text('SELECT sqlite_version()'))).scalar_one()}"
            return f"PostgreSQL {(await connection.execute(text('SHOW server_version'))).scalar_one()}"

        return await self.run(ask)

    async def close(self) -> None:
        """Ends every connection. The last one of a SQLite file empties its WAL."""
        await self._engine.dispose()


class _LostBeforeCommit(Exception):
    def __init__(self, error: DBAPIError) -> None:
        super().__init__()
        self.error = error


async def _undisturbed(transaction: Coroutine[None, None, Result]) -> Result:
    """Lets a transaction end even when its caller is cancelled (a turn's deadline), and only then gives way.

    Interrupted, the only connection of SQLite would be thrown away with its lock on the file still held, and all
    others would have to wait until the busy time-out is over.
    """
    running = asyncio.create_task(transaction)  # noqa: TID251 -- not detached: it has always ended when we return
    cancelled: asyncio.CancelledError | None = None
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        running.cancelled() or running.exception()  # looked at, so that asyncio does not call it lost
        raise cancelled
    return running.result()


def _is_stale_plan(error: DBAPIError) -> bool:
    # Another replica has just migrated the tables; SQLAlchemy has dropped its prepared statements, so ask again.
    return type(error.orig).__name__ == "InvalidCachedStatementError"


def connect_sqlite(url: URL) -> Connections:
    """One connection to a file that only this process opens (the lock file is taken by the caller)."""
    path = Path(url.database or "")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # -wal and -shm take their mode from the file
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=15, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions by itself, and too late
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
            if pragma == "journal_mode=WAL" and cursor.fetchone()[0] != "wal":
                raise CannotOpen("SQLite cannot keep a write-ahead log here: is the folder on a network drive?")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Connections(engine)


def connect_postgres(url: URL) -> Connections:
    """A pool of at most ten connections."""
    return Connections(
        create_async_engine(
            url,
            pool_size=5,
            max_overflow=5,
            pool_timeout=10,
            hide_parameters=True,
            connect_args={"timeout": 10, "server_settings": POSTGRES_SETTINGS},
        )
    )
