"""Which shape the tables have, and bringing them to the shape this release wants, in-process at start.

Replicas of two releases run side by side during a deploy, so every change is made in two steps (expand, then
contract): a release works with its own schema and with that of the next one. Revisions are therefore numbers, one per
release at most, and a schema two or more ahead is refused. What a release no longer reads, the next one may drop.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.database.connections import Connections
from bot.database.failures import CannotOpen, NewerSchema

HEAD = "0011"
"""The newest revision in `migrations/versions` (a test compares)."""

VERSION_TABLE = "alembic_version"

MIGRATIONS = Path(__file__).parent / "migrations"


Upgraded = Callable[[Connection, str], None]
"""Told, within the transaction that migrated them, from which revision older tables came."""


async def bring_up_to_date(connections: Connections, upgraded: Upgraded) -> None:
    """Migrates when needed; of several processes starting at once, one does it and the others wait.

    Alembic is imported only then: a start on current tables stays quick. NewerSchema, CannotOpen: see `failures`.
    """
    if _is_current(await connections.run(_revision)):
        return

    def migrate(connection: Connection) -> None:
        if not connections.sqlite:
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        connections.serialise(connection, "migrations")
        before = _revision(connection)
        if not _is_current(before):
            upgrade(connection)
            if before is not None:
                upgraded(connection, before)

    await connections.run(migrate, deadline=None)


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Migrates up within the transaction that `connection` is in."""
    from alembic import command  # noqa: PLC0415 -- a third of a second that a start on current tables need not spend

    command.upgrade(_configured(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Migrates down within the transaction that `connection` is in. For tests and repair; never at start."""
    from alembic import command  # noqa: PLC0415 -- see upgrade

    command.downgrade(_configured(connection), to)


def _configured(connection: Connection) -> Any:  # Alembic's Config, whose import is slow (see upgrade)
    from alembic.config import Config  # noqa: PLC0415 -- see upgrade

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608 -- a constant


def _is_current(revision: str | None) -> bool:
    if revision is None or revision == HEAD:
        return revision == HEAD
    if not re.fullmatch(r"\d{4}", revision):
        raise CannotOpen(f"the tables have the revision {revision!r}, which is none of this bot's")
    ahead = int(revision) - int(HEAD)
    if ahead > 1:
        raise NewerSchema(f"the tables have revision {revision}, this release knows {HEAD}: start a newer release")
    return ahead == 1
