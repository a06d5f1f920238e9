"""What the stores of a school's board promise, whichever keeps it: `bot/core/accounts/ports.py`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.accounts.close import Closed, CloseHandover, CloseWish, Signed
from bot.core.accounts.model import (
    Account,
    BoardRow,
    BoardState,
    BoardTiming,
    Choices,
    Closers,
    Looked,
    NewReceipt,
    OwnGroup,
    Receipt,
    ReceiptOutcome,
    Week,
)
from bot.core.accounts.policy import noted
from bot.core.accounts.ports import Ask, Asks, Boards, Receipts, Reversal, SchoolChoices
from bot.core.accounts.record import asked_entry, choices_entry, group_entry, handed_entry, reversed_entry
from bot.core.accounts.signatures import mark_of_row
from bot.core.accounts.states import state_of
from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import NOTHING_YET, Afterwards, Failure, Handed, Newer, Operation, Stage
from bot.core.passwords.ports import Operations
from bot.core.people.free_text import free_text
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import NewTask, TaskLost, TaskQueue
from tests.fakes import FakeClock, FakeDirectory
from tests.fakes_accounts import FakeSchoolAccounts
from tests.fakes_passwords import FakeActors
from tests.promises.store import NOW, Clock, allow, entry, new_operation, proposing, times

SCHOOL = School("school", "2990001", "ОУ „Пример“")
OTHER = School("other", "2990002", "СУ „Друго“")
MADE = NOW - timedelta(days=20)
HOUR = timedelta(hours=1)
WEEK = Week("2026-09-14", 1, 3, 0)


@dataclass
class AccountStore:
    """One implementation, empty, at `NOW`. `director_came` from a school; `entries` gives the whole audit log."""

    boards: Boards
    receipts: Receipts
    choices: SchoolChoices
    asks: Asks
    operations: Operations
    queue: TaskQueue
    clock: Clock
    director_came: Callable[[str, str], Awaitable[None]]
    entries: Callable[[], Awaitable[list[AuditEntry]]]

    async def looks(self, *accounts: Account, at: datetime = NOW, school: School = SCHOOL) -> bool:
        return await self.boards.keep(Looked(school, at, accounts), (), nothing)

    async def notes(self, *new: NewReceipt) -> dict[str, ReceiptOutcome]:
        return dict(await self.receipts.note(new, lambda row: noted(row, BoardTiming()), handed_entry))

    async def takes_back(self, receipt: str, press: str = "back", **changes: Any) -> bool:
        made = Reversal(press, receipt, NOW + HOUR, "director", SCHOOL.id, "1", "сгрешен ред")
        made = replace(made, **changes)
        return await self.receipts.reverse(made, (reversed_entry(made),))

    async def states(self, school: School = SCHOOL) -> dict[str, BoardState]:
        kept = await self.boards.kept(school.id)
        return {row.account.person: state_of(row, BoardTiming()) for row in kept.rows}

    async def actions(self) -> list[str]:
        return sorted(entry.action for entry in await self.entries() if entry.action.startswith("account."))


async def shown_to(
    store: AccountStore, id_: str, person: str, at: datetime = NOW, school: School = SCHOOL, **asked: Any
) -> Operation:
    """A temporary password that its director was shown a minute later."""
    store.clock.now = at
    new = new_operation(id_, person=person, school=school.id, at=at, **asked)
    await store.operations.begin([new], allow)
    (task,) = await store.queue.claim(["password.reset"], 1, HOUR)
    await store.operations.candidate(task, id_, proposing("Zegego2399"))
    await store.operations.ready(task, id_, times(at), entries=[], tasks=[])
    seen = at + timedelta(minutes=1)
    (one,) = await store.operations.reveal(
        [id_], new.actor, new.conversation, now=seen, lease_until=seen + HOUR, record=lambda *_: ((), ())
    )
    return one.operation


async def never_answered(store: AccountStore, id_: str, person: str) -> None:
    """A password that may have been set: the directory never answered."""
    await store.operations.begin([new_operation(id_, person=person, school=SCHOOL.id)], allow)
    (task,) = await store.queue.claim(["password.reset"], 1, HOUR)
    await store.operations.candidate(task, id_, proposing("Zegego2399"))
    await store.operations.doubt(task, id_)
    await store.operations.fail(task, id_, Failure.UNAVAILABLE, "", entries=(), tasks=())


def account(person: str, **changes: Any) -> Account:
    base = Account(person, f"Рада {person}", f"rv{person}@edu.mon.bg", Kind.STUDENT, "1 а", True, MADE, MADE)
    return replace(base, **changes)


def receipt(person: str, closing: str = "press", **changes: Any) -> NewReceipt:
    new = NewReceipt(closing, NOW, "director", SCHOOL.id, person, Recipient.STUDENT, Ground.OWNER)
    return replace(new, **changes)


def ask_of(person: str, id_: str = "ask", **changes: Any) -> Ask:
    ask = Ask(id_, SCHOOL.id, person, NOW, "teacher", "tenant", f"Рада {person}", "Учител Пробен")
    return replace(ask, **changes)


def group_of(id_: str, name: str = "Клуб", *people: str) -> OwnGroup:
    return OwnGroup(id_, free_text(name, 40), people or ("1",))


def nothing(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
    return WEEK, ()


class AccountPromises:
    """Each test gets `store`, empty."""

    async def test_a_look_takes_the_place_of_an_older_one_and_of_no_newer(self, store: AccountStore):
        assert (await store.boards.kept(SCHOOL.id)).at is None
        first = (
            account("1"),
            account("2", enabled=None, created=None, changed=None),
            account("3", enabled=False, twin=True, signed_in=NOW, class_=""),
            account("4", kind=Kind.TEACHER, class_=""),
        )
        assert await store.looks(*first)
        kept = await store.boards.kept(SCHOOL.id)
        assert (kept.at, kept.weeks) == (NOW, (WEEK,))
        assert sorted((row.account for row in kept.rows), key=lambda one: one.person) == list(first)
        assert await store.looks(account("1", class_="2 б", changed=NOW), account("5"), at=NOW + HOUR)
        assert not await store.looks(account("9"), at=NOW)
        assert not await store.looks(account("9"), at=NOW + HOUR)
        kept = await store.boards.kept(SCHOOL.id)
        assert kept.at == NOW + HOUR
        assert {row.account.person: (row.account.class_, row.account.changed) for row in kept.rows} == {
            "1": ("2 б", NOW),
            "5": ("1 а", MADE),
        }
        assert (await store.boards.kept(OTHER.id)).at is None

    async def test_what_is_new_is_told_once_and_again_of_who_came_back(self, store: AccountStore):
        told: list[list[str]] = []

        def settle(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
            told.append(sorted(untold))
            assert {row.account.person for row in rows} >= set(untold)
            return replace(WEEK, of=9, handed=len(told)), [
                NewTask("accounts.new", str(len(told)), NOW)
            ] if untold else []

        looks: list[tuple[list[str], list[str]]] = [
            (["1", "2"], ["1", "elsewhere"]), (["1", "2"], ["1", "2"]), (["2"], ["2"]), (["1", "2"], ["1", "2"]),
        ]  # fmt: skip
        for hour, (here, fresh) in enumerate(looks):
            looked = Looked(SCHOOL, NOW + hour * HOUR, tuple(map(account, here)))
            assert await store.boards.keep(looked, fresh, settle)
        assert told == [["1"], ["2"], [], ["1"]]
        assert {row.account.person for row in await store.boards.told(SCHOOL.id, NOW + 3 * HOUR)} == {"1"}
        assert {row.account.person for row in await store.boards.told(SCHOOL.id, NOW + HOUR)} == {"2"}
        assert await store.boards.told(SCHOOL.id, NOW) == ()
        assert (await store.boards.kept(SCHOOL.id)).weeks == (replace(WEEK, of=9, handed=4),)
        claimed = await store.queue.claim(["accounts.new"], 9, HOUR)
        assert sorted(task.key for task in claimed) == ["1", "2", "4"]

    async def test_a_look_belongs_to_its_task_and_ends_it(self, store: AccountStore):
        await store.queue.add([NewTask("accounts.look", "school:1", NOW)])
        (lost,) = await store.queue.claim(["accounts.look"], 1, timedelta(seconds=5))
        store.clock.now += timedelta(seconds=6)
        (held,) = await store.queue.claim(["accounts.look"], 1, timedelta(minutes=1))
        looked = Looked(SCHOOL, NOW, (account("1"),))
        with pytest.raises(TaskLost):
            await store.boards.keep(looked, (), nothing, lost)
        assert (await store.boards.kept(SCHOOL.id)).at is None
        assert await store.boards.keep(looked, (), nothing, held)
        store.clock.now += HOUR
        assert await store.queue.claim(["accounts.look"], 1, HOUR) == ()

    async def test_schools_are_due_that_a_director_came_from_the_longest_unseen_first(self, store: AccountStore):
        for school in ("a", "b", "c", "d"):
            await store.director_came(school, "director")
        await store.director_came("a", "another")
        for school, hours in (("a", 5), ("b", 1), ("c", 9), ("nobody", 20)):
            await store.looks(at=NOW - hours * HOUR, school=School(school, "", ""))
        assert await store.boards.due(NOW - 3 * HOUR, NOW - timedelta(days=400)) == ("d", "c", "a")
        assert await store.boards.due(NOW, NOW + HOUR) == ()

    async def test_each_is_noted_once_and_the_others_are_told_why_not(self, store: AccountStore):
        none_to_hand = (account("off", enabled=False), account("two", twin=True), account("making", enabled=None))
        await store.looks(account("1"), account("changed", changed=NOW), *none_to_hand)
        every = [receipt(person) for person in ("1", "changed", "off", "two", "making", "elsewhere", "1")]
        done = {
            "1": ReceiptOutcome.DONE,
            "changed": ReceiptOutcome.DONE,
            **dict.fromkeys(("off", "two", "making"), ReceiptOutcome.NOTHING),
            "elsewhere": ReceiptOutcome.GONE,
        }
        assert await store.notes(*every) == done
        assert await store.notes(*every) == done, "the same press again"
        assert await store.notes(receipt("1", "another")) == {"1": ReceiptOutcome.BEFORE}
        assert await store.notes() == {}
        await store.looks(account("1"), school=OTHER)
        (row,) = (await store.boards.kept(OTHER.id)).rows
        assert row.receipt == Receipt("press:1", NOW, Recipient.STUDENT, SCHOOL.id), "who moved brings it along"
        assert (await store.states())["1"] is BoardState.HANDED
        assert await store.actions() == ["account.handed"] * 2

    async def test_what_was_a_mistake_is_told_by_a_second_record(self, store: AccountStore):
        await store.looks(account("1"))
        await store.notes(receipt("1"))
        await shown_to(store, "op-not-handed", "2")
        for wrong in (
            {"receipt": "none"}, {"receipt": "press:2"}, {"receipt": "press:1", "school": "other"},
            {"receipt": "press:1", "person": "2"}, {"receipt": "op-not-handed", "person": "2"},
        ):  # fmt: skip
            assert not await store.takes_back(**wrong)
        assert await store.states() == {"1": BoardState.HANDED}
        assert await store.takes_back("press:1", "one")
        assert await store.takes_back("press:1", "one"), "the same press again"
        assert not await store.takes_back("press:1", "two")
        assert not await store.takes_back("one", "three"), "a reversal is no receipt"
        assert await store.states() == {"1": BoardState.NEW}
        (back,) = [one for one in await store.entries() if one.action == "account.handing-reversed"]
        assert (back.at, back.actor, back.subject) == (NOW + HOUR, "director", "1")
        assert (back.detail["receipt"], back.detail["reason"]) == ("press:1", "сгрешен ред")
        assert await store.notes(receipt("1")) == {"1": ReceiptOutcome.TAKEN_BACK}, "an old card"
        assert await store.states() == {"1": BoardState.NEW}
        assert await store.notes(receipt("1", "again")) == {"1": ReceiptOutcome.DONE}
        assert await store.actions() == ["account.handed"] * 2 + ["account.handing-reversed"]

    async def test_a_temporary_password_that_was_handed_over_is_a_receipt_until_it_is_taken_back(
        self, store: AccountStore
    ):
        await store.looks(account("1", changed=NOW))
        assert await store.states() == {"1": BoardState.CHANGED}
        new = new_operation("op", person="1", school=SCHOOL.id)
        await store.operations.begin([new], allow)
        assert await store.states() == {"1": BoardState.NEW}, "it is on its way"
        (task,) = await store.queue.claim(["password.reset"], 1, HOUR)
        await store.operations.candidate(task, "op", proposing("Zegego2399"))
        await store.operations.ready(task, "op", times(NOW), entries=[], tasks=[])
        seen = NOW + timedelta(minutes=1)
        await store.operations.reveal(
            ["op"], new.actor, new.conversation, now=seen, lease_until=seen + HOUR, record=lambda *_: ((), ())
        )
        assert await store.states() == {"1": BoardState.NEW}
        (row,) = (await store.boards.kept(SCHOOL.id)).rows
        assert row.given is not None
        assert (row.given.asked_at, row.given.shown_at, row.given.failed) == (NOW, seen, False)
        assert await store.operations.hand_over("op", seen, ())
        (row,) = (await store.boards.kept(SCHOOL.id)).rows
        assert row.receipt is not None
        assert row.receipt == Receipt("op", seen, Recipient.PARENT, SCHOOL.id)
        assert await store.states() == {"1": BoardState.HANDED}
        assert await store.takes_back("op")
        assert await store.states() == {"1": BoardState.NEW}

    async def test_a_password_knows_the_receipt_that_stands_for_it_wherever_it_was_noted(self, store: AccountStore):
        await store.looks(account("1"), account("2"))
        early = NOW - timedelta(minutes=5)
        assert await store.notes(receipt("1", "early", at=early)) == {"1": ReceiptOutcome.DONE}
        first = await shown_to(store, "op-1", "1")
        assert await store.operations.afterwards(first) == NOTHING_YET, "it was noted before"
        seen = NOW + timedelta(minutes=2)
        assert await store.notes(receipt("1", "board", at=seen, actor="other"), receipt("2", "board", at=seen)) == {
            "1": ReceiptOutcome.DONE,
            "2": ReceiptOutcome.DONE,
        }
        noted = Handed(seen, Recipient.STUDENT, "other", SCHOOL.id)
        assert await store.operations.afterwards(first) == Afterwards(handed=noted)
        assert not await store.operations.hand_over("op-1", seen + HOUR, [entry("password.handed")])
        assert await store.operations.one("op-1") == first
        assert "password.handed" not in [one.action for one in await store.entries()]

        assert await store.takes_back("board:1")
        assert await store.operations.afterwards(first) == NOTHING_YET
        assert await store.operations.hand_over("op-1", seen + HOUR, [entry("password.handed")])
        first = replace(first, stage=Stage.CLOSED, handed_at=seen + HOUR)
        assert await store.operations.one("op-1") == first
        own = Handed(seen + HOUR, first.asked.recipient, first.asked.actor, SCHOOL.id)
        assert await store.operations.afterwards(first) == Afterwards(handed=own)
        assert await store.notes(receipt("1", "late", at=seen + 2 * HOUR)) == {"1": ReceiptOutcome.BEFORE}

        assert await store.takes_back("op-1", "again")
        assert await store.operations.afterwards(first) == Afterwards(taken_back=True)
        late = seen + 3 * HOUR
        assert await store.notes(receipt("1", "late", at=late)) == {"1": ReceiptOutcome.DONE}
        anew = Handed(late, Recipient.STUDENT, "director", SCHOOL.id)
        assert await store.operations.afterwards(first) == Afterwards(handed=anew, taken_back=True)

    async def test_who_has_a_receipt_is_known_until_it_is_taken_back(self, store: AccountStore):
        await store.looks(account("1"), account("2"))
        await shown_to(store, "op", "2")
        assert await store.operations.hand_over("op", NOW, [entry("password.handed")])
        assert set(await store.receipts.received(["1", "2"])) == set(), "a temporary one is told by its operation"
        assert await store.notes(receipt("1")) == {"1": ReceiptOutcome.DONE}
        assert set(await store.receipts.received(["1", "2", "nobody"])) == {"1"}
        assert set(await store.receipts.received(["2"])) == set()
        assert set(await store.receipts.received([])) == set()
        assert await store.takes_back("press:1")
        assert set(await store.receipts.received(["1"])) == set()
        assert await store.notes(receipt("1", "again")) == {"1": ReceiptOutcome.DONE}
        assert set(await store.receipts.received(["1"])) == {"1"}

    async def test_a_receipt_for_a_newer_password_is_none_for_an_older(self, store: AccountStore):
        await store.looks(account("1"))
        first = await shown_to(store, "op-1", "1")
        later = NOW + HOUR
        second = await shown_to(store, "op-2", "1", later)
        assert await store.notes(receipt("1", at=later + HOUR)) == {"1": ReceiptOutcome.DONE}
        assert second.set_at is not None
        assert await store.operations.afterwards(first) == Afterwards(Newer(second.set_at, SCHOOL.id))
        noted = Handed(later + HOUR, Recipient.STUDENT, "director", SCHOOL.id)
        assert await store.operations.afterwards(second) == Afterwards(handed=noted)

    async def test_an_attempt_nobody_answered_is_over_where_the_directory_long_after_shows_no_change(
        self, store: AccountStore
    ):
        """And where it tells nothing, or of a change that may be that one, it is not."""
        long_ago, late = NOW - timedelta(days=700), NOW + 3 * HOUR
        earlier = NOW - timedelta(days=30)
        await shown_to(store, "op-earlier", "handed", earlier)
        everybody = (
            account("used", created=long_ago - HOUR, changed=long_ago),
            account("handed", created=long_ago, changed=earlier),
            account("just before", created=long_ago, changed=NOW - timedelta(minutes=5)),
            account("untold", created=None, changed=None),
        )
        await store.looks(*everybody, at=NOW - HOUR)
        assert await store.notes(receipt("handed", at=NOW - HOUR)) == {"handed": ReceiptOutcome.DONE}
        store.clock.now = NOW
        for one in everybody:
            await never_answered(store, f"op-{one.person}", one.person)
        new = {one.person: BoardState.NEW for one in everybody}
        for at in (NOW + HOUR, late):
            await store.looks(*everybody, at=at)
            assert await store.states() == new

        store.clock.now = late + timedelta(milliseconds=1)
        await store.looks(*everybody, at=store.clock())
        assert await store.states() == new | {"used": BoardState.CHANGED, "handed": BoardState.HANDED}
        assert await store.notes(receipt("used", at=store.clock())) == {"used": ReceiptOutcome.DONE}

    async def test_a_password_of_another_school_is_noted_there_and_not_here(self, store: AccountStore):
        both = account("1", changed=NOW)
        for school in (SCHOOL, OTHER):
            await store.looks(both, school=school)
        theirs = await shown_to(store, "op-theirs", "1", school=OTHER)

        async def is_elsewhere(school: School) -> bool:
            (row,) = (await store.boards.kept(school.id)).rows
            assert row.given is not None
            return row.given.elsewhere

        assert [await is_elsewhere(school) for school in (SCHOOL, OTHER)] == [True, False]
        at = NOW + timedelta(minutes=5)
        assert await store.notes(receipt("1", "here", at=at)) == {"1": ReceiptOutcome.ELSEWHERE}
        assert await store.operations.afterwards(theirs) == NOTHING_YET
        assert await store.actions() == []
        there = receipt("1", "there", at=at, school=OTHER.id)
        assert await store.notes(there) == {"1": ReceiptOutcome.DONE}
        assert await store.notes(receipt("1", "late", at=at)) == {"1": ReceiptOutcome.BEFORE}
        await shown_to(store, "op-ours", "1", NOW + HOUR)
        assert [await is_elsewhere(school) for school in (SCHOOL, OTHER)] == [False, True]

    @pytest.mark.parametrize("before", [False, True], ids=["their first password", "a temporary one"])
    async def test_a_closing_notes_nobody_for_a_password_that_came_after_the_press_was_read(
        self, store: AccountStore, before: bool
    ):
        """Everything is read, and then somebody is shown a newer one: whoever is asked last answers first."""
        await store.looks(account("1"), account("2"))
        if before:
            await shown_to(store, "op-1", "1", NOW - HOUR)
            store.clock.now = NOW
        read = {row.account.person: row for row in (await store.boards.kept(SCHOOL.id)).rows}
        people = [Person(one, one, one, Kind.STUDENT, AccountState.ACTIVE, (SCHOOL,)) for one in read]

        class Slow(FakeDirectory):
            async def people_of_school(self, school: School) -> tuple[Person, ...]:
                await shown_to(store, "newer", "1")
                return await super().people_of_school(school)

        close = CloseHandover(
            actors=FakeActors({"director": Actor("director", "tenant", Role.DIRECTOR, SCHOOL)}),
            own_classes=FakeSchoolAccounts(FakeClock(NOW)),
            boards=store.boards,
            people=Slow(people),
            receipts=store.receipts,
            choices=store.choices,
            clock=lambda: NOW + HOUR,
            timing=BoardTiming(),
        )
        signed = tuple(Signed(one, Recipient.STUDENT, mark_of_row(row)) for one, row in read.items())
        done = await close(Actor("director", "tenant", Role.DIRECTOR, SCHOOL), CloseWish("press", SCHOOL.id, signed))
        assert isinstance(done, Closed)
        assert done.noted == {"1": ReceiptOutcome.NEWER, "2": ReceiptOutcome.DONE}
        assert done.left_out == ("1",)
        assert not await store.receipts.received(["1"])
        assert await store.actions() == ["account.handed"]

    async def test_a_parent_is_noted_by_the_stated_age_for_the_very_password_it_was_stated_for(
        self, store: AccountStore
    ):
        """No number tells the age of these children. A director had stated it, and it is kept with the password."""
        for person, school in (("own", SCHOOL), ("other", OTHER), ("newer", SCHOOL), ("raced", SCHOOL)):
            await shown_to(store, f"op-{person}", person, NOW - HOUR, school)
        for person in ("student", "newer"):
            later = NOW - HOUR if person == "student" else NOW - timedelta(minutes=30)
            await shown_to(store, f"to-{person}", person, later, recipient=Recipient.STUDENT, ground=Ground.OWNER)
        await shown_to(store, "op-sen", "sen", NOW - HOUR, ground=Ground.SEN)
        store.clock.now = NOW
        await store.looks(*map(account, ("own", "other", "newer", "raced", "student", "sen", "none")))
        read = {row.account.person: row for row in (await store.boards.kept(SCHOOL.id)).rows}
        people = [Person(one, one, one, Kind.STUDENT, AccountState.ACTIVE, (SCHOOL,)) for one in read]

        assert await store.receipts.made_for_parents(
            SCHOOL.id, ["own", "raced", "sen", "gone"], NOW
        ) == dict.fromkeys(("own", "raced"), NOW - HOUR)
        assert await store.receipts.made_for_parents(SCHOOL.id, [], NOW) == {}

        class Raced:
            note = store.receipts.note

            async def made_for_parents(self, *about: Any) -> Mapping[str, datetime]:
                return {**await store.receipts.made_for_parents(*about), "raced": NOW - 2 * HOUR}

        close = CloseHandover(
            actors=FakeActors({"director": Actor("director", "tenant", Role.DIRECTOR, SCHOOL)}),
            own_classes=FakeSchoolAccounts(FakeClock(NOW)),
            boards=store.boards,
            people=FakeDirectory(people),
            receipts=Raced(),  # type: ignore[arg-type]  # no more is asked of it
            choices=store.choices,
            clock=lambda: NOW + HOUR,
            timing=BoardTiming(),
        )
        signed = tuple(Signed(one, Recipient.PARENT, mark_of_row(row)) for one, row in read.items())
        done = await close(Actor("director", "tenant", Role.DIRECTOR, SCHOOL), CloseWish("press", SCHOOL.id, signed))
        assert isinstance(done, Closed)
        assert done.noted == {"own": ReceiptOutcome.DONE, "raced": ReceiptOutcome.NEWER}
        refused = ("other", "newer", "student", "sen", "none")
        assert done.refused == dict.fromkeys(refused, Reason.AGE_UNKNOWN)
        (entry_,) = [one for one in await store.entries() if one.action == "account.handed"]
        assert (entry_.subject, entry_.detail["recipient"], entry_.detail["ground"]) == ("own", "parent", "under-14")

    async def test_to_whom_another_school_noted_it_is_not_told_by_what_becomes_of_a_closing(
        self, store: AccountStore
    ):
        await store.looks(account("theirs"), school=OTHER)
        to_parent = {"recipient": Recipient.PARENT, "ground": Ground.UNDER_14}
        assert await store.notes(receipt("theirs", school=OTHER.id, **to_parent)) == {"theirs": ReceiptOutcome.DONE}
        await store.looks(account("theirs"), account("ours"), account("same"))
        await store.notes(receipt("ours", **to_parent), receipt("same"))
        read = {row.account.person: row for row in (await store.boards.kept(SCHOOL.id)).rows}
        people = [Person(one, one, one, Kind.STUDENT, AccountState.ACTIVE, (SCHOOL,)) for one in read]
        close = CloseHandover(
            actors=FakeActors({"director": Actor("director", "tenant", Role.DIRECTOR, SCHOOL)}),
            own_classes=FakeSchoolAccounts(FakeClock(NOW)),
            boards=store.boards,
            people=FakeDirectory(people),
            receipts=store.receipts,
            choices=store.choices,
            clock=lambda: NOW + HOUR,
            timing=BoardTiming(),
        )
        signed = tuple(Signed(one, Recipient.STUDENT, mark_of_row(row)) for one, row in read.items())
        done = await close(Actor("director", "tenant", Role.DIRECTOR, SCHOOL), CloseWish("later", SCHOOL.id, signed))
        assert isinstance(done, Closed)
        assert done.noted == {
            "theirs": ReceiptOutcome.BEFORE,
            "ours": ReceiptOutcome.OTHERWISE,
            "same": ReceiptOutcome.BEFORE,
        }

    async def test_a_question_is_answered_by_its_own_school_alone(self, store: AccountStore):
        await store.looks(account("1"))
        ask = ask_of("1", "a")
        await store.asks.ask(ask, lambda _: ALLOWED, (asked_entry(ask),), ())

        async def is_open() -> bool:
            found = await store.asks.one("a")
            assert found is not None
            (row,) = (await store.boards.kept(SCHOOL.id)).rows
            assert (row.asked_at == NOW) is found[1]
            assert await store.asks.answered(ask) is not found[1]
            return found[1]

        await shown_to(store, "theirs", "1", NOW + HOUR, OTHER)
        assert await is_open()
        await shown_to(store, "own", "1", NOW + 2 * HOUR)
        assert not await is_open()
        await shown_to(store, "theirs-again", "1", NOW + 30 * HOUR, OTHER)
        assert not await is_open(), "it stays answered"

    async def test_a_school_has_the_defaults_until_it_chooses(self, store: AccountStore):
        assert await store.choices.choices(SCHOOL.id) == Choices()
        chosen = Choices(Closers.CLASS_TEACHER, free_text("Кабинет 12", 300), weekly=False)
        await store.choices.choose(SCHOOL.id, chosen, (choices_entry(NOW, "d", SCHOOL.id, chosen),))
        assert await store.choices.choices(SCHOOL.id) == chosen
        assert await store.choices.choices(OTHER.id) == Choices()
        assert await store.actions() == ["account.choices"]

    async def test_groups_are_kept_by_their_id_each_of_one_school_and_not_too_many(self, store: AccountStore):
        async def keep(group: OwnGroup, school: str = SCHOOL.id) -> bool:
            entry = group_entry(NOW, "d", school, group.id, people=len(group.people))
            return await store.choices.keep_group(school, group, (entry,), 2)

        assert await keep(group_of("g2", "Тест"))
        assert await keep(group_of("g1", "Клуб", "1", "2"))
        assert await keep(group_of("g1", "Клуб", "3"))
        assert not await keep(group_of("g3")), "two are the most"
        assert not await keep(group_of("g1"), OTHER.id), "it is another school's"
        assert await store.choices.groups(SCHOOL.id) == (group_of("g1", "Клуб", "3"), group_of("g2", "Тест"))
        assert await store.choices.groups(OTHER.id) == ()
        entry = group_entry(NOW, "d", SCHOOL.id, "g1", people=None)
        assert not await store.choices.drop_group(OTHER.id, "g1", (entry,))
        assert await store.choices.drop_group(SCHOOL.id, "g1", (entry,))
        assert not await store.choices.drop_group(SCHOOL.id, "g1", (entry,))
        assert await store.actions() == ["account.group"] * 4

    async def test_of_one_student_one_question_is_open_until_a_password_is_on_its_way(self, store: AccountStore):
        asked: list[list[datetime]] = []

        def judge(before: Sequence[datetime]) -> Decision:
            asked.append(list(before))
            return ALLOWED if len(before) < 2 else Decision(Reason.QUESTION_ASKED_OFTEN)

        async def ask(new: Ask) -> Ask | Decision:
            task = NewTask("accounts.asked", new.id, NOW, {"ask": new.id})
            return await store.asks.ask(new, judge, (asked_entry(new),), (task,))

        await store.looks(account("1"), account("2"))
        first = ask_of("1", "a")
        assert await ask(first) == first
        assert await ask(ask_of("1", "a")) == first
        assert await ask(ask_of("1", "b", teacher="other")) == first
        assert await ask(ask_of("2", "c")) == ask_of("2", "c")
        assert await ask(ask_of("3", "d")) == Decision(Reason.QUESTION_ASKED_OFTEN)
        assert asked == [[], [NOW], [NOW, NOW]]
        assert await store.asks.one("a") == (first, True)
        assert await store.asks.one("b") is None
        asked_at = {row.account.person: row.asked_at for row in (await store.boards.kept(SCHOOL.id)).rows}
        assert asked_at == {"1": NOW, "2": NOW}
        await store.operations.begin([new_operation("op", person="1", school=SCHOOL.id)], allow)
        assert await store.asks.one("a") == (first, False)
        asked_at = {row.account.person: row.asked_at for row in (await store.boards.kept(SCHOOL.id)).rows}
        assert asked_at == {"1": None, "2": NOW}
        tomorrow = ask_of("4", "e", at=NOW + timedelta(days=1, seconds=1))
        assert await ask(tomorrow) == tomorrow
        assert asked[3:] == [[]], "a teacher's questions of the last day"
        store.clock.now += timedelta(days=14)
        assert await store.asks.one("c") == (ask_of("2", "c"), False)
        assert [row.asked_at for row in (await store.boards.kept(SCHOOL.id)).rows] == [None, None]
        assert await store.actions() == ["account.password-asked"] * 3
        assert await store.asks.answered_by("1", SCHOOL.id, NOW - timedelta(seconds=1)) == ()
        assert await store.asks.answered_by("1", SCHOOL.id, NOW) == ("a",)
        assert await store.asks.answered_by("1", SCHOOL.id, NOW + timedelta(days=14)) == ()
        assert await store.asks.answered_by("1", OTHER.id, NOW) == ()
        claimed = await store.queue.claim(["accounts.asked"], 9, HOUR)
        assert sorted(task.key for task in claimed) == ["a", "c", "e"]
