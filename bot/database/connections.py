"""Connections and transactions, the same for both engines.

A transaction is one plain function that runs whole on a database thread: the event loop hands it over once and is
told once (docs/adr/0061). SQLite: one thread with one connection, each transaction begun with BEGIN IMMEDIATE, so
transactions simply queue. PostgreSQL: a thread for each connection of a small pool; who must not run beside whom is
said with advisory locks.
"""

import asyncio
import contextvars
import hashlib
import logging
import os
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.core.errors import StoreUnavailable
from bot.database.failures import CannotOpen, translated

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""What one transaction does. It may be called twice: it must keep nothing of a first, lost try. It runs on another
thread than the event loop, so what it changes outside the database it changes by `on_commit`.
"""

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

LONGEST_COMMIT = 10.0
"""Seconds a commit may still take when nobody waits for it any more."""

POOLED = 10
"""Connections to PostgreSQL at most, and so threads. Half of them stay open."""

POSTGRES_SETTINGS = {
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

    def __init__(self, engine: Engine, *, threads: int) -> None:
        self._engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._closed = False
        self._log_unclean = False
        self._running: WeakSet[_Transaction[Any]] = WeakSet()
        self._of_thread = threading.local()

    async def run(self, work: Work[Result], deadline: float | None = LONGEST_TRANSACTION) -> Result:
        """One transaction: committed when `work` returns, rolled back when it raises or takes too long.

        Tried a second time when the connection turns out to be lost (server restarted) before the commit was sent:
        until then nothing of the first try can have been kept. Cancelled, it is either kept whole or not at all.
        """
        if self._closed:
            raise StoreUnavailable("closed")
        loop = asyncio.get_running_loop()
        transaction = _Transaction(self._engine, work, self._of_thread, loop)
        self._running.add(transaction)
        with translated():
            try:
                async with asyncio.timeout(deadline):
                    context = contextvars.copy_context()
                    result = await loop.run_in_executor(self._threads, context.run, transaction)
            finally:
                transaction.leave()
        if transaction.after is not None:  # shielded: what was destroyed leaves the log also when its caller goes
            await asyncio.shield(asyncio.wrap_future(transaction.after))
        return result

    def on_commit(self, _: Connection, call: Callable[[], None]) -> None:
        """Has this called on the event loop when what the connection's transaction does is kept."""
        self._of_thread.on_commit.append(call)

    def serialise(self, connection: Connection, *name: str) -> None:
        """Lets one transaction with this name through at a time, across replicas, until its end."""
        if not self.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": advisory_lock(*name)})

    def serialise_each(self, connection: Connection, kind: str, names: Iterable[str]) -> None:
        """The same for several names, always in one order, so that no two transactions wait for each other."""
        if self.sqlite:
            return
        numbers = sorted({advisory_lock(kind, name) for name in names})
        if numbers:
            connection.execute(LOCK_EACH, {"numbers": numbers})

    async def empty_log(self) -> None:
        """SQLite: brings the write-ahead log into the file and cuts it, so that nothing deleted is left in it.

        Nothing on PostgreSQL. Of several that ask at once one does it. What fails is left to whoever asks next.
        """
        if self.sqlite and not self._closed:
            await asyncio.shield(asyncio.wrap_future(self._empty_log()))

    def empty_log_after(self, _: Connection) -> None:
        """The same when what the connection's transaction deletes is deleted, and before its caller goes on."""
        if self.sqlite:
            self._of_thread.after = self._empty_log

    def _empty_log(self) -> Future[None]:
        self._log_unclean = True
        return self._threads.submit(self._checkpoint)

    def _checkpoint(self) -> None:
        if self._log_unclean:
            self._log_unclean = not emptied(self._engine)

    async def version(self) -> str:
        """The engine and its version, for the log: `SQLite 3.45.1`, `PostgreSQL 18.4`."""
        if self.sqlite:
            return f"SQLite {sqlite3.sqlite_version}"
        return f"PostgreSQL {await self.run(lambda connection: connection.scalar(text('SHOW server_version')))}"

    async def close(self) -> None:
        """Ends every connection, also of a transaction that still runs. The last one of a SQLite file empties its
        WAL. May be called twice.
        """
        self._closed = True
        for transaction in tuple(self._running):
            transaction.leave()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        self._engine.dispose()


