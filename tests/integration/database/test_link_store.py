import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.class_links.cases import LIST, CaseStage, Matter, Platform, Trouble
from bot.core.class_links.expected import ExpectedList
from bot.core.class_links.ports import UPLOADED, KeptList
from bot.core.class_links.read import LinksSeen, ReadLinks
from bot.core.errors import NotKnownHere
from bot.core.people.model import School
from bot.core.tasks import NewTask, TaskLost
from bot.database import expected_lists
from bot.database.engine import Database
from tests.fakes import FakeClock
from tests.fakes_links import FakeClasses, FakeTasks
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner
from tests.promises.links_promises import (
    KEPT,
    SCHOOL,
    LinkPromises,
    LinkStore,
    case_of,
    ended,
    entry,
    link_of,
    mark_of,
)
from tests.promises.store import NOW, TASK_LEASE

CANARIES = (
    "ivan.probni",
    "Иван Пробни",
    "Рада Вихрова",
    "ab01234567",
    "Химия",
    "Директор Едно",
    "abc-defg",
    "Часът е разделен",
    "token-canary",
)


@pytest.fixture
def store(database: Database, database_url: str, clock: MovableClock) -> LinkStore:
    return store_of(database, database_url, clock)


def store_of(database: Database, url: str, clock: MovableClock) -> LinkStore:
    async def entries() -> list[AuditEntry]:
        return [one.entry async for one in database.audit.entries(datetime(1980, 1, 1, tzinfo=UTC))]

    async def tasks() -> set[tuple[str, str]]:
        return {(kind, key) for kind, key in await as_owner(url, "SELECT kind, key FROM task")}

    return LinkStore(
        database.link_cases,
        database.expected_lists,
        database.by_hand,
        database.one_time_links,
        clock,
        entries,
        tasks,
    )


class TestStoredLinks(LinkPromises):
    pass


async def test_two_replicas_open_one_case_and_end_it_once(
    open_database: Open, postgres_url: str, clock: MovableClock, rounds: Callable[[int], int]
):
    """Two directors press at the same moment, two workers end what was begun: one case, one end, one entry of each."""
    how_often = rounds(100)
    one, other = [await open_database(postgres_url) for _ in range(2)]
    for number in range(how_often):
        class_id = f"row-{number}"
        mine, theirs = case_of(f"a{number}", class_id=class_id), case_of(f"b{number}", class_id=class_id)
        opened = await asyncio.gather(
            one.link_cases.open(mine, (entry("requested", class_id),), (NewTask("links.mend", mine.id, NOW),)),
            other.link_cases.open(theirs, (entry("requested", class_id),), (NewTask("links.mend", theirs.id, NOW),)),
        )
        assert opened[0] == opened[1]
        done, failed = ended(opened[0]), ended(opened[0], stage=CaseStage.FAILED, trouble=Trouble.NOBODY, count=0)
        ends = await asyncio.gather(
            one.link_cases.end(done, (entry("ended", class_id),), ()),
            other.link_cases.end(failed, (entry("ended", class_id),), ()),
        )
        assert sum(end is not None for end in ends) == 1
        assert await one.link_cases.one(opened[0].id) == next(filter(None, ends))
    store = store_of(one, postgres_url, clock)
    assert len(await store.entries()) == 2 * how_often
    assert len(await store.tasks()) == how_often


async def test_two_replicas_use_an_errand_once(open_database: Open, postgres_url: str, rounds: Callable[[int], int]):
    one, other = [await open_database(postgres_url) for _ in range(2)]
    for number in range(rounds(100)):
        await one.one_time_links.offer(f"t{number}", link_of(), ())
        used = await asyncio.gather(
            one.one_time_links.use(f"t{number}", NOW, (entry("used"),)),
            other.one_time_links.use(f"t{number}", NOW, (entry("used"),)),
        )
        assert sorted(used) == [False, True]


