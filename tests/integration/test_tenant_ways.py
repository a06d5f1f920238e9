"""What a tenant takes is asked of it, and then done: every tenant answers the same questions about the same people."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.class_links.model import ClassPart
from bot.core.errors import DirectoryError, DirectoryForbidden, DirectoryMisunderstood
from bot.core.people.model import School
from bot.graph.accounts import GraphAccounts
from bot.graph.class_links import GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.options import GraphOptions
from bot.graph.probing import AT_LEAST, Probing
from bot.graph.rosters import GraphRosters
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, Members, TenantWays, Ways
from tests.integration.edge import options_of
from tests.unit.simulator.living import Client, living


def name(dialect: dict[str, Any]) -> str:
    return " ".join(part for part, value in dialect.items() if value is True) + f" {dialect['expansions']} expansions"


EVERY = [
    {"expansions": expansions, "external_id_only_in_beta": beta, "or_refused": no_or, "upn_refused": no_upn}
    for expansions, beta, no_or, no_upn in product((0, 1, 2), (False, True), (False, True), (False, True))
]
PAIRS = {
    (0, False, False, False),
    (0, True, True, True),
    (1, False, False, True),
    (1, True, True, False),
    (2, False, True, False),
    (2, True, False, True),
    (2, False, True, True),
    (2, False, False, False),
}
"""Tenants among which any two peculiarities meet, and the kindest."""
TENANTS = [
    pytest.param(one, marks=[] if tuple(one.values()) in PAIRS else [pytest.mark.long], id=name(one)) for one in EVERY
]


@dataclass
class Edge:
    """The product's reading edge, as the container builds it."""

    tenant: Client
    options: GraphOptions
    transport: GraphTransport
    directory: GraphDirectory
    accounts: GraphAccounts
    rosters: GraphRosters
    links: GraphClassLinks
    probing: Probing

    @property
    def rows(self) -> list[str]:
        """Curriculum rows that have a class."""
        planted = self.tenant.admin("GET", "links").json()["links"]
        return [one["externalId"] for one in planted if one["id"]][:3]

    @property
    def ways(self) -> TenantWays:
        return self.transport.ways

    def speaks(self, **dialect: Any) -> None:
        """From now on the tenant speaks so."""
        self.tenant.admin("POST", "settings", {"dialect": dialect})

    async def sent(self, asked: Any) -> Counter[str]:
        """The HTTP requests of one question, by intent."""
        before = self.transport.sent.copy()
        await asked
        return self.transport.sent - before


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("ways")
    with living(folder, links=True) as client:
        yield client


@pytest.fixture
async def edge(tenant: Client) -> AsyncIterator[Edge]:
    tenant.usual_settings()  # nothing is written here
    options = options_of(tenant, "reader")
    async with aiohttp.ClientSession() as session:
        transport = GraphTransport(session, MsalTokens(options), options, ways=TenantWays(options, SAFE))
        directory = GraphDirectory(transport, options, now)
        yield Edge(
            tenant,
            options,
            transport,
            directory,
            GraphAccounts(transport, options, now),
            GraphRosters(transport, options, directory, now),
            GraphClassLinks(transport, options, now),
            Probing(transport, options, now),
        )


STUDENTS = ("lost-zero-lnch", "moved-half-done", "moved-no-school", "several-both-enabled", "egn-also-lnch")
"""With two stored forms, two schools, none, two accounts, and a number that could be of two kinds."""
SCHOOLS = ("2990001", "299001")
"""One that is there, and one that is not and could have lost its zero."""


async def everything_about(edge: Edge, students: list[dict[str, Any]]) -> list[object]:
    """What the product reads of these students and schools, from the tenant and not from memory."""
    directory = GraphDirectory(edge.transport, edge.options, now)
    read: list[object] = [await directory.school_by_code(code) for code in SCHOOLS]
    for one in students:
        forms = list(dict.fromkeys((one["identifier"], one["identifier"].lstrip("0"))))
        person = await directory.find_by_username(one["username"])
        assert person is not None
        found = await directory.find_by_identifier(forms)
        assert person in found
        read += [sorted(found, key=lambda each: each.id), person, await directory.find_by_id(person.id)]
        read += [await edge.accounts.facts(person.id), await directory.role_facts(person.id)]
    read += [await directory.find_by_identifier(["1" * 20]), await directory.find_by_username("nobody@edu.mon.bg")]
    school = read[0]
    assert isinstance(school, School)
    # A list without expansion tells of the other schools of its people nothing, and nobody asks it.
    people = [replace(each, schools=(school,)) for each in await directory.people_of_school(school)]
    read.append(sorted(people, key=lambda each: each.id))
    links = await edge.links.of_rows(edge.rows)
    assert not links.unread
    return [*read, links.classes]


@pytest.fixture(scope="module")
def students(tenant: Client) -> list[dict[str, Any]]:
    return [one for one in tenant.roster["students"] if one["case"] in STUDENTS]


@pytest.fixture(scope="module")
def read_once() -> list[object]:
    return []


@pytest.fixture
async def expected(edge: Edge, students: list[dict[str, Any]], read_once: list[object]) -> list[object]:
    """What the tenant answers that takes everything."""
    if not read_once:
        edge.ways.learn(Ways(), now())
        read_once += await everything_about(edge, students)
        edge.ways.learn(SAFE, now())
    return read_once


