"""A school is looked at: whatever the tenant tells, each account has its class and its dates, at the cost of few requests."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.accounts.board import counted
from bot.core.accounts.model import Account, BoardPerson, BoardRow, BoardState, BoardTiming
from bot.core.accounts.ports import OwnClass
from bot.core.accounts.states import state_of
from bot.core.errors import DirectoryForbidden
from bot.core.people.model import Kind, School
from bot.graph.directory import GraphDirectory
from bot.graph.options import GraphOptions
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.probing import Probing
from bot.graph.school_accounts import MOST_LISTS, GraphSchoolAccounts
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from simulator.graph.dialect import KIND
from simulator.graph.entities.user import USER_ENTITY
from simulator.server import ServerOptions
from tests.integration.edge import options_of
from tests.unit.simulator.living import DEMO, Client, living, served

CODE = "2990001"


def now() -> datetime:
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("accounts")
    with living(folder, links=True) as client:
        yield client


@pytest.fixture
def tenant(shared: Client) -> Client:
    shared.reset()
    return shared


class Edge:
    """The reading edge of one process."""

    def __init__(self, session: aiohttp.ClientSession, options: GraphOptions) -> None:
        self.transport = GraphTransport(session, MsalTokens(options), options, ways=TenantWays(options, SAFE))
        self.directory = GraphDirectory(self.transport, options, now)
        self.accounts = GraphSchoolAccounts(self.transport, options, now)
        self.own = GraphOwnClasses(self.transport, options, now)
        self.probing = Probing(self.transport, options, now)

    async def school(self, code: str = CODE) -> School:
        found = await self.directory.school_by_code(code)
        assert found is not None
        return found

    async def look(self, code: str = CODE) -> dict[str, Account]:
        looked = await self.accounts.look(await self.school(code))
        assert looked.at == now()
        assert len({one.person for one in looked.accounts}) == len(looked.accounts)
        return {one.person: one for one in looked.accounts}


@pytest.fixture
async def edge(tenant: Client) -> AsyncIterator[Edge]:
    async with aiohttp.ClientSession() as session:
        edge = Edge(session, options_of(tenant, "reader"))
        assert await edge.probing.once()
        yield edge


def students(tenant: Client) -> dict[str, dict[str, Any]]:
    """Those the administrator lists, of this school alone."""
    return {one["aadObjectId"]: one for one in tenant.roster["students"] if one["schools"] == [CODE]}


def speaks(tenant: Client, **dialect: Any) -> None:
    tenant.admin("POST", "settings", {"dialect": dialect})


async def test_every_account_of_a_school_with_its_class_state_and_dates(edge: Edge, tenant: Client):
    found = await edge.look()
    listed = students(tenant)
    assert len(listed) > 20
    for person, one in listed.items():
        account = found[person]
        assert (account.name, account.username, account.kind) == (one["name"], one["username"], Kind.STUDENT)
        assert account.enabled is {"disabled": False, "active": True, "being-created": None}[one["state"]]
        assert account.class_ == (one["class"] or ""), one
        assert account.created is not None
        assert account.changed is not None
        assert account.created <= account.changed
    teachers = [one for one in found.values() if one.kind is Kind.TEACHER]
    assert teachers
    assert {one.class_ for one in teachers} == {""}
    assert {one.kind for one in found.values()} == {Kind.STUDENT, Kind.TEACHER}


async def test_who_has_two_accounts_in_use_is_found_by_the_identifier_which_is_kept_nowhere(
    edge: Edge, tenant: Client
):
    several = [one for one in tenant.roster["students"] if one["case"].startswith("several-both-enabled")]
    codes = {code for one in several for code in one["schools"]}
    assert len(several) == 2
    for code in codes:
        found = await edge.look(code)
        here = {one["aadObjectId"] for one in several if code in one["schools"]}
        twins = {person for person, one in found.items() if one.twin}
        assert (here <= twins) is (len(here) == 2)
        assert not [one for one in tenant.roster["students"] if one["identifier"] in repr(list(found.values()))]


@pytest.mark.parametrize("units", ["refused", "missing", "empty", "limited"])
@pytest.mark.parametrize("asked_first", [True, False], ids=["probed", "changed-since"])
async def test_where_the_unit_is_not_told_the_dates_come_with_the_classes(
    edge: Edge, tenant: Client, units: str, asked_first: bool
):
    whole = await edge.look()
    speaks(tenant, units=units)
    if asked_first:
        assert await edge.probing.once()
        assert not edge.transport.ways.now.units
    found = await edge.look()
    assert found.keys() == whole.keys()
    for person, account in found.items():
        if account.class_:
            assert account == whole[person]
        elif account.created is None:
            assert replace(account, created=whole[person].created, changed=whole[person].changed) == whole[person]
    assert {one.class_ for one in found.values()} == {one.class_ for one in whole.values()}
    if not asked_first:
        assert edge.transport.ways.doubted.is_set()


async def test_before_anything_was_asked_the_safe_way_tells_the_same(edge: Edge, tenant: Client):
    whole = await edge.look()
    edge.transport.ways.learn(SAFE, now())
    assert {person: one for person, one in (await edge.look()).items() if one.class_} == {
        person: one for person, one in whole.items() if one.class_
    }


@pytest.mark.parametrize("members", ["refused", "empty"])
async def test_where_classes_hide_their_members_accounts_have_dates_and_no_class(
    edge: Edge, tenant: Client, monkeypatch: pytest.MonkeyPatch, members: str
):
    """The reader is granted Member.Read.Hidden; here the tenant takes it for somebody who is not."""
    monkeypatch.setattr("simulator.graph.withholding.HIDDEN", "Granted.To.Nobody")
    whole = await edge.look()
    speaks(tenant, members=members)
    found = await edge.look()
    assert {one.class_ for one in found.values()} == {""}
    assert found == {person: replace(one, class_="") for person, one in whole.items()}


@pytest.mark.parametrize("units", ["refused", "limited"])
async def test_where_neither_unit_nor_classes_tell_anything_nothing_is_said_of_anybody(
    edge: Edge, tenant: Client, monkeypatch: pytest.MonkeyPatch, units: str
):
    """Rather no board than one on which nobody has ever changed a password, or everybody has."""
    monkeypatch.setattr("simulator.graph.withholding.HIDDEN", "Granted.To.Nobody")
    speaks(tenant, units=units, members="refused")
    with pytest.raises(DirectoryForbidden, match="dates-hidden"):
        await edge.look()


async def test_where_every_list_shows_people_without_dates_there_is_no_board(
    edge: Edge, tenant: Client, monkeypatch: pytest.MonkeyPatch
):
    """Also where it was not so when the tenant was asked what it takes."""
    monkeypatch.setitem(USER_ENTITY.properties, "lastPasswordChangeDateTime", lambda _: None)
    with pytest.raises(DirectoryForbidden, match="dates-hidden"):
        await edge.look()
    assert edge.transport.ways.doubted.is_set()
    assert await edge.probing.once()
    assert not edge.transport.ways.now.units


async def test_who_is_told_of_without_dates_is_on_no_board_as_handed_over(edge: Edge, tenant: Client):
    """In no class, and the unit hides the dates: it is not known, and counts as not handed over."""
    speaks(tenant, units="limited")
    assert await edge.probing.once()
    found = await edge.look()
    untold = [one for one in found.values() if one.changed is None and one.enabled and not one.twin]
    assert untold
    assert {state_of(BoardRow(one), BoardTiming()) for one in untold} == {BoardState.UNTOLD}
    counts = counted([BoardPerson(BoardRow(one), BoardState.UNTOLD) for one in untold])
    assert (counts.handed, counts.of, counts.percent) == (0, len(untold), 0)


async def test_a_look_costs_few_requests_and_nobody_waits_behind_it(edge: Edge, tenant: Client):
    school = await edge.school()
    edge.transport.sent.clear()
    looked = await edge.accounts.look(school)
    classes = {one.class_ for one in looked.accounts if one.class_}
    assert looked.requests <= len(classes) * 3 + 6 <= MOST_LISTS + 20
    assert sum(edge.transport.sent.values()) <= 6 + len(classes) // 6


async def test_who_asks_meanwhile_shares_the_look(edge: Edge, tenant: Client):
    import asyncio  # noqa: PLC0415

    school = await edge.school()
    edge.transport.sent.clear()
    one, two = await asyncio.gather(edge.accounts.look(school), edge.accounts.look(school))
    assert one is two
    assert edge.transport.sent["accounts-of-school"] == 1


async def test_a_class_teacher_has_the_classes_whose_hour_they_teach_in_the_schools_they_work_at(
    edge: Edge, tenant: Client
):
    school = await edge.school()
    teachers = [one for one in tenant.roster["people"] if one["role"] == "teacher" and one["schoolCode"] == CODE]
    found = [await edge.own.own_classes(one["aadObjectId"], (school,)) for one in teachers]
    classes = {one.class_ for one in (await edge.look()).values()}
    own: list[OwnClass] = [one for each in found for one in each]
    assert own, "somebody of these is a class teacher"
    assert all(one.name in classes and one.school.id == school.id for one in own)
    elsewhere = School("00000000-0000-4000-8000-000000000001", "1", "")
    for one in teachers:
        assert await edge.own.own_classes(one["aadObjectId"], (elsewhere,)) == ()
        assert await edge.own.own_classes(one["aadObjectId"], ()) == ()
    assert await edge.own.own_classes("00000000-0000-4000-8000-000000000001", (school,)) == ()
    assert await edge.own.own_classes("няма такъв", (school,)) == ()


READERS = ("EduRoster.Read.All", "User.Read.All", "Directory.Read.All", "Member.Read.Hidden", "AuditLog.Read.All")
WRITERS = ("User-PasswordProfile.ReadWrite.All",)


@pytest.fixture
def telling(tmp_path: Path) -> Iterator[Client]:
    """A tenant whose reader may read when somebody signed in."""
    options = ServerOptions(DEMO, tmp_path, dialect=KIND, permissions={"reader": READERS, "writer": WRITERS})
    with served(options) as client:
        yield client


def active(tenant: Client, count: int) -> list[dict[str, Any]]:
    """So many students of the school whose accounts are on."""
    found = [one for one in students(tenant).values() if one["state"] == "active" and one["class"]]
    return found[:count]


async def test_who_only_tried_to_sign_in_is_not_said_to_use_the_account(telling: Client):
    used, tried = active(telling, 2)
    for one in (used, tried):
        assert telling.set_password(one["username"], "Zegego2399").status_code == 204
    assert telling.sign_in(used["username"], "Zegego2399", "Zaedno-Napred-81") == "signed-in"
    assert telling.sign_in(tried["username"], "Ne-e-tazi-81") == "wrong-password"
    async with aiohttp.ClientSession() as session:
        edge = Edge(session, options_of(telling, "reader"))
        assert await edge.probing.once()
        found = await edge.look()
    assert {person for person, one in found.items() if one.signed_in is not None} == {used["aadObjectId"]}


@pytest.mark.parametrize("units", ["shown", "refused"])
async def test_where_lists_of_members_take_no_sign_ins_the_board_stands_without_them(telling: Client, units: str):
    """Found out beforehand, or at the look."""
    async with aiohttp.ClientSession() as session:
        edge = Edge(session, options_of(telling, "reader"))
        speaks(telling, units=units)
        assert await edge.probing.once()
        assert edge.transport.ways.now.sign_ins
        whole = await edge.look()
        speaks(telling, units=units, sign_ins_of_users_alone=True)
        assert await edge.look() == whole
        assert edge.transport.ways.doubted.is_set()
        assert await edge.probing.once()
        assert not edge.transport.ways.now.sign_ins
        edge.transport.ways.doubted.clear()
        assert await edge.look() == whole
        assert not edge.transport.ways.doubted.is_set()


async def test_when_somebody_signed_in_is_read_where_the_tenant_tells_it_and_is_not_missed_where_not(
    edge: Edge, tenant: Client, tmp_path: Path
):
    assert not edge.transport.ways.now.sign_ins
    assert {one.signed_in for one in (await edge.look()).values()} == {None}
    options = ServerOptions(DEMO, tmp_path, dialect=KIND, permissions={"reader": READERS, "writer": WRITERS})
    with served(options) as telling:
        student = next(
            one for one in telling.roster["students"] if one["schools"] == [CODE] and one["state"] == "active"
        )
        assert telling.set_password(student["username"], "Zegego2399").status_code == 204
        assert telling.sign_in(student["username"], "Zegego2399", "Zaedno-Napred-81") == "signed-in"
        async with aiohttp.ClientSession() as session:
            other = Edge(session, options_of(telling, "reader"))
            assert await other.probing.once()
            assert other.transport.ways.now.sign_ins
            found = await other.look()
    signed = {person for person, one in found.items() if one.signed_in is not None}
    assert signed == {student["aadObjectId"]}
    account = found[student["aadObjectId"]]
    assert account.signed_in is not None
    assert account.changed is not None
    assert abs(account.signed_in - account.changed) < timedelta(minutes=1)
