"""The promises of the store of lists of accounts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.audit import AuditEntry
from bot.core.errors import DirectoryUnavailable
from bot.core.lists.kept import (
    ElsewhereAccount,
    FolderTrouble,
    KeptAccountList,
    ListSource,
    Resolved,
    looked_into,
    taken_in,
)
from bot.core.lists.model import (
    AccountList,
    BadListRow,
    ColumnMeaning,
    ListedAt,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListNote,
    ListRemark,
    ListRowFault,
)
from bot.core.lists.ports import KeptLists
from bot.core.lists.record import columns_entry, list_entry
from bot.core.lists.resolve import MOST_ASKED, RESOLVE, ResolveList, resolving
from bot.core.people.model import Kind, Person, School
from bot.core.tasks import Task, TaskQueue
from tests.fakes import FakePseudonyms
from tests.promises.store import NOW

SCHOOL, OTHER = "school", "other"
M = ColumnMeaning


@dataclass
class ListStore:
    """Empty, at `NOW`. `entries` gives the whole audit log, oldest first."""

    lists: KeptLists
    queue: TaskQueue
    clock: Any
    """What it goes by: `now` may be set."""
    entries: Callable[[], Awaitable[list[AuditEntry]]]


def listed(number: int, file: str = "5 б клас.xlsx", **more: Any) -> ListedPerson:
    one = ListedPerson(
        f"Рада Вихрова {'абвгдежзик'[number]}",
        "5 б",
        (f"rv0123450{number}@edu.mon.bg",),
        (f"v1:{number}",),
        Kind.STUDENT,
        ListedAt(file, "5 б клас", number + 1),
        (ListRemark.LOST_ZERO,) if number == 2 else (),
    )
    return replace(one, **more)


def read(*people: ListedPerson, bad: tuple[BadListRow, ...] = (), **more: Any) -> AccountList:
    return AccountList("2990001", NOW, frozenset(), people, bad, len(bad), **more)


async def take(
    store: ListStore, what: AccountList, source: ListSource = ListSource.UPLOAD, school: str = SCHOOL
) -> KeptAccountList:
    return await store.lists.change_list(school, lambda before: taken_in(before, what, school, source, NOW)[0])


class Strangers:
    """`ListedPeople` of a school that has nobody: who was asked for. Nobody is answered before `answers` is set."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers = asyncio.Event()
        self.answers.set()
        self.fails_after = 1_000

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        return ()

    async def find_by_username(self, username: str) -> Person | None:
        self.asked.append(username)
        if len(self.asked) > self.fails_after:
            raise DirectoryUnavailable("down")
        await self.answers.wait()
        return None


def strangers(letters: str) -> AccountList:
    """A list of people whom the school has not, more than are asked for within an hour."""
    return read(
        *(
            listed(1, name="", usernames=(f"{letters}01234{number:04}@edu.mon.bg",), identifiers=())
            for number in range(MOST_ASKED + 5)
        )
    )


async def resolved(store: ListStore, people: Strangers) -> None:
    handler = ResolveList(lists=store.lists, people=people, pseudonyms=FakePseudonyms(), clock=lambda: NOW)
    await handler.carry_out(Task(1, RESOLVE, "k", {"school": SCHOOL}, 1))


async def charged(store: ListStore) -> int:
    return sum(int(one.detail["asked"]) for one in await store.entries() if "asked" in one.detail)


