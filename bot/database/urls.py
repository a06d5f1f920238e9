"""Database URLs: which engines there are, and the driver we use for each."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.database.failures import CannotOpen

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


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
    if "sslmode" in url.query:  # libpq's word for what asyncpg calls ssl
        query = dict(url.query)
        query["ssl"] = query.pop("sslmode")
        url = url.set(query=query)
    return url
