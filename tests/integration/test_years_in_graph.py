"""Last year's classes beside this year's, as people meet them: the whole bot over the real edge and a pretend tenant, in
October, in July, and in August when the classes of the next year are there already.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import LinkState
from bot.core.class_links.ports import KeptList
from bot.core.clock import day_in_sofia
from bot.core.people.classes import classes_of_team
from bot.graph.accounts import GraphAccounts, GraphPlacements
from bot.graph.class_links import GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.rosters import GraphRosters
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from tests.conversations.bot import Bot, nodes, row_titles
from tests.conversations.test_link_conversation import card_text
from tests.integration.edge import options_of, pretend_tenant
from tests.unit.simulator.living import Client

CODE, WITHOUT_LIST = "2990001", "2990003"
DAYS = {
    "october": datetime(2026, 10, 12, 9, tzinfo=UTC),
    "july": datetime(2027, 7, 5, 9, tzinfo=UTC),
    "the next year's are made": datetime(2026, 8, 20, 9, tzinfo=UTC),
}
"""The classes of the pretend tenant are of 2026/27, and of 2025/26: what was last year's in October is in August before
the year that ends.
"""


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    options = ("--today", "2026-11-23", "--former-classes", "--terms", "dated", "--page-most", "7")
    with pretend_tenant(tmp_path_factory.mktemp("years"), *options) as client:
        yield client


@asynccontextmanager
async def bot_of(tenant: Client, day: datetime) -> AsyncIterator[Bot]:
    options = options_of(tenant, "reader")
    async with aiohttp.ClientSession() as session:
        made: list[Bot] = []

        def now() -> datetime:
            return made[0].clock()

        graph = GraphTransport(session, MsalTokens(options), options, ways=TenantWays(options, SAFE))
        directory, accounts = GraphDirectory(graph, options, now), GraphAccounts(graph, options, now)
        rosters = GraphRosters(graph, options, directory, now)
        reads = {
            "directory": directory,
            "accounts": accounts,
            "rosters": rosters,
            "placements": GraphPlacements(graph, options, accounts, rosters, now),
            "class_reader": GraphClassLinks(graph, options, now),
            "school_accounts": GraphSchoolAccounts(graph, options, now),
            "own_classes": GraphOwnClasses(graph, options, now),
        }
        made.append(Bot(roles=directory, reads=reads, patience=60.0))
        made[0].clock.now = day
        yield made[0]


@pytest.fixture(params=DAYS)
async def bot(tenant: Client, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    async with bot_of(tenant, DAYS[request.param]) as made:
        yield made


class School:
    """What the tenant holds of a school, by the year."""

    def __init__(self, tenant: Client, code: str) -> None:
        self.tenant, self.code = tenant, code
        (found,) = tenant.get(f"/education/schools?$filter=schoolNumber eq '{code}'").json()["value"]
        self.classes = whole(tenant, f"/education/schools/{found['id']}/classes?$top=999")

    def of(self, year: int) -> list[dict[str, Any]]:
        return [one for one in self.classes if one["term"]["externalId"] == str(year)]

    def hour(self, year: int, name: str) -> dict[str, Any]:
        return next(
            one
            for one in self.of(year)
            if one["displayName"].startswith("Час на класа") and classes_of_team(one["displayName"]) == (name,)
        )

    def students(self, year: int, name: str) -> dict[str, str]:
        """The names of a class, by id."""
        people = whole(self.tenant, f"/education/classes/{self.hour(year, name)['id']}/members?$top=999")
        return {one["id"]: one["displayName"] for one in people if one["primaryRole"] == "student"}

    def teacher(self, year: int, name: str) -> str:
        (one,) = whole(self.tenant, f"/education/classes/{self.hour(year, name)['id']}/teachers")
        return str(one["id"])

    @property
    def director(self) -> str:
        found = [one for one in self.tenant.roster["people"] if one["role"] == "director"]
        return str(next(one["aadObjectId"] for one in found if one["schoolCode"] == self.code))


def whole(tenant: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    link: str | None = path
    while link:
        page = tenant.get(link).json()
        found += page["value"]
        link = page.get("@odata.nextLink")
    return found


@pytest.fixture
def school(tenant: Client) -> School:
    tenant.usual_settings()
    return School(tenant, CODE)


def test_the_tenant_holds_what_is_spoken_of(school: School):
    titles = {one["displayName"] for one in school.of(2025)} & {one["displayName"] for one in school.of(2026)}
    assert "Час на класа - 5 а - ООП" in titles
    assert school.students(2025, "5 а") == school.students(2026, "6 а")
    assert not school.students(2025, "5 а").keys() & school.students(2026, "5 а").keys()


async def test_a_director_resets_the_class_that_has_the_name_now(bot: Bot, school: School):
    director = school.director
    classes = await bot.presses(director, await bot.says(director, "парола"), "Цяла паралелка")
    names = [choice["value"] for node in nodes(classes.card) for choice in node.get("choices", ())]
    assert sorted(names or row_titles(classes)) == sorted(
        {name for one in school.of(2026) for name in classes_of_team(one["displayName"])}
    )
    few = "5 а" in row_titles(classes)
    card = await bot.presses(director, classes, "5 а" if few else "Напред", **({} if few else {"class": "5 а"}))

    listed = {choice["value"] for node in nodes(card.card) for choice in node.get("choices", ())}
    assert listed & {*school.students(2026, "5 а"), *school.students(2025, "5 а")} == {*school.students(2026, "5 а")}


async def test_the_own_class_of_a_class_teacher_is_that_of_now_alone(bot: Bot, school: School):
    teacher = school.teacher(2026, "5 а")
    assert school.teacher(2025, "4 а") == teacher, "who was the class teacher of the same students"

    card = await bot.says(teacher, "моят клас")

    students = {*school.students(2026, "5 а").values()}
    counted = re.findall(
        r"(?:сменена|предаден|активиран[^:]*|изключен[^:]*): (\d+)", card_text(card).partition("Моята")[0]
    )
    assert "Паралелка: 5 а" in card_text(card), "one class, and no choice of several"
    assert sum(map(int, counted)) == len(students)
    assert {title.partition(",")[0] for title in row_titles(card)} <= students


async def test_a_look_up_tells_the_class_of_now(bot: Bot, tenant: Client, school: School):
    found = [one for one in tenant.roster["students"] if one["schools"] == [CODE] and one["class"] == "6 а"]
    student = next(one for one in found if one["state"] == "active" and one["identifierKind"] == "egn")

    card = await bot.looks_up(school.director, kind="egn", typed=student["identifier"])

    assert student["username"] in card_text(card)
    assert "6 а" in card_text(card)
    assert "5 а" not in card_text(card)


async def test_the_links_of_a_school_are_those_of_this_year(bot: Bot, tenant: Client):
    """In August those of both, for the list may still be of the year that ends."""
    tenant.admin("POST", "settings", {"dialect": {"page-most": 999}})
    school, august = School(tenant, WITHOUT_LIST), day_in_sofia(bot.clock()).month == 8
    await bot.says(school.director, "класове")
    own = (await bot.parts.actors(school.director, "t")).school
    assert own is not None
    reading = await bot.parts.class_reader.of_school(own, ())
    years = {2025, 2026} if august else {2026}
    assert {one.id for one in reading.classes} == {one["id"] for year in years for one in school.of(year)}
    assert reading.whole


async def test_until_the_next_list_is_there_the_links_of_last_years_stand_as_they_did(tenant: Client):
    """On 15 September a school has the list of the year that has ended: to its director nothing is missing by that."""
    tenant.admin("POST", "settings", {"dialect": {"page-most": 999}})
    school = School(tenant, WITHOUT_LIST)
    rows = tuple(ExpectedClass(one["externalId"], one["displayName"], named(tenant, one)) for one in school.of(2025))
    seen = []
    async with bot_of(tenant, datetime(2026, 9, 14, 9, tzinfo=UTC)) as bot:
        for _ in range(2):
            kept = ExpectedList(WITHOUT_LIST, Carrier.SDS, datetime(2026, 6, 20, 9, tzinfo=UTC), rows)
            bot.links.lists.kept[WITHOUT_LIST] = KeptList(bot.clock(), kept)
            overview = await bot.says(school.director, "класове")
            own = (await bot.parts.actors(school.director, "t")).school
            assert own is not None
            links = await bot.links.read.of_school(own)
            states = Counter(link.state for link in links.links if link.class_id in {row.id for row in rows})
            shown = re.sub(r"\d\d\.\d\d\.2026.*", "", card_text(overview))
            seen.append((states, shown))
            bot.clock.move(days=1)
    assert seen[0] == seen[1]
    assert seen[0][0][LinkState.SYNCED] > len(rows) / 2
    assert LinkState.MISSING not in seen[0][0]


def named(tenant: Client, one: dict[str, Any]) -> tuple[str, ...]:
    people = whole(tenant, f"/education/classes/{one['id']}/teachers")
    return tuple(sorted(each["userPrincipalName"].partition("@")[0].lower() for each in people))
