"""Database URLs: which engines there are, and the driver we use for each."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.database.failures import CannotOpen

DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "sqlite+aiosqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgresql+asyncpg": "postgresql+psycopg",
}
"""Two names are of drivers that releases before this one used: settings that were written then go on working."""


def read_url(written: str) -> URL:
    """The URL with the driver we use. CannotOpen for another engine, or SQLite without a file."""
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise CannotOpen("the database URL cannot be read") from None  # the cause may quote it
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise CannotOpen(f"{url.drivername} is not a database this bot knows: sqlite:///file or postgresql://…")
    url = url.set(drivername=driver)
    if driver.startswith("sqlite"):
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise CannotOpen("SQLite needs the path of a file: sqlite:///path/to/bot.sqlite")
        return url
    if "ssl" in url.query:  # asyncpg's word for what libpq calls sslmode
        query = dict(url.query)
        query["sslmode"] = query.pop("ssl")
        url = url.set(query=query)
    return url


def beside(written: str, name: str) -> str:
    """The URL of the database of this name on the same server. CannotOpen where there is none beside: SQLite."""
    url = read_url(written)
    if url.drivername.startswith("sqlite"):
        raise CannotOpen("SQLite has no other database beside: set DATABASE_URL to the file")
    return url.set(database=name).render_as_string(hide_password=False)
