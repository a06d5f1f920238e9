"""The owner of the database, who goes past the bot: plain statements over a connection of the owner's own."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

MASTER_KEY = bytes(range(32))


def file_of(url: str) -> str:
    """The SQLite file of a URL."""
    return url.removeprefix("sqlite:///")


async def as_owner(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Runs the statements one by one, each committed; returns the rows of the last."""
    return owner_runs(url, *statements)


def owner_runs(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """The same for who is on a database thread."""
    rows: list[tuple[Any, ...]] = []
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(url), isolation_level=None)) as connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
        return rows
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


async def without_triggers(url: str, *statements: str) -> None:
    """The same with the audit's triggers dropped first."""
    if url.startswith("sqlite"):
        names = await as_owner(url, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        drops = [f"DROP TRIGGER {name}" for (name,) in names]
    else:
        drops = ["ALTER TABLE audit DISABLE TRIGGER ALL"]
    await as_owner(url, *drops, *statements)
