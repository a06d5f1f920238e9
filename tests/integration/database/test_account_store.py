"""What is kept of a school's accounts, on both engines: looks, receipts and what takes them back, choices, questions."""

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.core.accounts.model import (
    Account,
    BoardRow,
    BoardState,
    BoardTiming,
    Choices,
    Closers,
    Ending,
    Looked,
    NewReceipt,
    OwnGroup,
    ReceiptOutcome,
    Week,
)
from bot.core.accounts.policy import noted
from bot.core.accounts.ports import Ask, Reversal
from bot.core.accounts.record import asked_entry, choices_entry, group_entry, handed_entry, reversed_entry
from bot.core.accounts.states import state_of
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.handover.model import Ground, Recipient
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, School
from bot.core.tasks import NewTask, TaskLost
from bot.database.account_boards import NOT_LOOKED_AT
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.integration.database.owner import as_owner
from tests.promises.store import allow, new_operation, proposing, times

SCHOOL = School("school", "2990001", "ОУ „Пример“")
OTHER = School("other", "2990002", "СУ „Друго“")
NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
MADE = NOW - timedelta(days=20)
TIMING = BoardTiming()
WEEK = Week("2026-09-14", 0, 0, 0)


def account(person: str, **changes: Any) -> Account:
    base = Account(person, f"Рада {person}", f"rv{person}@edu.mon.bg", Kind.STUDENT, "1 а", True, MADE, MADE)
    return replace(base, **changes)


def looked(*accounts: Account, at: datetime = NOW, school: School = SCHOOL) -> Looked:
    return Looked(school, at, accounts)