@pytest.mark.parametrize("dialect", TENANTS)
async def test_every_tenant_is_asked_what_it_takes_and_the_answers_are_the_same(
    edge: Edge, students: list[dict[str, Any]], expected: list[object], dialect: dict[str, Any]
) -> None:
    """Before it was asked, and after: always the same people, schools and classes."""
    edge.speaks(**dialect)

    assert await everything_about(edge, students) == expected, "the safe way"
    assert await edge.probing.once()
    assert edge.ways.known == Ways(
        users_version="beta" if dialect["external_id_only_in_beta"] else "v1.0",
        classes_version="v1.0",
        or_in_filter=not dialect["or_refused"],
        expands=dialect["expansions"],
        username_as_key=not dialect["upn_refused"],
        members=Members.SHOWN,
    )
    assert await everything_about(edge, students) == expected, "the chosen way"
    assert not edge.ways.doubted.is_set()


@pytest.mark.parametrize(
    "change",
    [{"expansions": 0}, {"expansions": 1}, {"external_id_only_in_beta": True}, {"or_refused": True}],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("form", ["documented", "bare"])
async def test_a_tenant_that_has_changed_mends_itself(
    edge: Edge, students: list[dict[str, Any]], expected: list[object], change: dict[str, Any], form: str
) -> None:
    """Whatever the refusal says, or says not: once more the safe way, then the tenant is asked anew."""
    assert await edge.probing.once()
    edge.speaks(**change, error_forms=form)

    assert await everything_about(edge, students) == expected
    assert edge.ways.doubted.is_set()
    assert edge.ways.known == replace(SAFE, members=Members.SHOWN)

    assert await edge.probing.once()
    edge.ways.doubted.clear()
    assert await everything_about(edge, students) == expected
    assert not edge.ways.doubted.is_set()
    assert edge.ways.known != replace(SAFE, members=Members.SHOWN)


async def test_a_look_up_stays_one_round_trip_where_the_tenant_allows_it(
    edge: Edge, students: list[dict[str, Any]]
) -> None:
    one = students[0]
    forms = [one["identifier"], one["identifier"].lstrip("0")]
    safe = await edge.sent(edge.directory.find_by_identifier(forms))
    assert await edge.probing.once()

    assert (await edge.sent(edge.directory.find_by_identifier(forms))).total() == 1
    assert (await edge.sent(edge.directory.find_by_username(one["username"]))).total() == 1
    assert safe.total() == 2  # the second for somebody who was found


@pytest.mark.parametrize("members", ["refused", "empty"])
async def test_hidden_members_are_never_taken_for_nobody(edge: Edge, members: str) -> None:
    school = await edge.directory.school_by_code("2990001")
    assert school is not None
    class_ = next(each for each in await edge.rosters.classes_of(school) if each.name == "5 а")
    assert await edge.rosters.students_of(school, class_)
    edge.speaks(members=members)
    assert await edge.probing.once()

    assert edge.ways.shown()["class_members"] == members
    with pytest.raises(DirectoryForbidden):
        await edge.rosters.students_of(school, class_)
    links = await edge.links.of_rows(edge.rows)
    assert {each.members for each in links.classes} == {None}
    assert all(ClassPart.MEMBERS in each.unread for each in links.classes)


async def test_what_an_operator_has_fixed_stays_whatever_the_tenant_says(edge: Edge) -> None:
    fixed = TenantWays(replace(edge.options, users_version="v1.0", expands=False), SAFE)
    fixed.learn(Ways(users_version="beta"), now())

    assert (fixed.now.users_version, fixed.now.expands) == ("v1.0", 0)
    assert fixed.known.users_version == "beta"


async def test_a_tenant_that_does_not_answer_is_asked_again_and_served_the_safe_way(
    edge: Edge, students: list[dict[str, Any]]
) -> None:
    edge.tenant.admin("POST", "settings", {"errors": 1})
    with pytest.raises(DirectoryError):
        await edge.probing.once()
    edge.tenant.admin("POST", "settings", {"errors": 0})

    assert edge.ways.known == SAFE
    assert edge.ways.shown()["asked"] == "not yet"
    assert await edge.directory.find_by_username(students[0]["username"]) is not None


async def test_a_refusal_of_the_safe_way_is_no_doubt_about_the_choice(edge: Edge) -> None:
    assert await edge.probing.once()
    before = edge.ways.known

    async def refused(_: Ways) -> None:
        raise DirectoryMisunderstood("BadRequest", refused=True)

    with pytest.raises(DirectoryMisunderstood):
        await edge.ways.by(refused)
    assert edge.ways.known == before
    assert not edge.ways.doubted.is_set()


async def test_it_asks_at_start_every_day_and_when_in_doubt(edge: Edge) -> None:
    """Nothing it meets ends it, and between two times passes a minute."""
    slept: list[float] = []
    often = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        edge.ways.doubted.set()
        if len(slept) == 3:
            often.set()
            await asyncio.Event().wait()

    probing = Probing(edge.transport, edge.options, now, sleep)
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        task = group.create_task(probing.run())
        await often.wait()
        task.cancel()

    assert slept == [AT_LEAST] * 3
    assert edge.transport.sent["probe"] >= 3
