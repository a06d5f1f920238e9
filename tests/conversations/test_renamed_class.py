"""Whoever owns a class team can call it „Час на класа“ of another class in Teams: the whole bot over a tenant where
somebody does.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.actors.model import Actor, Role, RoleFacts
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.cases import MEND, CaseStage, LinkCase, Matter
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.ports import KeptList
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import Task
from bot.graph.class_links import GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphClassWriter
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from simulator.graph.dialect import DATED, KIND
from tests.conversations.bot import Bot, row_titles, shown
from tests.fakes import FakeClock
from tests.fakes_links import FakeCases, FakeFresh, FakeLists
from tests.fakes_passwords import FakeRateLimit
from tests.integration.edge import options_of
from tests.unit.simulator.living import Client, living

CODE = "2990001"
NOT_SO = "вероятно в Teams липсва"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("renamed")
    with living(folder) as client:
        yield client


class Tenant:
    """The school's class teams, by what they are called."""

    def __init__(self, client: Client) -> None:
        client.reset()
        self.client = client
        found = client.get(f"/education/schools?$filter=schoolNumber eq '{CODE}'").json()["value"][0]
        self.school = School(found["id"], CODE, found["displayName"])
        listed = client.get(f"/education/schools/{self.school.id}/classes?$top=500").json()["value"]
        self.teams = {one["displayName"]: one["id"] for one in listed}
        self.hours = {name: id_ for name, id_ in self.teams.items() if name.startswith("Час на класа")}

    def teacher(self, team: str) -> dict[str, Any]:
        """Who teaches it."""
        (found,) = self.client.get(f"/education/classes/{team}/teachers").json()["value"]
        return dict(found)

    def taught_by(self, teacher: dict[str, Any]) -> dict[str, str]:
        """The teams this person owns, by name."""
        found = self.client.get(f"/education/users/{teacher['id']}/taughtClasses").json()["value"]
        return {one["displayName"]: one["id"] for one in found}

    def is_alone(self, teacher: dict[str, Any], class_: str) -> bool:
        """Whether they own every team of the class."""
        return {name for name in self.teams if name.split(" - ")[1] == class_} <= self.taught_by(teacher).keys()

    def called(self, team: str, name: str) -> None:
        """By its owner."""
        self.client.admin("POST", f"classes/{team}", {"displayName": name})

    def emptied(self, team: str) -> None:
        """Of all but its owner."""
        owner = self.teacher(team)["id"]
        for one in self.client.get(f"/education/classes/{team}/members?$top=500").json()["value"]:
            if one["id"] != owner:
                assert self.client.delete(f"/education/classes/{team}/members/{one['id']}/$ref").status_code == 204

    def joined(self, team: str, person: str) -> None:
        """Somebody is added."""
        body = {"@odata.id": f"{self.client.base}/v1.0/education/users/{person}"}
        assert self.client.post(f"/education/classes/{team}/members/$ref", body).status_code == 204

    def who_teaches(self, *, no_hour: bool) -> tuple[dict[str, Any], str, str]:
        """A teacher with a class hour or without one, a team of theirs, and a class that is not the team's. Of a
        class teacher's own class others own teams, too.
        """
        with_one = {self.teacher(team)["id"] for team in self.hours.values()}
        for name, team in self.teams.items():
            if (
                name in self.hours
                or name.count(",")
                or not self.client.get(f"/education/classes/{team}/teachers").json()["value"]
            ):
                continue
            person = self.teacher(team)
            if (person["id"] not in with_one) is no_hour:
                own = name.split(" - ")[1]
                if not no_hour and any(
                    self.is_alone(person, hour.split(" - ")[1])
                    for hour in self.hours
                    if hour in self.taught_by(person)
                ):
                    continue
                other = next(hour.split(" - ")[1] for hour in self.hours if hour.split(" - ")[1] != own)
                return person, team, other
        raise AssertionError("there is none")

    def forgets_registered_names(self) -> None:
        for team in self.teams.values():
            self.client.admin("POST", f"classes/{team}", {"registered": ""})