class ListPromises:
    async def test_runs_at_the_same_time_have_one_budget_of_usernames(self, store: ListStore):
        """Two replicas: another list takes the place of the first while its usernames are being asked for."""
        slow, other = Strangers(), Strangers()
        slow.answers.clear()
        await take(store, strangers("aa"))
        first = asyncio.create_task(resolved(store, slow))
        while not slow.asked:  # noqa: ASYNC110 -- a stand-in has no event for it
            await asyncio.sleep(0.001)
        assert await charged(store) == MOST_ASKED, "recorded before anybody is asked"
        other_list = taken_in(None, strangers("bb"), SCHOOL, ListSource.UPLOAD, NOW)[0]
        await store.lists.change_list(
            SCHOOL, lambda kept: replace(other_list, resolved=kept.resolved if kept is not None else None)
        )
        await resolved(store, other)
        slow.answers.set()
        await first
        assert (len(slow.asked), other.asked) == (MOST_ASKED, [])
        kept = await store.lists.list_of(SCHOOL)
        assert kept is not None
        assert kept.resolved is not None
        assert set(kept.resolved.asked) == set(slow.asked)
        assert await charged(store) == MOST_ASKED

    async def test_whom_a_run_that_broke_off_did_not_answer_is_asked_again_and_charged_once(self, store: ListStore):
        people, again = Strangers(), Strangers()
        people.fails_after = 3
        await take(store, strangers("aa"))
        with pytest.raises(DirectoryUnavailable):
            await resolved(store, people)
        assert await charged(store) == MOST_ASKED, "nobody is asked for without an entry"
        await resolved(store, again)
        assert len(again.asked) == MOST_ASKED
        assert set(people.asked) < set(again.asked)
        assert await charged(store) == MOST_ASKED
        await resolved(store, idle := Strangers())
        assert idle.asked == []

    async def test_of_a_school_nobody_looked_at_nothing_is_kept(self, store: ListStore):
        assert await store.lists.list_of(SCHOOL) is None
        assert await store.lists.columns_of(SCHOOL) == {}
        assert await store.lists.schools_listed() == frozenset()

    async def test_everything_of_a_list_is_as_it_was_told(self, store: ListStore):
        at = ListedAt("6 а.csv", "", 9)
        what = read(
            listed(1),
            listed(2, usernames=(), identifiers=()),
            listed(3, kind=Kind.TEACHER, class_=""),
            bad=(BadListRow(at, ListRowFault.OTHER_SCHOOL),),
            faults=(ListFileFault(ListFault.MACROS, "стар.xlsm"),),
            notes=(ListFileNote(ListNote.REPEATED, "5 б клас.xlsx", "а", 3),),
        )
        kept = await take(store, what)
        elsewhere = ElsewhereAccount("id-9", "Рада Вихрова", "rv012345099@edu.mon.bg", None)
        resolved = Resolved(NOW, {"v1:1": ("id-1", "id-2")}, {"rv012345099@edu.mon.bg": NOW}, (elsewhere,), 3)
        later = replace(
            kept,
            came={"5 б клас.xlsx": NOW},
            resolved=resolved,
            trouble=FolderTrouble.LOCKED,
            mark="m",
            checked_at=NOW + timedelta(hours=1),
        )
        await store.lists.change_list(SCHOOL, lambda _: later)

        assert await store.lists.list_of(SCHOOL) == later
        assert await store.lists.list_of(OTHER) is None
        assert await store.lists.schools_listed() == {SCHOOL}

    async def test_a_corrected_file_takes_the_place_of_itself_alone(self, store: ListStore):
        await take(store, read(listed(1), listed(2), listed(5, "6 а.xlsx")))
        await take(store, read(listed(2, "5 б клас (1).xlsx", name="Рада Поправена"), listed(3, "5 б клас (1).xlsx")))

        kept = await store.lists.list_of(SCHOOL)
        assert kept is not None
        assert {(one.name, one.place.file) for one in kept.people} == {
            ("Рада Поправена", "5 б клас (1).xlsx"),
            ("Рада Вихрова г", "5 б клас (1).xlsx"),
            ("Рада Вихрова е", "6 а.xlsx"),
        }

    async def test_a_list_ends_with_its_school_year_for_all_who_ask(self, store: ListStore):
        store.clock.now = datetime(2027, 6, 30, 12, tzinfo=UTC)
        kept = await take(store, replace(read(listed(1)), dated=store.clock.now))
        await store.lists.change_list(OTHER, lambda _: replace(kept, school=OTHER))
        store.clock.now = datetime(2027, 9, 1, 12, tzinfo=UTC)
        await take(store, replace(read(listed(2, "нова.csv")), dated=store.clock.now))
        assert await store.lists.schools_listed() == {SCHOOL, OTHER}

        store.clock.now = datetime(2027, 9, 14, 21, tzinfo=UTC)  # the 15th in Sofia
        assert await store.lists.schools_listed() == {SCHOOL}
        this, other = await store.lists.list_of(SCHOOL), await store.lists.list_of(OTHER)
        assert this is not None
        assert this.files == ("нова.csv",)
        assert other is not None
        assert other.people == ()
        seen: list[int] = []

        def look(one: KeptAccountList | None) -> KeptAccountList:
            assert one is not None
            seen.append(len(one.rows))
            return one

        await store.lists.change_list(OTHER, look)
        assert seen == [0]

    async def test_what_refuses_keeps_nothing(self, store: ListStore):
        await take(store, read(listed(1)))

        def refuse(before: KeptAccountList | None) -> KeptAccountList:
            raise KeyError("refused")

        with pytest.raises(KeyError):
            await store.lists.change_list(SCHOOL, refuse, (list_entry(NOW, "director", SCHOOL, "uploaded"),))
        kept = await store.lists.list_of(SCHOOL)
        assert kept is not None
        assert [one.name for one in kept.people] == ["Рада Вихрова б"]
        assert await store.entries() == []

    async def test_the_record_and_what_is_to_be_done_come_with_the_change(self, store: ListStore):
        entry, school = list_entry(NOW, "director", SCHOOL, "uploaded", people=1), School(SCHOOL, "", "")
        await store.lists.change_list(
            SCHOOL,
            lambda before: taken_in(before, read(listed(1)), SCHOOL, ListSource.UPLOAD, NOW)[0],
            (entry,),
            (resolving(school, NOW),),
        )
        assert [(one.action, one.outcome) for one in await store.entries()] == [("account.list", "uploaded")]
        (task,) = await store.queue.claim((RESOLVE,), 5, timedelta(minutes=1))
        assert task.payload == {"school": SCHOOL}

    async def test_columns_are_remembered_for_the_school_and_the_folder_is_read_anew(self, store: ListStore):
        first, second = "a" * 32, "b" * 32
        await store.lists.change_list(
            SCHOOL, lambda before: looked_into(before, SCHOOL, NOW, trouble=None, mark="seen")
        )
        await store.lists.remember_columns(SCHOOL, {first: (M.NAME, M.SECRET)}, NOW, ())
        told = {first: (M.NAME, M.CLASS), second: (M.USERNAME, M.NOTHING)}
        later = NOW + timedelta(hours=1)
        await store.lists.remember_columns(SCHOOL, told, later, (columns_entry(later, "director", SCHOOL, told),))

        assert await store.lists.columns_of(SCHOOL) == told
        assert await store.lists.columns_of(OTHER) == {}
        kept = await store.lists.list_of(SCHOOL)
        assert kept is not None
        assert kept.mark == ""
        assert [one.action for one in await store.entries()] == ["account.list-columns"]
        assert await store.lists.schools_listed() == frozenset()