async def test_two_replicas_change_a_list_one_after_the_other(
    open_database: Open, postgres_url: str, rounds: Callable[[int], int]
):
    """Each sees what the other made: no upload is overwritten by what was read before it."""
    replicas = [await open_database(postgres_url) for _ in range(2)]
    how_often = rounds(50)

    def one_more(kept: KeptList | None) -> KeptList:
        return replace(KEPT, mark=f"{int(kept.mark) + 1 if kept is not None else 1}")

    for _ in range(how_often):
        await asyncio.gather(*(one.expected_lists.change("2990001", one_more) for one in replicas))
    kept = await replicas[0].expected_lists.of_school("2990001")
    assert kept is not None
    assert kept.mark == str(2 * how_often)


async def test_what_another_release_wrote_of_a_case_keeps_nobody_from_the_schools_links(
    store: LinkStore, database_url: str
):
    """What became of one act is a word of a later release; the worker, which goes by what was done, waits for it."""
    case = await store.cases.open(case_of(), (), ())
    await store.cases.end(ended(case, stage=CaseStage.FAILED, trouble=Trouble.NOBODY, count=0), (), ())
    await as_owner(database_url, "UPDATE link_case SET trouble = 'of-a-later-release'")
    clock = FakeClock(NOW)
    classes = FakeClasses(clock)
    read = ReadLinks(
        reader=classes, lists=store.lists, by_hand=store.by_hand, cases=store.cases, tasks=FakeTasks(), clock=clock,
        zone=ZoneInfo("Europe/Sofia"),
    )  # fmt: skip
    await store.lists.change(SCHOOL.code, lambda _: replace(KEPT, checked_at=NOW))
    director = Actor("director-1", "tenant", Role.DIRECTOR, SCHOOL)
    for _ in range(2):
        assert isinstance(await read(director), LinksSeen)
    assert classes.readings == 2, "what ended may have changed it"
    with pytest.raises(NotKnownHere):
        await store.cases.of_school(SCHOOL.id, NOW)


async def test_a_worker_that_lost_its_task_ends_nothing(store: LinkStore, database: Database, clock: MovableClock):
    case = await store.cases.open(case_of(), (), (NewTask("links.mend", "case-1", NOW),))
    (slow,) = await database.queue.claim(["links.mend"], 1, TASK_LEASE)
    clock.advance(minutes=5)
    (quick,) = await database.queue.claim(["links.mend"], 1, TASK_LEASE)

    with pytest.raises(TaskLost):
        await store.cases.end(ended(case), (entry("done"),), (), task=slow)
    assert (await store.cases.one("case-1")) == case
    assert await store.entries() == []
    assert await store.cases.end(ended(case), (entry("done"),), (), task=quick) == ended(case)
    assert await database.queue.claim(["links.mend"], 1, TASK_LEASE) == ()


async def test_no_name_and_no_token_lies_in_clear(store: LinkStore, database_url: str):
    await store.lists.change("2990001", lambda _: KEPT)
    asked = await store.cases.open(case_of(matter=Matter.QUESTION), (entry("asked"),), ())
    answer = {"by": "d", "by_name": "Директор Едно", "answer": "Часът е разделен.", "count": 0}
    await store.cases.end(ended(asked, stage=CaseStage.DECLINED, **answer), (), ())
    await store.by_hand.mark([mark_of()], [entry("made")])
    await store.one_time_links.offer("token-canary", link_of(), (entry("offered"),))
    tables = ("expected_list", "link_case", "link_mark", "errand_link", "audit", "task")
    rows = [row for table in tables for row in await as_owner(database_url, f"SELECT * FROM {table}")]  # noqa: S608 -- names of tables
    assert len(rows) >= 6
    written = repr(rows) + "".join(
        value.decode("utf-8", "replace") for row in rows for value in row if isinstance(value, bytes)
    )
    for word in CANARIES:
        assert word not in written


