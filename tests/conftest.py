"""What tests of every room may ask for: an empty database of either engine. And what none may do unasked."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL server for the whole run (`tests.postgres.Server`)."""
    from tests.postgres import running_server  # noqa: PLC0415 -- most tests need no server

    with running_server() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bot.sqlite'}"


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with postgres_server.database() as url:
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