@pytest.fixture
def tenant(shared: Client) -> Tenant:
    return Tenant(shared)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def bot_of(
    tenant: Tenant, session: aiohttp.ClientSession, teacher: dict[str, Any], clock: FakeClock | None = None
) -> Bot:
    """The whole bot, whose own classes are read from the tenant; a pupil in each class."""
    options = options_of(tenant.client, "reader")
    transport = GraphTransport(session, MsalTokens(options), options, ways=TenantWays(options, SAFE))
    classes = [hour.split(" - ")[1] for hour in tenant.hours]
    people = tuple(
        Person(
            f"pupil-{number}", f"Дете Пробно {class_}", f"ab1{number:07}@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE,
            (tenant.school,), "", (f"Математика - {class_} - ООП", f"Час на класа - {class_} - ООП"), f"77{number}",
        )
        for number, class_ in enumerate(classes)
    )  # fmt: skip
    bot = Bot(people=people, own_classes=GraphOwnClasses(transport, options, clock or FakeClock()))
    bot.roles.facts[teacher["id"]] = RoleFacts(
        teacher["id"], exists=True, enabled=True, name=teacher["displayName"], username=teacher["userPrincipalName"],
        education_role=Kind.TEACHER, schools=(tenant.school,),
    )  # fmt: skip
    return bot


async def opened(bot: Bot, teacher: dict[str, Any]) -> str:
    reply = await bot.says(teacher["id"], "моят клас")
    return shown(reply) + " ".join(row_titles(reply))


@pytest.mark.parametrize("kept", [True, False], ids=["with-the-registers-names", "without"])
async def test_a_subject_teacher_becomes_nobodys_class_teacher_by_renaming_a_team(tenant, session, kept):
    """The acts: „Математика - 5 б - ООП“ is called „Час на класа - 7 а - ООП“ by its owner, who asks for the class."""
    teacher, team, other = tenant.who_teaches(no_hour=True)
    if not kept:
        tenant.forgets_registered_names()
    bot = bot_of(tenant, session, teacher)
    before = await opened(bot, teacher)
    assert NOT_SO in before

    tenant.called(team, f"Час на класа - {other} - ООП")
    bot.clock.move(minutes=2)

    after = await opened(bot, teacher)
    assert after == before
    assert "Дете" not in after


@pytest.mark.parametrize("kept", [True, False], ids=["with-the-registers-names", "without"])
async def test_a_class_teacher_gets_no_second_class_and_keeps_the_own(tenant, session, kept):
    teacher, team, other = tenant.who_teaches(no_hour=False)
    own = next(name for name, hour in tenant.hours.items() if tenant.teacher(hour)["id"] == teacher["id"])
    if not kept:
        tenant.forgets_registered_names()
    tenant.called(team, f"Час на класа - {other} - ООП")
    bot = bot_of(tenant, session, teacher)

    said = await opened(bot, teacher)

    assert f"Дете Пробно {own.split(' - ')[1]}" in said
    assert f"Дете Пробно {other}" not in said


@pytest.mark.parametrize("hour_there", [True, False], ids=["which-has-its-hour", "which-has-none"])
@pytest.mark.parametrize("pupils", [False, True], ids=["an-account-of-elsewhere", "three-pupils"])
async def test_of_two_renamed_teams_one_proves_nothing_of_the_other(tenant, session, hour_there, pupils):
    """Two subject teams of a teacher are called „Час на класа - 7 а - ООП“ and „Математика - 7 а - ООП“ and emptied,
    and to both is added who is in no other team: nobody can tell by the register's names, which are not kept.
    """
    tenant.forgets_registered_names()
    teacher, first, other = tenant.who_teaches(no_hour=True)
    second = next(team for team in tenant.taught_by(teacher).values() if team != first)
    if not hour_there:
        hour = next(team for name, team in tenant.hours.items() if name.split(" - ")[1] == other)
        tenant.called(hour, f"Консултации - {other} - ООП")
    codes = {one["aadObjectId"]: one["schools"][0] for one in tenant.client.roster["students"] if one["schools"]}
    added = [person for person, code in codes.items() if (code == CODE) is pupils][: 3 if pupils else 1]
    for person in added:
        tenant.client.admin("POST", f"users/{person}/move", {"school": codes[person], "class": None})
    bot = bot_of(tenant, session, teacher)
    before = await opened(bot, teacher)
    assert NOT_SO in before

    tenant.called(first, f"Час на класа - {other} - ООП")
    tenant.called(second, f"Математика - {other} - ООП")
    for team in (first, second):
        tenant.emptied(team)
        for person in added:
            tenant.joined(team, person)
    bot.clock.move(minutes=2)

    after = await opened(bot, teacher)
    assert after == before
    assert "Дете" not in after


