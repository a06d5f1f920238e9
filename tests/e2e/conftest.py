"""The whole product, started once for this folder's tests, and a Teams-like client for whoever a test needs."""

import itertools
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from demo import cast, playground, stack
from demo.cast import Cast, Player
from demo.processes import Program, free_port, stop_all
from demo.workplace import workplace
from tests.e2e.playground import PICTURES, Client, launch


@dataclass(frozen=True)
class Product:
    """The running product and the people of its pretend tenant."""

    bot: str
    cast: Cast
    people: dict[str, Any]
    folder: Path
    programs: tuple[Program, ...]

    def player(self, role: str) -> Player:
        """Somebody with this role."""
        entry = next(person for person in self.people["people"] if person["role"] == role)
        return cast.player(role, entry)

    @property
    def shared_name(self) -> str:
        """A whole name that several students of the first director's school have in common."""
        school = self.cast.first_director.school_code
        identifiers: dict[str, set[str]] = {}
        for student in self.people["students"]:
            if student["schoolCode"] == school:
                identifiers.setdefault(student["name"], set()).add(student["identifier"])
        return next(name for name, different in identifiers.items() if len(different) > 1)


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    with workplace(PICTURES.parent / "e2e-run") as folder:
        standing = stack.start(folder, simulator_options=("--links",))
        try:
            people = cast.read_people(standing.tenant)
            yield Product(standing.bot, cast.choose(people), people, folder, standing.programs)
        finally:
            stop_all(standing.programs)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except FileNotFoundError as error:
            pytest.skip(str(error))
        yield chromium
        chromium.close()


@pytest.fixture
def started() -> Iterator[list[Program]]:
    """The Teams-like clients of one test, stopped after it."""
    programs: list[Program] = []
    yield programs
    stop_all(programs)


@pytest.fixture
def client_of(
    product: Product, browser: Browser, started: list[Program], request: pytest.FixtureRequest
) -> Iterator[Callable[[Player], Client]]:
    """Opens a chat of its own for a person; a failing test leaves a picture of each."""
    clients: list[Client] = []

    def opened(player: Player) -> Client:
        unique = replace(player, key=f"{player.key}-{next(_numbers)}")
        port = free_port()
        started.append(
            playground.start(
                unique,
                others=[],
                tenant=product.cast.tenant,
                bot=product.bot,
                port=port,
                folder=product.folder / unique.key,
            )
        )
        client = Client(browser, f"http://127.0.0.1:{port}/")
        clients.append(client)
        client.wait_for_answers(1)
        return client

    try:
        yield opened
    finally:
        for number, client in enumerate(clients, start=1):
            if request.node.stash.get(_failed, False):
                client.screenshot(f"failed-{request.node.name}-{number}")
            client.close()


_numbers = itertools.count(1)
_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers that a test failed, for the pictures."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report
