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
from bot.core.decision import ALLOWED, Decision
from bot.core.handover.model import Ground, Recipient
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, School
from bot.core.tasks import NewTask
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


async def reverse(database: Database, person: str, receipt_id: str, press: str = "back", **changes: Any) -> bool:
    made = Reversal(press, receipt_id, NOW + timedelta(hours=1), "director", SCHOOL.id, person, "сгрешен ред")
    made = replace(made, **changes)
    return await database.receipts.reverse(made, (reversed_entry(made),))


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
        assert bool(await database.receipts.received([person])) is (said is ReceiptOutcome.DONE)
        assert person not in await states(database, school)
    assert seen <= {ReceiptOutcome.DONE, ReceiptOutcome.GONE}
    assert (await note(database, receipt("moves-0", "late", school="m0"))) == {"moves-0": ReceiptOutcome.GONE}


async def test_who_may_close_cannot_be_given_by_writing_into_the_table(database: Database, database_url: str):
    chosen = Choices(Closers.CLASS_TEACHER)
    await database.school_choices.choose(OTHER.id, chosen, (choices_entry(NOW, "d", OTHER.id, chosen),))
    await as_owner(database_url, "UPDATE school_choice SET school = 'school' WHERE school = 'other'")
    with pytest.raises(Exception, match="school_choice"):
        await database.school_choices.choices(SCHOOL.id)


async def keep_group(database: Database, group: OwnGroup, school: str = SCHOOL.id, most: int = 3) -> bool:
    entry = group_entry(NOW, "d", school, group.id, people=len(group.people))
    return await database.school_choices.keep_group(school, group, (entry,), most)


async def ask(  # noqa: PLR0917 -- a short way for tests
    database: Database, person: str = "1", press: str = "ask", teacher: str = "teacher", at: datetime = NOW,
    judge: Callable[[Sequence[datetime]], Decision] = lambda before: ALLOWED,
) -> Ask | Decision:  # fmt: skip
    new = Ask(press, SCHOOL.id, person, at, teacher, "tenant", "Рада Вихрова", "Г-жа Иванова")
    task = NewTask("accounts.asked", press, at, {"ask": press})
    return await database.asks.ask(new, judge, (asked_entry(new),), (task,))


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