@pytest.mark.parametrize("kept", [True, False], ids=["with-the-registers-names", "without"])
async def test_who_owns_every_team_of_the_own_class_is_known_by_the_registers_name_alone(tenant, session, kept):
    """As in the first grades: whatever the teams say there, one person could have written it."""
    teacher, name = next(
        (teacher, hour)
        for hour, team in tenant.hours.items()
        if tenant.is_alone(teacher := tenant.teacher(team), hour.split(" - ")[1])
    )
    if not kept:
        tenant.forgets_registered_names()
    said = await opened(bot_of(tenant, session, teacher), teacher)
    assert (f"Дете Пробно {name.split(' - ')[1]}" in said) is kept
    assert (NOT_SO in said) is not kept


@pytest.fixture
def dated(tmp_path: Path) -> Iterator[Tenant]:
    """A tenant whose classes tell their year."""
    with living(tmp_path, replace(KIND, terms=DATED)) as client:
        yield Tenant(client)


async def made_by_the_bot(
    tenant: Tenant,
    session: aiohttp.ClientSession,
    title: str,
    teacher: dict[str, Any],
    *,
    at: datetime,
    dated: datetime,
) -> None:
    """Of a list with the rows of this year's classes of the school and one that has no class yet."""
    clock = FakeClock(at)
    reading, writing = options_of(tenant.client, "reader"), options_of(tenant.client, "writer")
    name = teacher["userPrincipalName"].partition("@")[0].lower()
    listed = tenant.client.get(f"/education/schools/{tenant.school.id}/classes?$top=500").json()["value"]
    rows = [ExpectedClass(one["externalId"], one["displayName"]) for one in listed]
    kept = ExpectedList(CODE, Carrier.SDS, dated, (*rows, ExpectedClass("777", title, (name,))))
    director = Actor("director", "tenant", Role.DIRECTOR, tenant.school, name="Директор Едно")
    case = LinkCase("case", Matter.CREATE, tenant.school, "777", name, title, clock(), "director", "", "tenant")
    cases = FakeCases()
    cases.cases["case"] = case
    reads = GraphTransport(session, MsalTokens(reading), reading, ways=TenantWays(reading, SAFE))
    worker = CarryOutMend(
        actors=FakeFresh([director]),
        cases=cases,
        lists=FakeLists({CODE: KeptList(clock(), kept)}),
        reader=GraphClassLinks(reads, reading, clock),
        writer=GraphClassWriter(GraphTransport(session, MsalTokens(writing), writing), writing),
        people=GraphDirectory(reads, reading, clock),
        rate_limit=FakeRateLimit(clock),
        clock=clock,
        writes_per_second=20.0,
    )
    await worker.carry_out(Task(1, MEND, "case", {"case": "case"}, 1))
    assert (cases.cases["case"].stage, cases.cases["case"].trouble) == (CaseStage.DONE, None)


NOVEMBER, JUNE, JULY = (
    datetime(2026, 11, 2, 9, tzinfo=UTC),
    datetime(2027, 6, 20, 9, tzinfo=UTC),
    datetime(2027, 7, 1, 9, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("made", "listed"),
    [(NOVEMBER, NOVEMBER), (JULY, JUNE), (JULY, JULY)],
    ids=["in-november", "in-july-of-junes-list", "in-july-of-a-list-brought-then"],
)
async def test_of_a_class_that_the_bot_made_the_class_teacher_is_none_next_year(dated, session, made, listed):
    """„Час на класа - 5 а“ of the list of this year; from 15 September 5 а are others."""
    tenant = dated
    teacher, _, class_ = tenant.who_teaches(no_hour=True)
    clock = FakeClock(made)
    await made_by_the_bot(tenant, session, f"Час на класа - {class_} - ООП", teacher, at=made, dated=listed)
    bot = bot_of(tenant, session, teacher, clock)
    bot.clock.now = made
    assert f"Дете Пробно {class_}" in await opened(bot, teacher)

    clock.now = bot.clock.now = datetime(2027, 10, 1, 9, tzinfo=UTC)

    assert NOT_SO in await opened(bot, teacher)
