"""The product's Graph edge moves a student in the pretend tenant: two identities, real tokens, HTTPS."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import aiohttp
import pytest

from bot.core.errors import AccountMissing, DirectoryBusy, DirectoryForbidden, DirectoryUnavailable, NotGranted
from bot.core.people.classes import class_of
from bot.core.people.model import AccountState, School
from bot.core.transfers.model import Placement, Step, StepKind
from bot.core.transfers.ports import StepOutcome
from bot.graph.accounts import GraphAccounts, GraphPlacements
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphEnrolments
from bot.graph.installer import GraphInstaller, MayInstall
from bot.graph.rosters import GraphRosters
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from simulator.people.directory_names import READER_CLIENT_ID, TEAMS_APP_ID
from tests.integration.edge import options_of, pretend_tenant
from tests.unit.graph.hostile import nobody
from tests.unit.simulator.living import Client

APP_ID = "b07b07b0-0000-4000-8000-000000000007"
NOBODY = "00000000-0000-4000-8000-000000000000"
TO_CLASS = "6 а"


@dataclass
class Product:
    """The edge as the container wires it."""

    tenant: Client
    placements: GraphPlacements
    enrolments: GraphEnrolments
    installer: GraphInstaller
    directory: GraphDirectory
    as_reader: GraphEnrolments
    """What a mistake in the wiring would be: the reader's credential where the writer's belongs."""

    async def school(self, code: str) -> School:
        found = await self.directory.school_by_code(code)
        assert found is not None
        return found

    async def placed(self, person: str) -> Placement:
        found = await self.placements.of(person)
        assert found is not None
        return found

    async def together(self, person: str, kind: StepKind, targets: list[str]) -> list[StepOutcome]:
        outcomes: list[StepOutcome] = []
        for start in range(0, len(targets), 20):
            steps = [Step(kind, target) for target in targets[start : start + 20]]
            outcomes += await self.enrolments.carry_out(person, steps)
        return outcomes


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pretend_tenant(tmp_path_factory.mktemp("moves")) as client:
        yield client


@pytest.fixture
async def product(tenant: Client) -> AsyncIterator[Product]:
    tenant.reset()
    said = tenant.description

    reading, writing = options_of(tenant, "reader"), options_of(tenant, "writer")
    async with aiohttp.ClientSession() as session:
        read = GraphTransport(session, MsalTokens(reading), reading, ways=TenantWays(reading, SAFE))
        write = GraphTransport(session, MsalTokens(writing), writing)
        directory = GraphDirectory(read, reading, now)
        rosters = GraphRosters(read, reading, directory, now)
        yield Product(
            tenant=tenant,
            placements=GraphPlacements(read, reading, GraphAccounts(read, reading, now), rosters, now),
            enrolments=GraphEnrolments(write, writing),
            installer=GraphInstaller(write, writing, said["app_catalog_id"], nobody),
            directory=directory,
            as_reader=GraphEnrolments(read, reading),
        )


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_student_is_moved_and_shown_in_the_new_class(product: Product):
    person = product.tenant.case("moved")["aadObjectId"]
    old, new = await product.school("2990002"), await product.school("2990001")
    before = await product.placed(person)
    assert (before.ordinary, [school.code for school in before.person.schools]) == (True, ["2990002"])
    assert TO_CLASS in [each.name for each in await product.placements.classes_of(new)]
    joins = [team.id for team in await product.placements.teams_of_class(new, TO_CLASS)]
    of_old = {team.id for team in await product.placements.teams_of_school(old.id)}
    leaves = [team.id for team in before.teams if team.id in of_old]
    assert joins
    assert leaves == [team.id for team in before.teams]
    for kind, targets in (
        (StepKind.JOIN_SCHOOL, [new.id]),
        (StepKind.JOIN_TEAM, joins),
        (StepKind.LEAVE_TEAM, leaves),
        (StepKind.LEAVE_SCHOOL, [old.id]),
    ):
        # A worker that was killed does all of it once more: the second time it is so already.
        for _ in range(2):
            outcomes = await product.together(person, kind, targets)
            assert [outcome.step.target for outcome in outcomes] == targets
            assert [(outcome.error, outcome.gone) for outcome in outcomes] == [(None, False)] * len(targets)
    after = await product.placed(person)
    assert [school.code for school in after.person.schools] == ["2990001"]
    assert {team.id for team in after.teams} == set(joins)
    assert class_of(after.person) == TO_CLASS
    shown = await product.directory.find_by_id(person)
    assert shown is not None
    assert class_of(shown) == TO_CLASS
    assert await product.placements.schools_of([person, NOBODY]) == {person: (new.id,), NOBODY: ()}


async def test_a_disabled_account_is_enabled_and_an_administrators_is_not(product: Product):
    person = product.tenant.case("disabled-elsewhere")["aadObjectId"]
    assert (await product.placed(person)).person.state is AccountState.DISABLED
    (outcome,) = await product.enrolments.carry_out(person, [Step(StepKind.ENABLE, person)])
    assert outcome.error is None
    assert (await product.placed(person)).person.state is AccountState.ACTIVE
    product.tenant.admin("POST", f"users/{person}", {"directoryRole": "Helpdesk Administrator"})
    assert not (await product.placed(person)).ordinary
    (refused,) = await product.enrolments.carry_out(person, [Step(StepKind.ENABLE, person)])
    assert type(refused.error) is DirectoryForbidden


async def test_what_is_missing_is_told_apart(product: Product):
    """By the words of the pretend tenant, which are Graph's."""
    person = product.tenant.case("moved")["aadObjectId"]
    new = await product.school("2990001")
    teams = [team.id for team in await product.placements.teams_of_class(new, TO_CLASS)]
    there, gone = await product.together(person, StepKind.JOIN_TEAM, [teams[0], NOBODY])
    assert (there.error, there.gone, gone.error, gone.gone) == (None, False, None, True)
    nobody = await product.together(NOBODY, StepKind.JOIN_TEAM, teams[:2])
    assert [(type(outcome.error), outcome.gone) for outcome in nobody] == [(DirectoryBusy, False)] * 2
    for someone, school, expected in ((person, NOBODY, AccountMissing), (NOBODY, new.id, DirectoryBusy)):
        (outcome,) = await product.enrolments.carry_out(someone, [Step(StepKind.JOIN_SCHOOL, school)])
        assert type(outcome.error) is expected
    for kind in (StepKind.LEAVE_TEAM, StepKind.LEAVE_SCHOOL):
        assert (await product.together(person, kind, [NOBODY]))[0].error is None
        assert (await product.together(NOBODY, kind, [teams[0], new.id]))[0].error is None


