"""The product's Graph edge compares a school of the pretend tenant, where a link stands in every state, and mends it."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.core.class_links.compare import compare
from bot.core.class_links.expected import ExpectedList, Fault, RosterFault
from bot.core.class_links.model import ClassPart, Flag, Link, LinkState
from bot.core.class_links.ports import Reading
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.lists.model import ListFault
from bot.core.people.model import School
from bot.documents.rosters import read_roster
from bot.graph.class_links import MOST_REQUESTS, GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphClassWriter
from bot.graph.list_folders import GraphListFolders
from bot.graph.school_files import GraphSchoolFiles
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from simulator.days import day_in_bulgaria
from tests.fakes_lists import ReadLists
from tests.integration.edge import options_of, pretend_tenant
from tests.unit.simulator.living import Client

SOFIA = ZoneInfo("Europe/Sofia")
CODE = "2990001"
STATES = {
    "in-order": LinkState.SYNCED,
    "waiting": LinkState.WAITING,
    "being-created": LinkState.BEING_CREATED,
    "created": LinkState.CREATED,
    "synced": LinkState.SYNCED,
    "failed": LinkState.FAILED,
    "looping": LinkState.LOOPING,
    "missing": LinkState.MISSING,
    "not-owner": LinkState.NOT_OWNER,
    "not-member": LinkState.NOT_MEMBER,
    "no-team": LinkState.NO_TEAM,
    "not-activated": LinkState.NOT_ACTIVATED,
    "students-missing": LinkState.STUDENTS_MISSING,
    "archived": LinkState.ARCHIVED,
    "unexpected": LinkState.UNEXPECTED,
    "duplicate": LinkState.DUPLICATE,
    "student-owner": LinkState.SYNCED,
}
"""What each planted cause is recognised as."""


@dataclass
class Product:
    """The edge as the container wires it."""

    tenant: Client
    reader: GraphClassLinks
    writer: GraphClassWriter
    as_reader: GraphClassWriter
    files: GraphSchoolFiles
    directory: GraphDirectory
    transport: GraphTransport

    async def school(self, code: str = CODE) -> School:
        found = await self.directory.school_by_code(code)
        assert found is not None
        return found

    async def expected(self, school: School) -> ExpectedList:
        found = await self.files.export_of(school, "")
        assert found is not None
        return read_roster(found.files, school_code=school.code, dated=found.dated, today=day_in_bulgaria())

    async def compared(self) -> tuple[dict[str, Link], Reading]:
        """The link of each planted key: the teacher's, whose links all of them are."""
        school = await self.school()
        expected = await self.expected(school)
        reading = await self.reader.of_school(school, [row.id for row in expected.classes])
        links = compare(expected, reading.classes, now=now(), zone=SOFIA, unread=reading.unread)
        rows = {one["externalId"]: one["key"] for one in self.planted()}
        teacher = next(row.teachers[0] for row in expected.classes if rows.get(row.id) == "in-order")
        found = {rows[link.class_id]: link for link in links if link.class_id in rows and link.teacher == teacher}
        return found, reading

    async def links(self) -> tuple[dict[str, Link], Reading]:
        """Every link of the school by its key."""
        school = await self.school()
        expected = await self.expected(school)
        reading = await self.reader.of_school(school, [row.id for row in expected.classes])
        links = compare(expected, reading.classes, now=now(), zone=SOFIA, unread=reading.unread)
        return {link.key: link for link in links}, reading

    async def of_school(self) -> dict[str, Link]:
        return (await self.links())[0]

    def planted(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.tenant.admin("GET", "links").json()["links"]
        return found

    def class_of(self, key: str) -> str:
        return next(one["id"] for one in self.planted() if one["key"] == key)

    def without_classes(self) -> str:
        """Somebody of the school who teaches nothing."""
        identifier: str = self.tenant.staff("teacher-in-plain-group")["aadObjectId"]
        return identifier

    def person(self, username: str) -> str:
        identifier: str = self.tenant.get(f"/users/{username}@edu.mon.bg?$select=id").json()["id"]
        return identifier


def at_once(product: Product) -> None:
    """A new class is known to everybody, as it is after a while."""
    parts = {"class-wait": 0, "team-wait": 0}
    assert product.tenant.admin("POST", "settings", {"dialect": parts}).status_code == 200


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pretend_tenant(tmp_path_factory.mktemp("links"), "--links") as client:
        yield client


@pytest.fixture
async def product(tenant: Client) -> AsyncIterator[Product]:
    tenant.reset()
    said = tenant.description

    reading, writing = options_of(tenant, "reader"), options_of(tenant, "writer")
    async with aiohttp.ClientSession() as session:
        read = GraphTransport(session, MsalTokens(reading), reading, ways=TenantWays(reading, SAFE))
        write = GraphTransport(session, MsalTokens(writing), writing)
        yield Product(
            tenant=tenant,
            reader=GraphClassLinks(read, reading, now),
            writer=GraphClassWriter(write, writing),
            as_reader=GraphClassWriter(read, reading),
            files=GraphSchoolFiles(
                read, now, domain=said["domain"], host=said["sites_host"], folder=said["lists_folder"]
            ),
            directory=GraphDirectory(read, reading, now),
            transport=read,
        )


# every state, from its own cause


async def test_every_state_is_recognised_from_its_own_cause(product: Product):
    links, reading = await product.compared()

    assert reading.whole
    assert {key: link.state for key, link in links.items() if key in STATES} == STATES
    assert set(STATES.values()) == set(LinkState) - {
        LinkState.FOUND,
        LinkState.UNREAD,
        LinkState.TO_BE_MADE,
        LinkState.MADE,
    }
    assert links["of-another"].state is LinkState.UNEXPECTED  # the register gave the class to somebody else
    assert Flag.STUDENT_OWNER in links["student-owner"].flags
    assert Flag.NO_OWNER in links["not-owner"].flags
    assert len(links["students-missing"].missing) == 3
    assert len(links["duplicate"].existing) == 2


async def test_lists_of_accounts_are_fetched_from_their_own_folder_once_and_read(product: Product):
    said = product.tenant.description
    folders = GraphListFolders(
        product.transport, now, domain=said["domain"], host=said["sites_host"], folder=said["account_lists_folder"]
    )
    school = await product.school()
    found = await folders.lists_in(school, "")
    again = await folders.lists_in(school, found.mark)
    read = await ReadLists().read(found.files, school_code=CODE, dated=now(), columns={})

    assert (again.mark, dict(again.files), again.trouble) == (found.mark, {}, None)
    usernames = {one.username for one in await product.directory.people_of_school(school)}
    here = [one for one in read.people if usernames & set(one.usernames)]
    assert len(here) > 5
    assert len(read.people) == len(here) + 1 + 1 + 3  # a former username, one elsewhere, three who are new
    assert {one.name for one in read.people if not one.usernames} >= {"Нова Примерна Първа", "Нова Примерна Трета"}
    assert (read.questions, read.faults, read.bad) == ((), (), ())


@pytest.mark.parametrize("how", ["malware", "forbidden", "locked", "checked-out"])
async def test_one_file_that_is_not_given_away_is_named_and_no_folder_is_closed(product: Product, how: str):
    said = product.tenant.description
    folders = GraphListFolders(
        product.transport, now, domain=said["domain"], host=said["sites_host"], folder=said["account_lists_folder"]
    )
    school = await product.school()
    refuses = {"refuses": {"нови.csv": how, "users.csv": how}}
    assert product.tenant.admin("POST", f"lists/{CODE}", refuses).status_code == 200

    found = await folders.lists_in(school, "")
    export = await product.files.export_of(school, "")

    locked = how in {"locked", "checked-out"}
    assert (found.left_out, len(found.files)) == ({"нови.csv": ListFault.LOCKED if locked else ListFault.REFUSED}, 1)
    assert export is not None
    assert export.faults == (RosterFault(Fault.LOCKED if locked else Fault.REFUSED, "users.csv"),)
    assert product.tenant.admin("POST", f"lists/{CODE}", {"refuses": {"нови.csv": "moody"}}).status_code == 400


async def test_what_is_settled_outside_is_in_order_afterwards(product: Product):
    before, _ = await product.compared()
    assert before["missing"].state is LinkState.MISSING
    for key in STATES:
        if key not in {"in-order", "synced"}:
            assert product.tenant.admin("POST", f"links/{key}").status_code == 200, key

    after, _ = await product.compared()

    assert {key: (link.state, link.flags) for key, link in after.items() if key in STATES} == dict.fromkeys(
        STATES, (LinkState.SYNCED, ())
    )


async def test_a_teacher_sees_of_a_link_what_the_school_sees_of_it(product: Product):
    school_wide, _ = await product.compared()
    expected = await product.expected(await product.school())
    teacher = school_wide["in-order"].teacher
    rows = [row.id for row in expected.classes if teacher in row.teachers]

    reading = await product.reader.of_teacher(product.person(teacher), rows)

    own = compare(expected, reading.classes, now=now(), zone=SOFIA, unread=reading.unread, of_teacher=teacher)
    by_key = {link.key: link for link in own}
    assert reading.whole
    for link in school_wide.values():
        same = by_key[link.key]
        assert (same.state, same.missing, same.flags, same.also) == (link.state, link.missing, link.flags, link.also)


async def test_a_school_without_a_list_shows_what_is_there(product: Product):
    school = await product.school("2990003")
    assert await product.files.export_of(school, "") is None

    reading = await product.reader.of_school(school, ())

    links = compare(None, reading.classes, now=now(), zone=SOFIA)
    assert Counter(link.state for link in links) == {LinkState.FOUND: len(links)}
    assert links


async def test_both_forms_of_the_export_are_read_and_asked_for_only_when_they_changed(product: Product):
    school = await product.school("2990002")
    first = await product.files.export_of(school, "")
    assert first is not None
    assert "manifest.csv" in first.files
    assert read_roster(first.files, school_code=school.code, dated=first.dated, today=day_in_bulgaria()).classes
    sent = sum(product.transport.sent.values())

    again = await product.files.export_of(school, first.mark)

    assert again is not None
    assert (dict(again.files), again.mark) == ({}, first.mark)
    assert sum(product.transport.sent.values()) == sent + 1


# how much is asked


async def test_a_teachers_fifteen_classes_take_three_requests(product: Product):
    expected = await product.expected(await product.school())
    fifteen = [row.id for row in expected.classes if row.status == ""][:15]
    nobody = product.without_classes()  # the fifteen are all that is looked for
    before = sum(product.transport.sent.values())

    reading = await product.reader.of_teacher(nobody, fifteen)

    assert sum(product.transport.sent.values()) - before == reading.requests == 3
    assert {each.external_id for each in reading.classes} == {*fifteen}
    assert reading.whole


async def test_a_school_of_four_hundred_class_teams_takes_sixty_requests_at_most(product: Product):
    at_once(product)
    school = await product.school()
    there = len((await product.reader.of_school(school, ())).classes)
    for number in range(400 - there):
        made = product.tenant.post(
            "/education/classes", {"displayName": f"Клас {number}", "mailNickname": f"more{number}"}
        ).json()["id"]
        reference = {"@odata.id": f"{product.tenant.base}/v1.0/education/classes/{made}"}
        assert product.tenant.post(f"/education/schools/{school.id}/classes/$ref", reference).status_code == 204
        teacher = {"@odata.id": f"{product.tenant.base}/v1.0/education/users/{product.without_classes()}"}
        assert product.tenant.post(f"/education/classes/{made}/teachers/$ref", teacher).status_code == 204
        assert product.tenant.put(f"/groups/{made}/team", {}).status_code == 201
    before = sum(product.transport.sent.values())

    reading = await product.reader.of_school(school, ())

    sent = sum(product.transport.sent.values()) - before
    assert len(reading.classes) == 400
    assert reading.whole
    assert sent == reading.requests <= MOST_REQUESTS == 60
    print(f"400 class teams: {reading.requests} requests, {reading.items} items in batches")


async def test_what_the_budget_does_not_suffice_for_is_unread(product: Product, monkeypatch: pytest.MonkeyPatch):
    school = await product.school()
    whole = await product.reader.of_school(school, ())
    assert whole.whole
    monkeypatch.setattr("bot.graph.class_links.MOST_REQUESTS", whole.requests - 3)

    reading = await product.reader.of_school(school, ())

    assert reading.requests == whole.requests - 3
    unread = [each for each in reading.classes if each.unread]
    assert 0 < len(unread) <= 3 * 20
    assert {each.unread for each in unread} == {frozenset({ClassPart.TEAM})}
    rest = {each.id: each for each in whole.classes}
    assert all(rest[each.id] == each for each in reading.classes if not each.unread)


# partial answers


ITEMS = [("^GET /education/classes/{class}/members$", ClassPart.MEMBERS), ("^GET /teams/{team}$", ClassPart.TEAM)]


@pytest.mark.parametrize("fault", ["404", "503;retry-after=900"])
@pytest.mark.parametrize(("match", "part"), ITEMS)
async def test_an_item_that_fails_leaves_that_part_unread_and_the_rest_stands(
    product: Product, match: str, part: ClassPart, fault: str
):
    before = await product.of_school()
    order = {"match": re.sub(r"[{}]", r"\\\g<0>", match), "fault": fault}
    assert product.tenant.admin("POST", "faults", order).status_code == 200

    after, reading = await product.links()

    assert not reading.whole
    (unread,) = [each for each in reading.classes if each.unread]
    assert unread.unread == {part}
    hit = {link.key for link in after.values() if unread.id in link.existing}
    assert {key: link for key, link in after.items() if key not in hit} == {
        key: link for key, link in before.items() if key not in hit
    }
    for key in hit:  # what was read still counts; it is never called in order
        assert after[key].state in {LinkState.UNREAD, before[key].state}
        assert after[key].state is not LinkState.SYNCED


@pytest.mark.parametrize(("match", "part"), ITEMS)
async def test_an_item_that_is_throttled_for_long_stops_its_area_and_what_was_read_stands(
    product: Product, match: str, part: ClassPart
):
    """As a call sent alone does: what was not asked yet is unread, and never called in order. What Teams refuses
    keeps nobody from the roster.
    """
    before = await product.of_school()
    order = {"match": re.sub(r"[{}]", r"\\\g<0>", match), "fault": "429;retry-after=900"}
    assert product.tenant.admin("POST", "faults", order).status_code == 200

    after, reading = await product.links()

    unread = {each.id: each.unread for each in reading.classes if each.unread}
    assert part in frozenset[ClassPart]().union(*unread.values())
    if part is ClassPart.TEAM:
        assert set(unread.values()) == {frozenset({ClassPart.TEAM})}
    for key, link in after.items():
        if unread.keys() & {*link.existing}:
            assert link.state in {LinkState.UNREAD, before[key].state, *before[key].also}
            assert link.state is not LinkState.SYNCED
        else:
            assert link == before[key]


@pytest.mark.parametrize(("match", "_"), ITEMS)
async def test_an_item_that_is_throttled_for_a_moment_leaves_nothing_unread(
    product: Product, match: str, _: ClassPart
):
    before = await product.of_school()
    order = {"match": re.sub(r"[{}]", r"\\\g<0>", match), "fault": "429;retry-after=1"}
    assert product.tenant.admin("POST", "faults", order).status_code == 200

    after, reading = await product.links()

    assert reading.whole
    assert after == before


async def test_a_row_that_could_not_be_asked_for_is_unread_and_not_missing(product: Product):
    links, _ = await product.compared()
    missing = links["missing"]
    order = {"match": "^GET /education/classes$", "fault": "503;retry-after=900"}
    assert product.tenant.admin("POST", "faults", order).status_code == 200
    expected = await product.expected(await product.school())

    reading = await product.reader.of_teacher(product.person(missing.teacher), [missing.class_id])

    assert reading.unread == {missing.class_id}
    own = compare(expected, reading.classes, now=now(), zone=SOFIA, unread=reading.unread, of_teacher=missing.teacher)
    assert next(link.state for link in own if link.class_id == missing.class_id) is LinkState.UNREAD


async def test_a_graph_that_answers_nothing_is_an_error_and_no_empty_school(product: Product):
    product.tenant.admin(
        "POST", "faults", {"match": "GET /education/schools", "fault": "503;retry-after=900", "times": 99}
    )
    school = School("s", CODE, "x")
    school = replace(school, id=(await _id_of(product)))
    with pytest.raises((DirectoryUnavailable, DirectoryBusy)):
        await product.reader.of_school(school, ())


async def _id_of(product: Product) -> str:
    found: str = product.tenant.get(f"/education/users/{product.without_classes()}/schools").json()["value"][0]["id"]
    return found


# mending


async def test_mending_twice_is_mending_once(product: Product):
    links, _ = await product.compared()
    teacher = product.person(links["not-owner"].teacher)
    missing = [product.person(one) for one in links["students-missing"].missing]
    owner = product.person(links["not-member"].teacher)
    for _ in range(2):
        await product.writer.add_teachers(product.class_of("not-owner"), [teacher])
    assert (await product.compared())[0]["not-owner"].state is LinkState.NOT_MEMBER
    for _ in range(2):
        await product.writer.add_members(product.class_of("not-owner"), [teacher])
        await product.writer.add_members(product.class_of("not-member"), [owner])
        await product.writer.add_members(product.class_of("students-missing"), missing)
        assert await product.writer.make_team(product.class_of("no-team"))

    after, reading = await product.compared()

    assert after["not-owner"].state is LinkState.SYNCED
    assert after["not-member"].state is LinkState.SYNCED
    assert after["students-missing"].state is LinkState.SYNCED
    assert after["no-team"].state is LinkState.NOT_ACTIVATED  # as every new team
    owners = next(each.owners for each in reading.classes if each.id == product.class_of("not-owner"))
    assert owners == frozenset({links["not-owner"].teacher})


async def test_a_class_is_made_step_by_step_and_only_once(product: Product):
    at_once(product)
    school = await product.school()
    links, _ = await product.compared()
    row, teacher = links["missing"], product.person(links["missing"].teacher)

    made = await product.writer.create(row.class_id, row.title, day_in_bulgaria(now()))
    with pytest.raises(DirectoryUnavailable):  # the nickname is taken: it is there, perhaps not seen yet
        await product.writer.create(row.class_id, row.title, day_in_bulgaria(now()))
    with pytest.raises(DirectoryMisunderstood):  # nobody owns it yet
        await product.writer.make_team(made)
    for _ in range(2):
        await product.writer.to_school(school.id, made)
        await product.writer.add_teachers(made, [teacher])
        assert await product.writer.make_team(made)

    after, _ = await product.compared()
    assert after["missing"].existing == (made,)
    assert after["missing"].state is LinkState.CREATED  # fresh: its people are on their way


async def test_the_reader_may_not_write(product: Product):
    teacher = product.person(CODE)
    with pytest.raises(DirectoryForbidden):
        await product.as_reader.add_teachers(product.class_of("not-owner"), [teacher])
    with pytest.raises(DirectoryForbidden):
        await product.as_reader.create("990099", "Клас", day_in_bulgaria(now()))
    with pytest.raises(DirectoryForbidden):
        await product.as_reader.make_team(product.class_of("no-team"))


async def test_a_group_that_is_too_new_has_its_team_later(tmp_path_factory: pytest.TempPathFactory):
    with pretend_tenant(tmp_path_factory.mktemp("new"), "--links", "--team-wait", "3600") as client:
        made = client.post("/education/classes", {"displayName": "Клас", "mailNickname": "new1"}).json()["id"]
        assert client.put(f"/groups/{made}/team", {}).status_code == 404
        options = options_of(client, "writer")
        async with aiohttp.ClientSession() as session:
            writer = GraphClassWriter(GraphTransport(session, MsalTokens(options), options), options)
            assert await writer.make_team(made) is False


async def test_the_school_of_a_class_is_told(product: Product):
    at_once(product)
    school = await product.school()
    assert await product.reader.schools_of(product.class_of("no-team")) == {school.id}
    made = await product.writer.create("990077", "Клас", day_in_bulgaria(now()))
    assert await product.reader.schools_of(made) == frozenset()
    with pytest.raises(AccountMissing):
        await product.reader.schools_of("5a1e0003-0000-4000-8000-00000000ffff")


async def test_the_schools_of_several_classes_are_one_request(product: Product):
    at_once(product)
    school = await product.school()
    made = await product.writer.create("990078", "Клас", day_in_bulgaria(now()))
    known = [each.id for each in (await product.reader.of_school(school, ())).classes][:18]
    nobody = "5a1e0003-0000-4000-8000-00000000ffff"
    before = sum(product.transport.sent.values())
    found = await product.reader.schools_of_each([*known, made, nobody])
    assert found == {**dict.fromkeys(known, frozenset({school.id})), made: frozenset()}
    assert sum(product.transport.sent.values()) - before == 1
    assert await product.reader.schools_of_each([]) == {}


# as Graph was reported to answer


async def test_a_class_is_found_by_its_row_whoever_the_director_is(product: Product):
    """The director's account is no educationUser: what is asked through it has no answer."""
    assert product.tenant.admin("POST", f"users/{CODE}@edu.mon.bg", {"inRoster": False}).status_code == 200
    director = product.person(CODE)
    assert product.tenant.get(f"/education/users/{director}").status_code == 404
    expected = await product.expected(await product.school())
    row = next(row.id for row in expected.classes if not row.status)

    with pytest.raises(DirectoryMisunderstood):
        await product.reader.of_teacher(director, [row])
    reading = await product.reader.of_rows([row, "no-such-row"])

    assert reading.whole
    assert {each.external_id for each in reading.classes} == {row}
    assert await product.directory.find_by_username(f"{CODE}@edu.mon.bg") is None
    assert await product.directory.account_id(f"{CODE}@edu.mon.bg") == director


async def test_no_roster_knows_the_account_of_the_fourth_school(product: Product):
    director = product.person("2990004")
    for what in ("", "/schools", "/classes", "/taughtClasses"):
        assert product.tenant.get(f"/education/users/{director}{what}").status_code == 404
    facts = await product.directory.role_facts(director)
    assert (facts.exists, facts.extension_role, facts.education_role, facts.schools) == (True, "0", None, ())
    school = await product.school("2990004")
    people = await product.directory.people_of_school(school)
    assert people
    assert director not in {person.id for person in people}


def quirks(product: Product, *names: str) -> None:
    assert product.tenant.admin("POST", "settings", {"quirks": [*names]}).status_code == 200


async def test_a_conflicting_object_is_there_already(product: Product):
    quirks(product, "conflicting-object")
    await test_mending_twice_is_mending_once(product)


async def test_a_missing_object_is_missing_under_the_other_code_too(product: Product):
    quirks(product, "object-not-found-code")
    nobody = "5a1e0003-0000-4000-8000-00000000ffff"
    with pytest.raises(AccountMissing):
        await product.reader.schools_of(nobody)
    assert await product.directory.find_by_id(nobody) is None
    assert not (await product.directory.role_facts(nobody)).exists
    with pytest.raises(AccountMissing):
        await product.writer.to_school((await product.school()).id, nobody)
    assert await product.writer.make_team(nobody) is False


async def test_a_team_that_was_read_is_there_whatever_its_group_says(product: Product):
    links, reading = await product.links()
    quirks(product, "no-team-option")

    after, again = await product.links()

    assert {each.id: each.has_team for each in again.classes} == {each.id: each.has_team for each in reading.classes}
    assert {each.has_team for each in again.classes} == {True, False}
    assert again.whole
    assert {key: link.state for key, link in after.items()} == {key: link.state for key, link in links.items()}


async def test_a_team_that_did_not_answer_is_not_denied_by_its_group(product: Product):
    quirks(product, "no-team-option")
    order = {"match": "^GET /teams/[{]team[}]$", "fault": "429;retry-after=900", "times": 1}
    assert product.tenant.admin("POST", "faults", order).status_code == 200
    _, reading = await product.links()
    unread = [
        each for each in reading.classes if each.unread
    ]  # it, and those of its area that were still to be asked
    assert {(each.has_team, each.unread) for each in unread} == {(None, frozenset({ClassPart.TEAM}))}


async def test_a_list_behind_more_files_than_a_page_holds_is_found(product: Product):
    school = await product.school()
    before = await product.expected(school)
    quirks(product, "full-folder")
    assert (await product.expected(school)).classes == before.classes


async def test_the_next_page_is_followed_however_its_host_is_written(product: Product):
    school = await product.school()
    whole = await product.reader.of_school(school, ())
    quirks(product, "next-link-form")
    options = replace(options_of(product.tenant, "reader"), page_size=7)
    async with aiohttp.ClientSession() as session:
        transport = GraphTransport(session, MsalTokens(options), options, ways=TenantWays(options, SAFE))
        reading = await GraphClassLinks(transport, options, now).of_school(school, ())
    assert {each.id for each in reading.classes} == {each.id for each in whole.classes}
    assert len(whole.classes) > 7


async def test_a_class_is_not_known_to_anybody_for_a_while_and_cannot_be_made_again(product: Product):
    school = await product.school()
    row = (await product.compared())[0]["missing"]
    assert product.tenant.admin("POST", "settings", {"classWait": 2}).status_code == 200
    made = await product.writer.create(row.class_id, row.title, day_in_bulgaria(now()))

    assert (await product.reader.of_rows([row.class_id])).classes == ()
    with pytest.raises(AccountMissing):
        await product.reader.schools_of(made)
    with pytest.raises(AccountMissing):
        await product.writer.to_school(school.id, made)
    with pytest.raises(AccountMissing):
        await product.writer.add_teachers(made, [product.person(row.teacher)])
    assert await product.writer.make_team(made) is False
    with pytest.raises(DirectoryUnavailable):
        await product.writer.create(row.class_id, row.title, day_in_bulgaria(now()))

    await asyncio.sleep(2.2)
    await product.writer.to_school(school.id, made)
    (found,) = (await product.reader.of_rows([row.class_id])).classes
    assert found.id == made


async def test_a_site_that_was_not_granted_is_told_as_that_and_one_that_was_is_read(product: Product):
    schools = [await product.directory.school_by_code(code) for code in ("2990001", "2990002")]
    granted, other = (school for school in schools if school is not None)
    product.tenant.admin("POST", "settings", {"siteGrants": ["2990001"], "dialect": {"sites_by_grant": True}})

    found = await product.files.export_of(granted, "")
    assert found is not None
    assert "classes.csv" in found.files
    with pytest.raises(DirectoryForbidden):
        await product.files.export_of(other, "")

    product.tenant.admin("POST", "settings", {"siteGrants": []})
    with pytest.raises(DirectoryForbidden):  # taken away meanwhile, although the site is known
        await product.files.export_of(granted, "")
    product.tenant.admin("POST", "settings", {"siteGrants": None})