async def test_a_list_moved_to_another_school_cannot_be_read(
    store: LinkStore, database_url: str, caplog: pytest.LogCaptureFixture
):
    """Whoever can write to the database cannot show one school's list to another: it is as if there were none."""
    await store.lists.change("2990001", lambda _: KEPT)
    await as_owner(database_url, "UPDATE expected_list SET school_code = '2990002'")
    assert await store.lists.of_school("2990002") is None
    assert "the kept list of school 2990002 does not open" in caplog.text


async def test_a_list_that_does_not_open_is_mended_by_a_new_one(store: LinkStore, database_url: str):
    await store.lists.change("2990001", lambda _: KEPT)
    await as_owner(database_url, "UPDATE expected_list SET school_code = '2990002'")

    def anew(before: KeptList | None) -> KeptList:
        assert before is None
        return KEPT

    assert await store.lists.change("2990002", anew) == KEPT
    assert await store.lists.of_school("2990002") == KEPT


@pytest.mark.parametrize(("mark", "counts"), [("mark-1", ""), (f"{UPLOADED}x", f"{UPLOADED}x")])
async def test_a_list_that_an_older_release_kept_opens_and_is_read_anew_from_its_folder(
    store: LinkStore, monkeypatch: pytest.MonkeyPatch, mark: str, counts: str
):
    """It was kept without the days to come: one whose school had not begun has nobody in it for ever."""

    def written(one: ExpectedList) -> dict[str, Any]:
        now = list_written(one)
        del now["later"]
        return now

    list_written = expected_lists._list_written
    monkeypatch.setattr(expected_lists, "_list_written", written)
    await store.lists.change("2990001", lambda _: replace(KEPT, mark=mark))
    kept = await store.lists.of_school("2990001")
    assert KEPT.list is not None
    rows = tuple(replace(row, later=()) for row in KEPT.list.classes)
    assert kept == replace(KEPT, list=replace(KEPT.list, classes=rows), mark=counts)


async def test_whoever_opens_the_links_of_a_school_whose_list_does_not_open_has_it_fetched_anew(
    store: LinkStore, database: Database, database_url: str, clock: MovableClock
):
    """Also within the days in which the first fetching of the school is remembered."""
    clock.now = NOW

    async def sleep(seconds: float) -> None:
        clock.advance(seconds=seconds)

    read = ReadLinks(
        reader=FakeClasses(FakeClock(NOW)),
        lists=store.lists,
        by_hand=store.by_hand,
        cases=store.cases,
        tasks=database.queue,
        clock=clock,
        zone=ZoneInfo("Europe/Sofia"),
        sleep=sleep,
    )
    school = School("school-1", "2990001", "СУ „Измислено“")
    director = Actor("director", "tenant", Role.DIRECTOR, school, username="2990001@edu.mon.bg")

    async def fetched() -> int:
        tasks = await database.queue.claim([LIST], 9, TASK_LEASE)
        for one in tasks:
            await store.lists.change("2990001", lambda _: replace(KEPT, checked_at=clock()))
            await database.queue.done(one)
        return len(tasks)

    await read(director)
    assert await fetched() == 1
    clock.advance(days=2)
    await as_owner(database_url, "UPDATE expected_list SET detail = (SELECT payload FROM task LIMIT 1)")

    seen = await read(director)
    assert isinstance(seen, LinksSeen)
    assert not seen.listed
    assert await fetched() == 1
    clock.advance(minutes=10)
    again = await read(director)
    assert isinstance(again, LinksSeen)
    assert again.listed


async def test_what_has_served_its_time_goes(store: LinkStore, database: Database):
    await store.lists.change("2990001", lambda _: KEPT)
    await store.one_time_links.offer("token-1", link_of(), ())
    done = await store.cases.open(case_of("done"), (), ())
    await store.cases.end(ended(done), (), ())
    await store.cases.open(case_of("asked", matter=Matter.QUESTION), (), ())
    working = await store.cases.open(case_of("working", class_id="103"), (), ())

    for days, gone in ((2, 1), (61, 1), (401, 2)):
        assert await _purged(database, NOW + timedelta(days=days)) == gone, days
    assert await store.cases.one("working") == working
    assert await store.lists.of_school("2990001") is None
    assert await store.cases.one("asked") is None