async def test_the_readers_credential_moves_nobody(product: Product):
    person = product.tenant.case("moved")["aadObjectId"]
    new = await product.school("2990001")
    (outcome,) = await product.as_reader.carry_out(person, [Step(StepKind.JOIN_SCHOOL, new.id)])
    assert type(outcome.error) is NotGranted
    assert [school.code for school in (await product.placed(person)).person.schools] == ["2990002"]


@pytest.mark.parametrize(
    ("fault", "done"), [("503", False), ("429;retry-after=1", False), ("drop", False), ("lost", True)]
)
async def test_a_fault_is_one_request_and_a_repeat_puts_it_right(product: Product, fault: str, done: bool):
    person = product.tenant.case("moved")["aadObjectId"]
    old = await product.school("2990002")
    leaves = [team.id for team in (await product.placed(person)).teams][:3]
    product.tenant.admin("POST", "faults", {"match": r"POST /\$batch", "fault": fault})
    with pytest.raises((DirectoryBusy, DirectoryUnavailable)) as caught:
        await product.together(person, StepKind.LEAVE_TEAM, leaves)
    assert isinstance(caught.value, DirectoryBusy) is fault.startswith("429")
    counted = product.tenant.admin("GET", "requests").json()
    assert counted["batchItems"].get("DELETE /education/classes/{class}/members/{user}/$ref", 0) == 3 * done
    left = {team.id for team in (await product.placed(person)).teams}.isdisjoint(leaves)
    assert left is done
    await asyncio.sleep(1.1)  # a 429 holds everybody back for as long as it asked
    assert [one.error for one in await product.together(person, StepKind.LEAVE_TEAM, leaves)] == [None] * 3
    product.tenant.admin("POST", "faults", {"match": r"POST /\$batch", "fault": fault})
    with pytest.raises((DirectoryBusy, DirectoryUnavailable)):
        await product.enrolments.carry_out(person, [Step(StepKind.LEAVE_SCHOOL, old.id)])


@pytest.mark.parametrize(
    ("shown", "state"), [("empty", MayInstall.UNSEEN), ("refused", MayInstall.REFUSED), ("shown", MayInstall.ALLOWED)]
)
async def test_a_package_that_names_another_application_is_found_by_reading(
    product: Product, shown: str, state: MayInstall
):
    director = product.tenant.roster["people"][0]["aadObjectId"]
    ask = partial(product.installer.may_install, manifest_id=TEAMS_APP_ID)
    assert await ask(director) is MayInstall.UNSEEN
    assert await ask(NOBODY) is MayInstall.UNKNOWN
    await product.installer.install(director)
    assert await ask(director) is MayInstall.ALLOWED
    assert await product.installer.may_install(director, APP_ID) is MayInstall.UNSEEN, "not by the bot's id"

    dialect = {"app_of_caller": True, "foreign_apps": shown}
    product.tenant.admin("POST", "settings", {"appNames": READER_CLIENT_ID, "dialect": dialect})

    assert await ask(director) is state
    assert await product.installer.install(director) is False


async def test_the_app_is_installed_for_whom_it_may_be(product: Product):
    director = product.tenant.roster["people"][0]["aadObjectId"]
    assert [await product.installer.install(director) for _ in range(2)] == [True, True]
    product.tenant.reset()
    product.tenant.admin("POST", f"users/{director}", {"appAllowed": False})
    assert await product.installer.install(director) is False
    assert await product.installer.install(NOBODY) is False
