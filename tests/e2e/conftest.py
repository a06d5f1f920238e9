"""The whole product, started once for this folder's tests, and a Teams-like client for whoever a test needs."""

import itertools
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from demo import cast, playground, stack
from demo.cast import Cast, Player
from demo.processes import Program, free_port, stop_all
from demo.workplace import workplace
from tests.e2e.playground import PICTURES, Client, launch

WITHOUT_NEWS = {"ACCOUNTS_NEW_DAYS": "1"}
"""No account of the pretend tenant is new: in September and October what the bot says of new ones by itself would come
between a press and its answer.
"""


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
        standing = stack.start(folder, simulator_options=("--links",), more_settings=WITHOUT_NEWS)
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


@dataclass
class Chats:
    """A chat for each person who was needed so far, in a Teams-like client of its own."""

    browser: Browser
    kept: dict[tuple[str, str], tuple[Client, Program]] = field(default_factory=dict)

    def of(self, product: Product, player: Player) -> Client:
        """The person's chat, begun anew where there is one."""
        found = self.kept.get((product.bot, player.object_id))
        if found is None:
            return self.new(product, player)
        client, _ = found
        client.begin_anew()
        return client

    def new(self, product: Product, player: Player) -> Client:
        """A chat that has only just been opened."""
        self.close(product, player)
        unique = replace(player, key=f"{player.key}-{next(_numbers)}")
        port = free_port()
        folder, tenant = product.folder / unique.key, product.cast.tenant
        program = playground.start(unique, others=[], tenant=tenant, bot=product.bot, port=port, folder=folder)
        try:
            client = Client(self.browser, f"http://127.0.0.1:{port}/")
            client.wait_for_answers(1)
        except BaseException:
            program.stop()
            raise
        self.kept[product.bot, player.object_id] = client, program
        return client

    def close(self, product: Product, player: Player) -> None:
        """As if nobody had opened it."""
        found = self.kept.pop((product.bot, player.object_id), None)
        if found is not None:
            client, program = found
            client.close()
            program.stop()

    @property
    def programs(self) -> list[Program]:
        return [program for _, program in self.kept.values()]


@pytest.fixture(scope="package")
def chats(browser: Browser) -> Iterator[Chats]:
    standing = Chats(browser)
    yield standing
    stop_all(standing.programs)


@pytest.fixture
def client_of(product: Product, chats: Chats, request: pytest.FixtureRequest) -> Iterator[Callable[[Player], Client]]:
    """Opens a person's chat, in which nothing was said before.

    A failing test leaves a picture of each, and the next gets chats that are new.
    """
    opened: list[tuple[Player, Client]] = []

    def open_(player: Player) -> Client:
        opened.append((player, client := chats.of(product, player)))
        return client

    try:
        yield open_
    finally:
        if request.node.stash.get(_failed, False):
            for number, (player, client) in enumerate(opened, start=1):
                client.screenshot(f"failed-{request.node.name}-{number}")
                chats.close(product, player)


@pytest.fixture
def new_client_of(
    product: Product, chats: Chats, client_of: Callable[[Player], Client]
) -> Callable[[Player], Client]:
    """The same for a chat that has only just been opened: the bot has not met this person in it."""

    def open_(player: Player) -> Client:
        chats.close(product, player)
        return client_of(player)

    return open_


_numbers = itertools.count(1)
_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers that a test failed, for the pictures."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report