class _Transaction(Generic[Result]):
    """One transaction on its way through a thread, and the end of it that the event loop holds."""

    def __init__(
        self, engine: Engine, work: Work[Result], of_thread: threading.local, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._engine = engine
        self._work = work
        self._of_thread = of_thread
        self._loop = loop
        self._lock = threading.Lock()
        self._left = False
        self._driver: Any = None
        self._commits = False
        self.after: Future[None] | None = None

    def __call__(self) -> Result:
        """On the thread."""
        try:
            return self._once()
        except _LostBeforeCommit:
            pass
        try:
            return self._once()
        except _LostBeforeCommit as lost:
            raise lost.error from None

    def leave(self) -> None:
        """Nobody waits for it any more: what is not yet committed will not be. Nothing after its end."""
        with self._lock:
            self._left = True
            if self._driver is None:
                return
            if not self._commits:
                _interrupt(self._driver)
                return
        self._loop.call_later(LONGEST_COMMIT, self._interrupt_commit)

    def _interrupt_commit(self) -> None:
        with self._lock:
            if self._driver is not None:
                _interrupt(self._driver)

    def _once(self) -> Result:
        calls: list[Callable[[], None]] = []
        self._of_thread.on_commit = calls
        self._of_thread.after = None
        with self._engine.connect() as connection:
            self._holds(connection.connection.driver_connection)
            try:
                result = self._work(connection)
                self._holds(self._driver, commits=True)
                connection.commit()
            except DBAPIError as error:
                stale = _is_stale_plan(error)
                if stale:
                    connection.invalidate(error)
                if not self._commits and (stale or error.connection_invalidated):
                    raise _LostBeforeCommit(error) from error
                raise
            finally:
                with self._lock:  # from here on the connection may be another transaction's
                    self._driver = None
                    self._commits = False
        if self._of_thread.after is not None:
            with suppress(RuntimeError):  # the pool of threads is closing: the last connection empties the log
                self.after = self._of_thread.after()
        for call in calls:
            self._loop.call_soon_threadsafe(call)
        return result

    def _holds(self, driver: Any, *, commits: bool = False) -> None:
        with self._lock:
            if self._left:
                raise TimeoutError("nobody waits for this transaction any more")
            self._driver = driver
            self._commits = commits


def emptied(engine: Engine) -> bool:
    """Empties the write-ahead log of a SQLite file, on its thread and outside of transactions; whether it did."""
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection  # SQLAlchemy would begin a transaction
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except (DBAPIError, PoolTimeout, OSError, sqlite3.Error) as error:
        log.warning("the write-ahead log was not emptied: %s", type(error).__name__)
        return False


class _LostBeforeCommit(Exception):
    def __init__(self, error: DBAPIError) -> None:
        super().__init__()
        self.error = error


def _interrupt(driver: Any) -> None:
    """Makes what this connection waits for fail at once. Called from another thread than its own."""
    if isinstance(driver, sqlite3.Connection):
        driver.interrupt()
        return
    # psycopg.Connection.cancel asks the server; one that is silent would not hear it.
    try:
        line = socket.socket(fileno=driver.fileno())
    except Exception:  # noqa: BLE001 -- closed meanwhile, whatever the driver calls that
        return
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        line.detach()


def _is_stale_plan(error: DBAPIError) -> bool:
    # Another replica has just migrated the tables; the prepared statements of this connection know the old ones.
    return "cached plan must not change result type" in str(error.orig)


def connect_sqlite(url: URL) -> Connections:
    """One connection to a file that only this process opens (the lock file is taken by the caller)."""
    path = Path(url.database or "")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # -wal and -shm take their mode from the file
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=15, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions by itself, and too late
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
            if pragma == "journal_mode=WAL" and cursor.fetchone()[0] != "wal":
                raise CannotOpen("SQLite cannot keep a write-ahead log here: is the folder on a network drive?")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection  # a third of what SQLAlchemy's own way costs
        driver.execute("BEGIN IMMEDIATE")

    return Connections(engine, threads=1)


def connect_postgres(url: URL) -> Connections:
    """A pool of at most ten connections."""
    settings = " ".join(f"-c {name}={value}" for name, value in POSTGRES_SETTINGS.items())
    arguments = {"connect_timeout": 10, "application_name": "edu-accounts-bot", "options": settings}
    engine = create_engine(
        url,
        pool_size=POOLED // 2,
        max_overflow=POOLED - POOLED // 2,
        pool_timeout=10,
        hide_parameters=True,
        connect_args=arguments,
    )
    return Connections(engine, threads=POOLED)
