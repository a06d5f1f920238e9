"""What goes wrong with a database: it is unavailable for the moment, or it must not be opened at all."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.core.errors import StoreUnavailable


class CannotOpen(Exception):
    """The process must not start with this database; the message tells an operator why. Never holds a password."""


class DatabaseInUse(CannotOpen):
    """Another process has this SQLite file open."""


class WrongKey(CannotOpen):
    """The database was begun with another master key."""


class NewerSchema(CannotOpen):
    """A later release has already changed the tables beyond what this one understands."""


BUGS = (DataError, IntegrityError, NotSupportedError, ProgrammingError, ArgumentError)
"""Ours, not the database's: they stay what they are, so that they are logged with their traceback."""

_WHY = re.compile(r"failed: (?!connection)(?:FATAL:\s+)?(.+)|(?=failed to resolve)(.+)")


@contextmanager
def translated() -> Iterator[None]:
    """Driver errors inside become StoreUnavailable, which tells their kind but never a statement or a value."""
    try:
        yield
    except BUGS:
        raise
    except DBAPIError as error:
        raise StoreUnavailable(_kind(error.driver_exception)) from error
    except (PoolTimeout, sqlite3.OperationalError, OSError, TimeoutError) as error:
        raise StoreUnavailable(type(error).__name__) from error


def _kind(error: BaseException) -> str:
    """The driver's word for it. While connecting psycopg has one word for everything and tells why in a sentence:
    a name that leads nowhere, nobody listening, a database that is not there, a password that is wrong.
    """
    told = None if getattr(error, "sqlstate", None) else _WHY.search(str(error))
    return f"{type(error).__name__} ({told[1] or told[2]})" if told else type(error).__name__