def nothing(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
    return WEEK, ()


async def look(database: Database, *accounts: Account, at: datetime = NOW, school: School = SCHOOL) -> bool:
    return await database.boards.keep(looked(*accounts, at=at, school=school), (), nothing)


def receipt(person: str, closing: str = "press", at: datetime = NOW, **changes: Any) -> NewReceipt:
    new = NewReceipt(closing, at, "director", SCHOOL.id, person, Recipient.STUDENT, Ground.OWNER)
    return replace(new, **changes)


async def note(database: Database, *new: NewReceipt) -> dict[str, ReceiptOutcome]:
    return dict(await database.receipts.note(new, lambda row: noted(row, TIMING), handed_entry))


async def states(database: Database, school: School = SCHOOL) -> dict[str, BoardState]:
    kept = await database.boards.kept(school.id)
    return {row.account.person: state_of(row, TIMING) for row in kept.rows}


async def entries(database: Database, action: str) -> list[str]:
    every = database.audit.entries(NOW - timedelta(days=900))
    return [kept.entry.subject async for kept in every if kept.entry.action == action]


async def test_a_school_never_looked_at_has_no_board_and_a_look_is_kept_whole(database: Database):
    assert (await database.boards.kept(SCHOOL.id)).at is None
    everybody = (
        account("1"),
        account("2", enabled=None, created=None, changed=None),
        account("3", enabled=False, twin=True, signed_in=NOW, class_=""),
        account("4", kind=Kind.TEACHER, class_=""),
    )
    assert await look(database, *everybody)
    kept = await database.boards.kept(SCHOOL.id)
    assert kept.at == NOW
    assert sorted((row.account for row in kept.rows), key=lambda one: one.person) == list(everybody)
    assert kept.weeks == (WEEK,)
    assert (await database.boards.kept(OTHER.id)).at is None


async def test_a_later_look_changes_brings_and_takes_and_an_earlier_one_changes_nothing(database: Database):
    await look(database, account("1"), account("2"), account("3"))
    later = NOW + timedelta(hours=1)
    await look(database, account("1", changed=later), account("3", class_="2 б"), account("4"), at=later)
    assert not await look(database, account("9"), at=NOW + timedelta(minutes=1))
    assert not await look(database, account("9"), at=later)
    kept = await database.boards.kept(SCHOOL.id)
    assert {row.account.person: (row.account.changed, row.account.class_) for row in kept.rows} == {
        "1": (later, "1 а"),
        "3": (MADE, "2 б"),
        "4": (MADE, "1 а"),
    }
    assert kept.at == later


SPOIL = "UPDATE school_account SET detail = (SELECT detail FROM school_account WHERE person = '1') WHERE person = '2'"


async def test_a_board_with_a_row_that_does_not_open_is_looked_at_anew(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture
):
    """What it says of the others stays for whoever must not wait; the next look writes the row again."""
    await look(database, account("1"), account("2"), account("3"))
    await as_owner(database_url, SPOIL)
    kept = await database.boards.kept(SCHOOL.id)
    assert kept.at is None
    assert sorted(row.account.person for row in kept.rows) == ["1", "3"]
    assert "the account of 2 in school school does not open" in caplog.text

    later = NOW + timedelta(minutes=1)
    assert await look(database, account("1"), account("2"), at=later)
    kept = await database.boards.kept(SCHOOL.id)
    assert kept.at == later
    assert sorted((row.account for row in kept.rows), key=lambda one: one.person) == [account("1"), account("2")]


async def test_a_row_that_does_not_open_of_somebody_who_has_left_goes_and_of_the_new_the_others_are_told(
    database: Database, database_url: str
):
    def told(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
        assert sorted(untold) == ["1", "2"]
        return WEEK, ()

    await database.boards.keep(looked(account("1"), account("2")), ("1", "2"), told)
    await as_owner(database_url, SPOIL)
    assert [row.account.person for row in await database.boards.told(SCHOOL.id, NOW)] == ["1"]
    later = NOW + timedelta(minutes=1)

    def again(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
        assert untold == []
        return WEEK, ()

    assert await database.boards.keep(looked(account("1"), at=later), ("1",), again)
    kept = await database.boards.kept(SCHOOL.id)
    assert (kept.at, [row.account for row in kept.rows]) == (later, [account("1")])


async def test_a_child_in_two_schools_is_on_both_boards_and_leaves_each_by_itself(database: Database):
    await look(database, account("1"))
    await look(database, account("1", class_="3 в"), school=OTHER)
    await look(database, at=NOW + timedelta(hours=1))
    assert await states(database) == {}
    assert await states(database, OTHER) == {"1": BoardState.NEW}


async def test_what_is_new_is_told_once(database: Database):
    told: list[list[str]] = []

    def settle(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
        told.append(sorted(untold))
        tasks = [NewTask("accounts.new", f"look-{len(told)}", NOW)] if untold else []
        return WEEK, tasks

    for hour, fresh in enumerate((["1", "2"], ["1", "2"], ["1", "3"], [])):
        at = NOW + timedelta(hours=hour)
        assert await database.boards.keep(looked(account("1"), account("2"), account("3"), at=at), fresh, settle)
    assert told == [["1", "2"], [], ["3"], []]
    claimed = await database.queue.claim(["accounts.new"], 9, timedelta(minutes=1))
    assert sorted(task.key for task in claimed) == ["look-1", "look-3"]
    assert {row.account.person for row in await database.boards.told(SCHOOL.id, NOW)} == {"1", "2"}
    assert {row.account.person for row in await database.boards.told(SCHOOL.id, NOW + timedelta(hours=2))} == {"3"}


async def test_of_two_replicas_that_look_at_once_one_tells(database: Database):
    told: list[str] = []

    def settle(untold: Sequence[str], rows: Sequence[BoardRow]) -> tuple[Week, Sequence[NewTask]]:
        return WEEK, [NewTask("accounts.new", f"{len(told)}-{one}", NOW) for one in untold]

    children = [account(str(number)) for number in range(30)]
    fresh = [one.person for one in children]
    await asyncio.gather(
        *(
            database.boards.keep(looked(*children, at=NOW + timedelta(seconds=second)), fresh, settle)
            for second in range(8)
        )
    )
    claimed = await database.queue.claim(["accounts.new"], 1_000, timedelta(minutes=1))
    assert sorted(task.key.partition("-")[2] for task in claimed) == sorted(fresh)


async def test_a_look_that_fails_while_it_is_kept_leaves_nothing(database: Database):
    def fails(*_: object) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.boards.keep(looked(account("1")), ["1"], fails)
    assert (await database.boards.kept(SCHOOL.id)).at is None


async def test_a_look_of_a_lost_task_is_not_kept_and_one_of_a_held_task_ends_it(
    database: Database, clock: MovableClock
):
    await database.queue.add([NewTask("accounts.look", "school:1", NOW)])
    (lost,) = await database.queue.claim(["accounts.look"], 1, timedelta(seconds=5))
    clock.advance(seconds=6)
    (held,) = await database.queue.claim(["accounts.look"], 1, timedelta(minutes=1))
    with pytest.raises(TaskLost):
        await database.boards.keep(looked(account("1")), (), nothing, lost)
    assert (await database.boards.kept(SCHOOL.id)).at is None
    assert await database.boards.keep(looked(account("1")), (), nothing, held)
    await database.queue.done(held)
    clock.advance(hours=1)
    assert await database.queue.claim(["accounts.look"], 1, timedelta(minutes=1)) == ()


async def test_schools_are_due_that_a_director_came_from_the_longest_unseen_first(
    database: Database, clock: MovableClock
):
    for school in ("a", "b", "c", "d"):
        await database.directors.seen(school, f"director of {school}")
    await database.directors.seen("a", "another of a")
    for school, hours in (("a", 5), ("b", 1), ("c", 9)):
        await look(database, at=NOW - timedelta(hours=hours), school=School(school, "", ""))
    await look(database, at=NOW - timedelta(hours=20), school=School("nobody", "", ""))
    due = await database.boards.due(NOW - timedelta(hours=3), NOW - timedelta(days=400))
    assert due == ("d", "c", "a")
    assert await database.boards.due(NOW, NOW + timedelta(seconds=1)) == ()


async def given(database: Database, person: str, operation: str, *, handed: bool) -> None:
    """A temporary password that was shown, by the house's own store."""
    new = new_operation(operation, person=person, school=SCHOOL.id, at=NOW)
    await database.operations.begin([new], allow)
    (task,) = await database.queue.claim(["password.reset"], 1, timedelta(minutes=1))
    await database.operations.candidate(task, operation, proposing("Zegego2399"))
    await database.operations.ready(task, operation, times(NOW), entries=[], tasks=[])
    await database.operations.reveal(
        [operation],
        new.actor,
        new.conversation,
        now=NOW + timedelta(minutes=5),
        lease_until=NOW + timedelta(minutes=7),
        record=lambda *_: ((), ()),
    )
    if handed:
        assert await database.operations.hand_over(operation, NOW + timedelta(minutes=6), ())


async def test_a_board_knows_the_newest_password_the_receipt_and_the_question(database: Database):
    await look(database, *(account(person, changed=NOW) for person in ("shown", "handed", "asked")))
    await given(database, "shown", "op-1", handed=False)
    await given(database, "handed", "op-2", handed=True)
    await ask(database, "asked")
    rows = {row.account.person: row for row in (await database.boards.kept(SCHOOL.id)).rows}
    shown, handed, asked = rows["shown"], rows["handed"], rows["asked"]
    assert shown.given is not None
    assert shown.given.set_at == times(NOW).set_at
    assert shown.given.shown_at == NOW + timedelta(minutes=5)
    assert (shown.given.ending, shown.given.failed, shown.receipt) == (Ending.NOT_YET, False, None)
    assert handed.receipt is not None
    assert (handed.receipt.id, handed.receipt.recipient) == ("op-2", Recipient.PARENT)
    assert asked.asked_at == NOW
    assert await states(database) == {
        "shown": BoardState.NEW,
        "handed": BoardState.HANDED,
        "asked": BoardState.CHANGED,
    }


async def test_closing_notes_each_once_and_says_of_the_others_why_not(database: Database):
    await look(
        database, account("new"), account("changed", changed=NOW), account("off", enabled=False),
        account("two", twin=True), account("making", enabled=None), account("handed"),
    )  # fmt: skip
    await note(database, receipt("handed", "before"))
    every = [receipt(person) for person in ("new", "changed", "off", "two", "making", "handed", "elsewhere")]
    assert await note(database, *every) == {
        "new": ReceiptOutcome.DONE,
        "changed": ReceiptOutcome.DONE,
        "off": ReceiptOutcome.NOTHING,
        "two": ReceiptOutcome.NOTHING,
        "making": ReceiptOutcome.NOTHING,
        "handed": ReceiptOutcome.BEFORE,
        "elsewhere": ReceiptOutcome.GONE,
    }
    assert (await states(database)) | {} == {
        "new": BoardState.HANDED,
        "changed": BoardState.IN_USE,
        "off": BoardState.OFF,
        "two": BoardState.TWO,
        "making": BoardState.BEING_CREATED,
        "handed": BoardState.HANDED,
    }
    assert sorted(await entries(database, "account.handed")) == ["changed", "handed", "new"]
    assert (await database.audit.verify()).intact


async def test_the_same_press_again_notes_nothing_more_also_after_it_was_taken_back(database: Database):
    await look(database, account("1"), account("2"))
    for _ in range(3):
        assert await note(database, receipt("1"), receipt("2"), receipt("1")) == {
            "1": ReceiptOutcome.DONE,
            "2": ReceiptOutcome.DONE,
        }
    assert await reverse(database, "1", "press:1")
    assert await note(database, receipt("1"), receipt("2")) == {
        "1": ReceiptOutcome.TAKEN_BACK,
        "2": ReceiptOutcome.DONE,
    }
    assert (await states(database))["1"] is BoardState.NEW, "an old card must not undo what was taken back"
    assert await note(database, receipt("1", "another")) == {"1": ReceiptOutcome.DONE}
    assert (await states(database))["1"] is BoardState.HANDED
    assert len(await entries(database, "account.handed")) == 3


async def reverse(database: Database, person: str, receipt_id: str, press: str = "back", **changes: Any) -> bool:
    made = Reversal(press, receipt_id, NOW + timedelta(hours=1), "director", SCHOOL.id, person, "сгрешен ред")
    made = replace(made, **changes)
    return await database.receipts.reverse(made, (reversed_entry(made),))


async def test_a_mistake_is_taken_back_by_a_second_record_and_nothing_is_erased(database: Database):
    await look(database, account("1"), account("2", changed=NOW))
    await note(database, receipt("1"))
    await given(database, "2", "op", handed=True)
    assert await reverse(database, "1", "press:1", "back-1")
    assert await reverse(database, "1", "press:1", "back-1"), "the same press"
    assert not await reverse(database, "1", "press:1", "back-2")
    assert await reverse(database, "2", "op", "back-3")
    assert await states(database) == {"1": BoardState.NEW, "2": BoardState.NEW}
    (first,) = await database.receipts.history("1")
    assert (first.at, first.recipient, first.reversed_at) == (NOW, "student", NOW + timedelta(hours=1))
    assert (first.reversed_by, first.reason) == ("director", "сгрешен ред")
    (second,) = await database.receipts.history("2")
    assert (second.id, second.reversed_by) == ("op", "director")
    assert sorted(await entries(database, "account.handing-reversed")) == ["1", "2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"receipt_id": "none"},
        {"receipt_id": "press:2"},
        {"school": "other"},
        {"person": "2"},
        {"receipt_id": "op-not-handed", "person": "2"},
    ],
    ids=str,
)
async def test_what_is_no_receipt_of_this_person_and_school_is_not_taken_back(
    database: Database, wrong: dict[str, str]
):
    await look(database, account("1"), account("2", changed=NOW))
    await note(database, receipt("1"))
    await given(database, "2", "op-not-handed", handed=False)
    asked = {"person": "1", "receipt_id": "press:1"} | wrong
    assert not await reverse(database, **asked)
    assert await entries(database, "account.handing-reversed") == []
    assert (await states(database))["1"] is BoardState.HANDED


async def test_a_reversal_is_no_receipt_to_be_reversed(database: Database):
    await look(database, account("1"))
    await note(database, receipt("1"))
    assert await reverse(database, "1", "press:1", "back")
    assert not await reverse(database, "1", "back", "back-again")


async def test_of_many_that_close_at_once_each_account_is_noted_by_one(
    database: Database, rounds: Callable[[int], int]
):
    for round_ in range(rounds(40)):
        school = School(f"s{round_}", "", "")
        people = [f"{round_}-{number}" for number in range(6)]
        await look(database, *map(account, people), school=school)

        async def close(
            closer: int, school: School = school, people: Sequence[str] = people
        ) -> dict[str, ReceiptOutcome]:
            order = random.Random(closer).sample(people, len(people))
            return await note(
                database,
                *(receipt(one, f"{school.id}-{closer}", school=school.id, actor=f"d{closer}") for one in order),
            )

        answers = await asyncio.gather(*map(close, range(4)))
        for person in people:
            assert sorted(answer[person] for answer in answers) == [ReceiptOutcome.BEFORE] * 3 + [ReceiptOutcome.DONE]
        assert set((await states(database, school)).values()) == {BoardState.HANDED}
    assert (await database.audit.verify()).intact


async def test_of_a_closing_and_a_card_that_note_the_same_handing_over_at_once_one_does(
    database: Database, rounds: Callable[[int], int]
):
    """The school of the password closes its class, and the one the child moved to, while the director presses."""
    for round_ in range(rounds(100)):
        person, operation = f"p{round_}", f"op{round_}"
        schools = (SCHOOL, School(f"moved-to-{round_}", "", ""))
        for school in schools:
            at = NOW + timedelta(seconds=round_)
            await look(database, account(person, changed=NOW), at=at, school=school)
        await given(database, person, operation, handed=False)
        at = NOW + timedelta(minutes=6)

        async def close(school: School, person: str = person, at: datetime = at) -> bool:
            new = receipt(person, f"c-{school.id}", at, school=school.id)
            return (await note(database, new))[person] is ReceiptOutcome.DONE

        async def press(operation: str = operation, at: datetime = at) -> bool:
            return await database.operations.hand_over(operation, at, ())

        done = await asyncio.gather(
            *((press(), *map(close, schools)) if round_ % 2 else (*map(close, schools), press()))
        )
        assert sum(done) == 1
        assert len(await database.receipts.history(person)) == 1
    assert (await database.audit.verify()).intact


async def test_closing_against_moving_away_notes_before_or_says_that_the_child_is_gone(
    database: Database, rounds: Callable[[int], int]
):
    """The child moves while the class is closed: noted first or gone first, never noted after it was gone."""
    seen = set()
    for round_ in range(rounds(60)):
        school = School(f"m{round_}", "", "")
        person = f"moves-{round_}"
        await look(database, account(person), account(f"stays-{round_}"), school=school)

        async def moved(school: School = school, stays: str = f"stays-{round_}") -> None:
            await look(database, account(stays), at=NOW + timedelta(minutes=1), school=school)

        async def closed(school: School = school, person: str = person) -> ReceiptOutcome:
            return (await note(database, receipt(person, f"c-{person}", school=school.id)))[person]

        first, second = (moved, closed) if round_ % 2 else (closed, moved)
        answers = await asyncio.gather(first(), second())
        said = next(one for one in answers if one is not None)
        seen.add(said)
        receipts = await database.receipts.history(person)
        assert len(receipts) == (1 if said is ReceiptOutcome.DONE else 0)
        assert person not in await states(database, school)
    assert seen <= {ReceiptOutcome.DONE, ReceiptOutcome.GONE}
    assert (await note(database, receipt("moves-0", "late", school="m0"))) == {"moves-0": ReceiptOutcome.GONE}


async def test_a_receipt_goes_with_the_child_to_the_next_school(database: Database):
    await look(database, account("1"))
    await note(database, receipt("1"))
    await look(database, account("1"), school=OTHER)
    assert await states(database, OTHER) == {"1": BoardState.HANDED}


async def test_a_school_has_the_defaults_until_it_chooses(database: Database):
    assert await database.school_choices.choices(SCHOOL.id) == Choices(Closers.DIRECTOR, free_text("", 1), True)
    chosen = Choices(Closers.CLASS_TEACHER, free_text("Кабинет 12, г-жа Петрова", 300), weekly=False)
    for one in (Choices(weekly=False), chosen):
        await database.school_choices.choose(SCHOOL.id, one, (choices_entry(NOW, "d", SCHOOL.id, one),))
    assert await database.school_choices.choices(SCHOOL.id) == chosen
    assert await database.school_choices.choices(OTHER.id) == Choices()
    assert len(await entries(database, "account.choices")) == 2


async def test_who_may_close_cannot_be_given_by_writing_into_the_table(database: Database, database_url: str):
    chosen = Choices(Closers.CLASS_TEACHER)
    await database.school_choices.choose(OTHER.id, chosen, (choices_entry(NOW, "d", OTHER.id, chosen),))
    await as_owner(database_url, "UPDATE school_choice SET school = 'school' WHERE school = 'other'")
    with pytest.raises(Exception, match="school_choice"):
        await database.school_choices.choices(SCHOOL.id)


async def keep_group(database: Database, group: OwnGroup, school: str = SCHOOL.id, most: int = 3) -> bool:
    entry = group_entry(NOW, "d", school, group.id, people=len(group.people))
    return await database.school_choices.keep_group(school, group, (entry,), most)


async def test_groups_are_kept_renamed_and_removed_and_no_school_touches_anothers(database: Database):
    robots, chess = (
        OwnGroup("g1", free_text("Роботика", 40), ("1", "2")),
        OwnGroup("g2", free_text("Шах", 40), ("2",)),
    )
    assert await keep_group(database, chess)
    assert await keep_group(database, robots)
    assert await database.school_choices.groups(SCHOOL.id) == (robots, chess)
    assert not await keep_group(database, replace(chess, people=("9",)), OTHER.id)
    assert not await database.school_choices.drop_group(
        OTHER.id, "g1", (group_entry(NOW, "d", OTHER.id, "g1", people=None),)
    )
    assert await keep_group(database, replace(chess, name=free_text("Шахмат", 40), people=("3",)))
    assert await keep_group(database, OwnGroup("g3", free_text("Хор", 40), ("1",)))
    assert not await keep_group(database, OwnGroup("g4", free_text("Танци", 40), ("1",)))
    assert await keep_group(database, replace(robots, people=("5",))), "one of the most may still be changed"
    assert await database.school_choices.drop_group(
        SCHOOL.id, "g1", (group_entry(NOW, "d", SCHOOL.id, "g1", people=None),)
    )
    assert not await database.school_choices.drop_group(SCHOOL.id, "g1", ())
    assert [group.name for group in await database.school_choices.groups(SCHOOL.id)] == ["Хор", "Шахмат"]


async def ask(  # noqa: PLR0917 -- a short way for tests
    database: Database, person: str = "1", press: str = "ask", teacher: str = "teacher", at: datetime = NOW,
    judge: Callable[[Sequence[datetime]], Decision] = lambda before: ALLOWED,
) -> Ask | Decision:  # fmt: skip
    new = Ask(press, SCHOOL.id, person, at, teacher, "tenant", "Рада Вихрова", "Г-жа Иванова")
    task = NewTask("accounts.asked", press, at, {"ask": press})
    return await database.asks.ask(new, judge, (asked_entry(new),), (task,))


async def test_a_question_is_open_until_a_password_was_asked_for_or_its_time_is_over(
    database: Database, clock: MovableClock
):
    await look(database, account("1"))
    first = await ask(database)
    assert isinstance(first, Ask)
    assert await ask(database, press="again", teacher="another") == first
    assert len(await database.queue.claim(["accounts.asked"], 9, timedelta(minutes=1))) == 1
    assert await database.asks.one("ask") == (first, True)
    await given(database, "1", "op", handed=False)
    assert await database.asks.one("ask") == (first, False)
    (row,) = (await database.boards.kept(SCHOOL.id)).rows
    assert row.asked_at is None
    later = await ask(database, press="later", at=NOW + timedelta(days=1))
    assert isinstance(later, Ask)
    assert later.id == "later"
    clock.advance(days=16)
    assert await database.asks.one("later") == (later, False)


async def test_a_password_answers_the_questions_asked_before_it_and_in_their_time(database: Database):
    await ask(database, press="asked")
    await ask(database, "2", press="of-another", at=NOW)
    assert await database.asks.answered_by("1", SCHOOL.id, NOW - timedelta(seconds=1)) == (), (
        "was asked for before the question"
    )
    assert await database.asks.answered_by("1", SCHOOL.id, NOW) == ("asked",)
    assert await database.asks.answered_by("1", SCHOOL.id, NOW + timedelta(days=13)) == ("asked",)
    assert await database.asks.answered_by("1", SCHOOL.id, NOW + timedelta(days=14)) == (), "its time is over"


async def test_the_judge_hears_of_a_teachers_questions_of_the_last_day(database: Database):
    heard: list[int] = []

    def judge(before: Sequence[datetime]) -> Decision:
        heard.append(len(before))
        return ALLOWED if len(before) < 2 else Decision(Reason.QUESTION_ASKED_OFTEN)

    for number in range(4):
        await ask(database, str(number), f"press-{number}", judge=judge)
    await ask(database, "9", "tomorrow", at=NOW + timedelta(days=1, seconds=1), judge=judge)
    assert heard == [0, 1, 2, 2, 0]
    assert await database.asks.one("press-3") is None


async def test_everything_goes_when_its_time_is_over(database: Database, clock: MovableClock, database_url: str):
    await look(database, account("1"), account("2"))
    await note(database, receipt("1"))
    await reverse(database, "1", "press:1")
    await keep_group(database, OwnGroup("g", free_text("Хор", 40), ("1",)))
    await ask(database, "2")
    tables = ("account_look", "school_account", "account_week", "account_receipt", "account_group", "account_ask")

    async def left() -> dict[str, int]:
        counts = [await as_owner(database_url, f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608
        return {table: count for table, ((count,),) in zip(tables, counts, strict=True)}

    await database.purge(clock())
    assert await left() == dict(zip(tables, (1, 2, 1, 2, 1, 1), strict=True))
    clock.advance(days=16)
    await database.purge(clock())
    assert (await left())["account_ask"] == 0
    clock.advance(days=NOT_LOOKED_AT.days - 15)
    await database.purge(clock())
    assert await left() == dict(zip(tables, (0, 0, 1, 2, 1, 0), strict=True))
    clock.advance(days=400)
    await database.purge(clock())
    assert set((await left()).values()) == {0}


async def test_no_name_username_class_sentence_or_reason_lies_in_clear(database: Database, database_url: str):
    marks = ("Canary", "canary-upn", "7 ъ", "Sentence-canary", "OwnGroup-canary", "Reason-canary", "Asker-canary")
    await look(database, account("1", name=marks[0], username=marks[1], class_=marks[2]))
    chosen = Choices(sentence=free_text(marks[3], 300))
    await database.school_choices.choose(SCHOOL.id, chosen, (choices_entry(NOW, "d", SCHOOL.id, chosen),))
    await keep_group(database, OwnGroup("g", free_text(marks[4], 40), ("1",)))
    await note(database, receipt("1"))
    await reverse(database, "1", "press:1", reason=marks[5])
    new = Ask("q", SCHOOL.id, "1", NOW, "t", "tenant", marks[0], marks[6])
    await database.asks.ask(new, lambda before: ALLOWED, (asked_entry(new),), ())
    dump: list[object] = []
    for table in (
        "school_account", "school_choice", "account_group", "account_receipt", "account_ask", "audit", "task",
    ):  # fmt: skip
        dump += await as_owner(database_url, f"SELECT * FROM {table}")  # noqa: S608
    shown = json.dumps(dump, default=lambda one: bytes(one).decode("latin-1"), ensure_ascii=False)
    assert "press:1" in shown
    assert not [mark for mark in marks if mark in shown or mark.encode().decode("latin-1") in shown]


async def test_a_school_among_2300_is_read_by_its_indexes_in_one_statement(database: Database):
    """Not how long it takes: that the plan touches this school's rows alone, whatever else there is."""

    def fill(connection: Any) -> None:
        numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 22999)"
        school, person = "'f' || (i / 10)", "'p' || i"
        for table, columns, values in (
            ("school_account", "school, person, kind, enabled, twin, detail", "'student', 1, 0, CAST('x' AS {blob})"),
            ("account_receipt", "school, person, id, at, actor, recipient, detail",
             "'r' || i, i, 'd', 'student', CAST('x' AS {blob})"),
            ("account_ask", "school, person, id, at, teacher, tenant, detail",
             "'a' || i, i, 't', 'tenant', CAST('x' AS {blob})"),
        ):  # fmt: skip
            blob = "blob" if database.connections.sqlite else "bytea"
            rows = f"SELECT {school}, {person}, {values.format(blob=blob)} FROM n"  # noqa: S608 -- constants
            if database.connections.sqlite:
                connection.execute(text(f"{numbers} INSERT INTO {table} ({columns}) {rows}"))
            else:
                connection.execute(text(f"INSERT INTO {table} ({columns}) {numbers} {rows}"))
                connection.execute(text(f"ANALYZE {table}"))

    await database.connections.run(fill)
    everyone = [account(f"mine-{number}") for number in range(40)]
    await look(database, *everyone)
    statements: list[str] = []

    def read(connection: Any) -> tuple[int, list[str]]:
        asked: list[tuple[str, Any]] = []

        def seen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            asked.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", seen)
        kept = database.boards.kept.within(connection, SCHOOL.id)
        event.remove(connection, "before_cursor_execute", seen)
        statements.extend(statement for statement, _ in asked)
        (school,) = [one for one in asked if "school_account" in one[0]]
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        plan = connection.exec_driver_sql(explain + school[0], school[1])
        return len(kept.rows), [str(row[-1]) for row in plan]

    count, plan = await database.connections.run(read)
    assert count == 40
    assert len(statements) == 3, "when it was looked at, the school, the weeks"
    whole = [line for line in plan if "SCAN" in line or "Seq Scan" in line]
    # Those of passwords are left empty and may be read whole: nothing is to be found in them by an index.
    assert not [line for line in whole if "account_" in line or "school_account" in line], "\n".join(plan)
    assert sum("account_receipt" in line for line in plan) >= 2