async def test_what_was_made_by_hand_is_known_for_a_school_year(store: LinkStore, database: Database):
    await store.by_hand.choose("school-1", Platform.CLASSROOM, entry("classroom"))
    await store.by_hand.mark([mark_of(), mark_of(teacher="other.teacher")], [entry("made")] * 2)
    removed = NOW + timedelta(days=100)
    await store.by_hand.unmark([mark_of().link], [replace(entry("removed"), at=removed)])

    assert await database.by_hand.purge(NOW + timedelta(days=400)) == 0
    assert await database.purge(NOW + timedelta(days=400, seconds=1)) == 1
    assert await store.by_hand.marks("school-1") == ()
    assert await store.by_hand.changed_since("school-1", removed)
    assert await database.by_hand.purge(removed + timedelta(days=400, seconds=1)) == 1
    assert await store.by_hand.platform("school-1") is Platform.CLASSROOM


async def _purged(database: Database, now: datetime) -> int:
    stores = (database.expected_lists, database.link_cases, database.one_time_links)
    return sum([await one.purge(now) for one in stores])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE link_case SET stage = 'done'",
        "UPDATE link_case SET matter = 'other'",
        "UPDATE link_case SET trouble = 'refused'",
        "UPDATE link_case SET people = -1",
        "UPDATE school_platform SET platform = 'zoom'",
        "UPDATE errand_link SET errand = 'other'",
        "UPDATE link_mark SET removed = 2",
    ],
)
async def test_what_makes_no_sense_cannot_be_written(store: LinkStore, database_url: str, change: str):
    await store.cases.open(case_of(), (), ())
    await store.by_hand.mark([mark_of()], [entry("made")])
    await store.one_time_links.offer("token-1", link_of(), ())
    await store.by_hand.choose("school-1", Platform.CLASSROOM, entry("classroom"))
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.CheckViolation)):
        await as_owner(database_url, change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE errand_link SET errand = 'list'",
        "UPDATE errand_link SET actor = 'director-2'",
        "UPDATE errand_link SET actor = 'director-2', school = 'school-2'",
        "UPDATE errand_link SET tenant = 'x'",
        "UPDATE errand_link SET school = 'school-2'",
        "UPDATE errand_link SET language = 'en'",
        "UPDATE errand_link SET until = until + 86400000",
    ],
)
async def test_an_edited_errand_is_nobodys_and_an_alarm(store: LinkStore, database_url: str, change: str):
    """Whoever opens the page is known by the row alone: with another name in it a link would open another school."""
    await store.one_time_links.offer("token-1", link_of(), ())
    assert await store.one_time_links.one("token-1", NOW) == link_of()
    await as_owner(database_url, change)

    assert await store.one_time_links.one("token-1", NOW) is None
    assert not await store.one_time_links.use("token-1", NOW, (entry("used"),))
    alarms = [(one.subject.partition(":")[0], one.detail["why"]) for one in await store.entries()]
    assert alarms == [("errand_link", "changed")]


async def test_a_link_is_no_other_links(store: LinkStore, database_url: str):
    """The rest of another row, seal and all, under the digest of one's own token."""
    await store.one_time_links.offer("token-1", link_of(), ())
    await store.one_time_links.offer("token-2", link_of(actor="director-2", school="school-2"), ())
    both = "substr(digest, 1, 16) || (SELECT substr(digest, 17) FROM errand_link WHERE actor = 'director-2')"
    both = f"CAST({both} AS BLOB)" if database_url.startswith("sqlite") else both
    edited = f"UPDATE errand_link SET actor = 'director-2', school = 'school-2', digest = {both}"  # noqa: S608 -- ours
    await as_owner(database_url, f"{edited} WHERE actor = 'director-1'")

    assert await store.one_time_links.one("token-1", NOW) is None
    assert await store.one_time_links.one("token-2", NOW) == link_of(actor="director-2", school="school-2")
