"""What tests of every room may ask for: an empty database of either engine. And what none may do unasked."""

import gc
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 -- what is made in it is made by `tempfile`
WANTED = 4 << 30
"""Bytes that must be free in memory before the suite keeps its files there."""


def pytest_configure(config: pytest.Config) -> None:
    """Keeps temporary files in memory where there is room: a test waits for no disk, neither do the processes it starts.

    What a killed process wrote outlives it there too. TMPDIR, given, is left as it is.
    """
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that none of them is begun when everything else is done."""
    weights: dict[Path, float] = {}
    for item in items:
        allowed = item.get_closest_marker("timeout")
        weight = float(allowed.args[0]) if allowed and allowed.args else 0.0
        weight += 100 * any(item.get_closest_marker(name) for name in ("slow", "e2e", "long"))
        weights[item.path] = max(weight, weights.get(item.path, 0.0))
    items.sort(key=lambda item: -weights[item.path])


def pytest_collection_finish() -> None:
    """Twenty thousand collected tests stay till the end: the collector need not look through them again and again,
    which took a tenth of the time. What a test leaves behind is found as before.
    """
    gc.collect()
    gc.freeze()


def _has_room(folder: Path) -> bool:
    try:
        there = os.statvfs(folder)
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return False
    executes = not there.f_flag & os.ST_NOEXEC
    return executes and os.access(folder, os.W_OK) and min(there.f_bavail * there.f_frsize, free) >= WANTED


@pytest.fixture(autouse=True)
def logs_are_left_as_they_were() -> Iterator[None]:
    """The bot's own logs say less than was said: one that a test leaves behind would hide what another looks for."""
    yield
    ours = [one for one in logging.getLogger().handlers if type(one).__module__ == "bot.runtime.logs"]
    for one in ours:
        logging.getLogger().removeHandler(one)
    assert not ours, "the bot's logs were set up in this process"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL server for the whole run (`tests.postgres.Server`)."""
    from tests.postgres import running_server  # noqa: PLC0415 -- most tests need no server

    with running_server() as server:
        yield server


@pytest.fixture
def new_sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bot.sqlite'}"


@pytest.fixture
def new_postgres_url(postgres_server: Any) -> Iterator[str]:
    """The URL of a PostgreSQL database with nothing in it."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def statements_kept() -> Iterator[None]:
    """See `tests.templates.statements_kept`."""
    from tests.templates import statements_kept  # noqa: PLC0415 -- most tests need no database

    with statements_kept():
        yield


@pytest.fixture(scope="session")
def sqlite_template(statements_kept: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables and no row, as the first start leaves it but for its key."""
    from tests.templates import make_tables  # noqa: PLC0415 -- most tests need no database

    file = tmp_path_factory.mktemp("template") / "bot.sqlite"
    make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(statements_kept: None, postgres_server: Any) -> Iterator[str]:
    """The same as a database of the server: its name."""
    from tests.templates import make_tables  # noqa: PLC0415 -- see above

    with postgres_server.database() as url:
        make_tables(url)
        yield url.rpartition("/")[2].partition("?")[0]


@pytest.fixture
def sqlite_url(new_sqlite_url: str, sqlite_template: Path) -> str:
    """The URL of a SQLite database with our tables and no row. Without the tables: `new_sqlite_url`."""
    copyfile(sqlite_template, new_sqlite_url.removeprefix("sqlite:///"))
    return new_sqlite_url


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: Any, postgres_template: str) -> Iterator[Any]:
    """Copies of it that are emptied and used again (`tests.handed_out.HandedOut`)."""
    from tests.handed_out import HandedOut  # noqa: PLC0415 -- see above

    handed_out = HandedOut(postgres_server, postgres_template)
    yield handed_out
    handed_out.drop()


@pytest.fixture
def postgres_url(postgres_databases: Any) -> Iterator[str]:
    """The URL of a PostgreSQL database with our tables and no row. Without the tables: `new_postgres_url`.

    Other tests have used it and will: nothing may write into it when the test is over.
    """
    with postgres_databases.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; every test that asks for it runs on both engines."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """See `_whole_cards`."""
    with _whole_cards(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """See `_whole_cards`."""
    with _whole_cards(item):
        yield


@contextmanager
def _whole_cards(item: pytest.Item) -> Iterator[None]:
    """A card that says less is a mistake of whoever builds it: people are spared it, a test is not.

    A test of that very thing is marked `says_less`.
    """
    said: list[str] = []
    listener = logging.Handler(logging.ERROR)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # a handler in short
    log = logging.getLogger("cards.card")
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
    if said and item.get_closest_marker("says_less") is None:
        pytest.fail(f"a card says less: {said[0]}")
