"""Our tables made once for a whole run: a migration costs more than most tests that need its tables."""

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from bot.database import connections
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys

KEYS = DatabaseKeys.derive(bytes(32))


def make_tables(url: str) -> None:
    """Opens an empty database once and takes out what is of this opening only: the proof of its key."""
    with ThreadPoolExecutor(1) as pool:  # this thread may have an event loop already
        pool.submit(asyncio.run, _make(url)).result()


async def _make(url: str) -> None:
    await (await Database.open(url, KEYS, lambda: datetime(2026, 1, 1, tzinfo=UTC))).close()
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            file.execute("DELETE FROM key_check")
            file.execute("VACUUM")  # so that no trace of it is left in the file
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DELETE FROM key_check")
            server.execute("VACUUM FULL key_check")


@contextmanager
def statements_kept() -> Iterator[None]:
    """Keeps what SQLAlchemy has made of a statement for the next database of the same engine.

    A process of the bot makes it once, as it opens one database; a test opens a new one and would make it anew, which
    is half of what opening costs.
    """
    kept: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}

    def create(*arguments: Any, **named: Any) -> Engine:
        engine = create_engine(*arguments, **named)
        engine.dialect, statements = kept.setdefault(engine.name, (engine.dialect, LRUCache(1000)))
        engine.update_execution_options(compiled_cache=statements)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "create_engine", create)
        yield
