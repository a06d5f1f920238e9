"""Who owns the database and has no key: whatever is written into a row that gives rights, it gives none, and says so."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, LargeBinary, Table, insert, select, update

from bot.core.actors.authorise import ENDED, GIVEN
from bot.core.actors.deputies import Deputy
from bot.core.actors.model import RoleFacts
from bot.core.actors.recognise import RecogniseActor
from bot.core.audit import AuditEntry
from bot.core.errors import StoreUnavailable
from bot.core.people.free_text import FreeText
from bot.core.people.model import Kind, School
from bot.core.transfers.model import Problem, State, Step, StepKind, Transfer
from bot.core.transfers.ports import Kept, Released
from bot.core.transfers.record import begun_entry, carried_out_entry, decided_entry, requested_entry
from bot.database.engine import Database
from bot.database.password_tables import release
from bot.database.rights import ALTERED, SEALED, Rights
from bot.database.tables import metadata, to_milliseconds
from bot.database.transfer_tables import deputy, transfer, transfer_step
from tests.fakes import FakeRoleSource
from tests.fakes_transfers import anybody, unlimited
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner
from tests.promises.store import NOW
from tests.promises.transfers_promises import DAY, OURS, asked_for, deadlines, verdict

TABLES = {table.name: table for table in (release, deputy, transfer, transfer_step)}
GIVEN_UNTIL = NOW + 30 * DAY
AUTHORITY = Deputy(
    OURS.id, "teacher-1", "Учител Втори Трети", FreeText("РД-1"), date(2026, 9, 1), "director-1", NOW, GIVEN_UNTIL
)


@dataclass
class World:
    """A school that has authorised somebody, and a request that was approved and is being carried out."""

    database: Database
    approved: Transfer

    async def rights(self, table: str) -> list[str]:
        """What the rows of a table give, to anybody they could be about."""
        store, now = self.database, NOW + DAY
        match table:
            case "release":
                asked = self.approved.asked
                people, schools = (asked.person, "x"), (asked.receiving.id, "x")
                given = [
                    (one, to) for one in people for to in schools if await store.releases.released_by(one, to, now)
                ]
                return [str(each) for each in given]
            case "deputy":
                found = [await store.deputies.of_person(one, now) for one in ("teacher-1", "x")]
                found += [await store.deputies.of_school(one, now) for one in (OURS.id, "x")]
                return [str(each) for each in found if each]
            case "transfer":
                ids = [await store.transfers.one(one) for one in (self.approved.id, "x")]
                ids += [await store.transfers.unfinished_of(one) for one in (self.approved.asked.person, "x")]
                return [str(each) for each in ids if each is not None]
            case _:
                steps = [await store.transfers.steps(one) for one in (self.approved.id, "x")]
                return [str(each) for some in steps for each in some]

    async def alarms(self) -> list[AuditEntry]:
        since = datetime(1980, 1, 1, tzinfo=UTC)
        return [one.entry async for one in self.database.audit.entries(since) if one.entry.action == ALTERED]

    async def rows(self, table: str) -> list[dict[str, Any]]:
        def read(connection: Connection) -> list[dict[str, Any]]:
            found = connection.execute(select(TABLES[table]))
            return [row._asdict() for row in found]

        return await self.database.connections.run(read)

    async def write(self, *statements: Any) -> None:
        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self.database.connections.run(work)


async def world_in(database: Database) -> World:
    given = {"school": OURS.id, "order": "РД-1", "until": GIVEN_UNTIL.isoformat()}
    entry = AuditEntry(NOW, "director-1", GIVEN, "teacher-1", "authorised", given)
    await database.deputies.authorise(AUTHORITY, (entry,), anybody)
    asked = asked_for("request-1")
    new = await database.transfers.submit(
        asked, deadlines(NOW), State.REQUESTED, lambda one: Kept((requested_entry(one),)), unlimited
    )
    assert isinstance(new, Transfer)
    decided = replace(new, state=State.APPROVED, verdict=verdict(), started_at=NOW)
    let_go = Released(asked.person, asked.receiving.id, NOW + 14 * DAY)
    approved = await database.transfers.change(new, decided, Kept((decided_entry(decided),), release=let_go))
    assert approved is not None
    steps = (Step(StepKind.JOIN_SCHOOL, asked.receiving.id), Step(StepKind.LEAVE_SCHOOL, asked.releasing.id))
    begun = replace(approved, state=State.CARRYING_OUT)
    carried = await database.transfers.change(approved, begun, Kept((begun_entry(begun, NOW, steps),), steps=steps))
    assert carried is not None
    return World(database, carried)


@pytest.fixture
async def world(database: Database) -> World:
    return await world_in(database)


def other(table: Table, column: str, value: Any) -> Any:
    """Another value that the table's own rules may let through."""
    words = {"state": "done", "remark": "class-gone", "decided_as": "office", "kind": "leave-school", "problem": None}
    match value:
        case _ if column in words:
            return words[column]
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case int():
            return value + 7 if column != "office_only" else 1 - value
        case None if isinstance(table.c[column].type, LargeBinary):
            return b"x"
        case None:
            return to_milliseconds(NOW)
        case _:
            return "x"


COLUMNS = [(name, column.name) for name, table in TABLES.items() for column in table.columns]
UNCHANGED_BY_ITSELF = {("transfer", "problem"), ("transfer", "ended_at")}
"""The table's own rules tie these to the state, which is tried."""


@pytest.mark.parametrize(("name", "column"), [one for one in COLUMNS if one not in UNCHANGED_BY_ITSELF])
async def test_an_edited_column_gives_no_right_and_raises_the_alarm(world: World, name: str, column: str):
    table = TABLES[name]
    before = await world.rights(name)
    (row, *_) = await world.rows(name)
    assert before
    assert not await world.alarms()
    changed = {column: other(table, column, row[column])}
    if changed == {"state": "done"}:
        changed["ended_at"] = to_milliseconds(NOW)
    if (name, column) in {("transfer", "id"), ("transfer_step", "transfer")}:
        await _without_references(world, table, row, column)
    else:
        await world.write(update(table).where(*_at(table, row)).values(changed))

    after = await world.rights(name)

    assert len(after) < len(before)
    assert not set(after) - set(before)
    assert [entry.outcome for entry in await world.alarms()] == ["refused"]
    assert (await world.database.audit.verify()).intact


async def _without_references(world: World, table: Table, row: dict[str, Any], column: str) -> None:
    """A row that others point to cannot be renamed: it is written anew under another name, as a copy."""
    if table is transfer_step:
        copy = {
            **(await world.rows("transfer"))[0],
            "id": "x",
            "person": "y",
        }
        del copy["number"]
        await world.write(insert(transfer).values(copy), update(table).where(*_at(table, row)).values({column: "x"}))
        return
    await world.write(transfer_step.delete(), update(table).where(*_at(table, row)).values({column: "x"}))


def _at(table: Table, row: dict[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key.columns]


@pytest.mark.parametrize("name", TABLES)
async def test_a_row_that_somebody_made_up_gives_nothing(world: World, name: str):
    table = TABLES[name]
    (row, *_) = await world.rows(name)
    for seal in (None, row["seal"]):
        changed = {"person": "x", "school": "x", "id": 99 if name == "deputy" else "x", "place": 9, "seal": seal}
        made_up = {**row, **{key: value for key, value in changed.items() if key in row}}
        made_up.pop("number", None)
        before = await world.rights(name)
        await world.write(insert(table).values(made_up))

        assert await world.rights(name) == before
        await world.write(
            table.delete().where(*_at(table, made_up))
            if name != "transfer"
            else table.delete().where(table.c.id == "x")
        )
    assert len(await world.alarms()) == 1  # once an hour for a row


@pytest.mark.parametrize("name", ["release", "deputy", "transfer"])
async def test_an_older_copy_of_a_row_gives_nothing(world: World, name: str):
    """What has ended is put back as it was, seal and all."""
    table = TABLES[name]
    (before,) = await world.rows(name)
    now_it_is, end = world.approved, NOW + timedelta(hours=1)
    await world.database.deputies.end(OURS.id, "teacher-1", end, ())
    done = replace(now_it_is, state=State.DONE, ended_at=end)
    over = Released(now_it_is.asked.person, now_it_is.asked.receiving.id, end)
    assert await world.database.transfers.change(now_it_is, done, Kept((decided_entry(done),), release=over))
    (after,) = await world.rows(name)
    ended = await world.rights(name)
    await world.write(update(table).where(*_at(table, after)).values(before))

    revived = await world.rights(name)

    assert not set(revived) - set(ended)
    assert [entry.detail for entry in await world.alarms()] == [{"why": "an older copy"}]


async def test_what_is_wrong_is_not_sealed_by_writing_into_it(world: World):
    """A decision over an edited request, the end of an edited authority: nothing is written."""
    await world.write(
        update(transfer).values(receiving="x"),
        update(deputy).values(person="x"),
        update(transfer_step).values(target="x"),
    )
    done = replace(world.approved, state=State.DONE, ended_at=NOW)

    assert await world.database.transfers.change(world.approved, done, Kept((decided_entry(done),))) is None
    assert not await world.database.deputies.end(OURS.id, "x", NOW + DAY, ())
    assert await world.rights("transfer") == await world.rights("deputy") == await world.rights("transfer_step") == []


async def test_a_student_whose_request_was_edited_is_asked_for_later(world: World):
    """The slot is taken by a row that gives nothing: that is said as an outage, not as an apology."""
    await world.write(update(transfer).values(receiving="x"))
    with pytest.raises(StoreUnavailable):
        await world.database.transfers.submit(
            asked_for("request-2"),
            deadlines(NOW),
            State.REQUESTED,
            lambda one: Kept((requested_entry(one),)),
            unlimited,
        )


async def test_a_teacher_made_deputy_by_hand_is_a_teacher(world: World, clock: MovableClock):
    school = School(OURS.id, "2990001", "СУ „Измислено“")
    facts = [
        RoleFacts(one, True, True, "Учител", f"{one}@edu.mon.bg", "5", schools=(school,))
        for one in ("teacher-1", "other")
    ]
    recognise = [
        RecogniseActor(
            FakeRoleSource(facts, [school]),
            clock,
            deputies=world.database.deputies,
            tasks=world.database.queue,
            regions={},
        )
        for _ in range(2)
    ]
    assert (await recognise[0]("teacher-1", "tenant")).deputy_of == school
    await world.write(update(deputy).values(person="other"))

    assert [(await one("other", "tenant")).deputy_of for one in recognise] == [None, None]


async def test_a_deputy_ended_in_one_replica_is_none_in_the_other(world: World, clock: MovableClock):
    school = School(OURS.id, "2990001", "СУ „Измислено“")
    facts = RoleFacts(
        "teacher-1", True, True, "Учител", "t@edu.mon.bg", education_role=Kind.TEACHER, schools=(school,)
    )
    one, another = (
        RecogniseActor(
            FakeRoleSource([facts], [school]),
            clock,
            deputies=world.database.deputies,
            tasks=world.database.queue,
            regions={},
        )
        for _ in range(2)
    )
    assert [(await each("teacher-1", "tenant")).deputy_of for each in (one, another)] == [school, school]
    await world.database.deputies.end(OURS.id, "teacher-1", clock(), ())

    assert [(await each("teacher-1", "tenant")).deputy_of for each in (one, another)] == [None, None]


async def test_reading_while_another_replica_writes_is_no_alarm(open_database: Open, postgres_url: str):
    one, other_replica = [await open_database(postgres_url) for _ in range(2)]
    world = await world_in(one)
    now_it_is = world.approved

    async def writing() -> None:
        nonlocal now_it_is
        for number in range(60):
            changed = replace(now_it_is, last_reminded_at=NOW + timedelta(seconds=number))
            written = await one.transfers.change(now_it_is, changed, Kept((decided_entry(changed),)))
            assert written is not None
            now_it_is = written

    async def reading() -> None:
        for _ in range(120):
            assert await other_replica.transfers.one(now_it_is.id) is not None

    await asyncio.gather(writing(), reading(), reading())
    assert not await world.alarms()


@pytest.mark.parametrize("name", TABLES)
async def test_what_lay_there_before_is_sealed_if_the_audit_log_knows_it(
    open_database: Open, database_url: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    database = await open_database(database_url)
    with monkeypatch.context() as before_there_were_seals:
        before_there_were_seals.setattr(Rights, "seal_in", _no_seals)
        before_there_were_seals.setattr(Rights, "current_in", _as_it_is)
        world = await world_in(database)
        before = await world.rights(name) if name != "transfer_step" else ["", ""]
    assert not await world.rights(name)
    await database.close()

    world.database = await open_database(database_url)

    now_it_is = await world.rights(name)
    assert len(now_it_is) == len(before)
    assert name == "transfer_step" or now_it_is == before


def _no_seals(*_: Any) -> dict[str, str]:
    return {}


def _as_it_is(_: Any, _connection: Any, _table: Any, row: Any, *_more: Any) -> Any:
    return row


FORGED = {
    "release": "UPDATE release SET school = 'x', seal = NULL",
    "deputy": "UPDATE deputy SET person = 'x', seal = NULL",
    "transfer": "UPDATE transfer SET receiving = 'x', seal = NULL",
    "transfer_step": "UPDATE transfer_step SET target = 'x', seal = NULL",
}


@pytest.mark.parametrize("name", FORGED)
async def test_what_the_audit_log_does_not_know_is_not_sealed_at_a_start(
    open_database: Open, database_url: str, name: str
):
    database = await open_database(database_url)
    world = await world_in(database)
    await as_owner(database_url, FORGED[name])
    await database.close()

    world.database = await open_database(database_url)

    assert await world.rights(name) == []
    assert {entry.subject.partition(":")[0] for entry in await world.alarms()} == {name}


WITHOUT_SEAL = [
    (name, column)
    for name, column in COLUMNS
    if name != "transfer_step"
    and column not in {"seal", "id", "number"}
    and (name, column) not in UNCHANGED_BY_ITSELF
]


@pytest.mark.parametrize(("name", "column"), WITHOUT_SEAL)
async def test_whoever_takes_the_seal_away_and_edits_has_nothing_after_the_next_start(
    open_database: Open, sqlite_url: str, name: str, column: str
):
    """A row whose seal the audit log has spoken of is none from before there were seals."""
    database = await open_database(sqlite_url)
    world = await world_in(database)
    table, before = TABLES[name], await world.rights(name)
    (row,) = await world.rows(name)
    changed = {column: other(table, column, row[column]), "seal": None}
    if changed.get("state") == "done":
        changed["ended_at"] = to_milliseconds(NOW)
    await world.write(update(table).where(*_at(table, row)).values(changed))
    await database.close()

    world.database = await open_database(sqlite_url)

    assert not set(await world.rights(name)) - set(before)
    assert not await world.rights(name)
    assert {entry.subject.partition(":")[0] for entry in await world.alarms()} == {name}


async def test_what_a_release_without_seals_changed_beside_us_counts_after_the_next_start(
    open_database: Open, database_url: str
):
    """It writes rows and entries as it always did: the row keeps a seal that is not its own any more."""
    database = await open_database(database_url)
    world = await world_in(database)
    was, end = world.approved, NOW + timedelta(hours=1)
    (authority,) = await world.rows("deputy")
    moved = replace(was, state=State.NEEDS_ATTENTION, problem=Problem.MISSING, version=was.version + 1)
    ended = AuditEntry(end, "director-1", ENDED, "teacher-1", "ended", {"school": OURS.id})
    await world.write(
        update(transfer).values(state=moved.state.value, problem="missing", version=moved.version),
        update(deputy).where(deputy.c.id == authority["id"]).values(until=to_milliseconds(end)),
    )
    await database.audit.append(carried_out_entry(moved, end, ()))
    await database.audit.append(ended)
    assert await world.rights("transfer") == []
    await database.close()

    world.database = await open_database(database_url)

    now_it_is = await world.database.transfers.one(was.id)
    assert now_it_is is not None
    assert (now_it_is.state, now_it_is.version) == (State.NEEDS_ATTENTION, moved.version)
    assert await world.rights("deputy") == []


@pytest.mark.parametrize("column", ["receiving", "releasing", "state"])
async def test_what_it_says_otherwise_than_its_entry_does_not(open_database: Open, sqlite_url: str, column: str):
    database = await open_database(sqlite_url)
    world = await world_in(database)
    was = world.approved
    changed = {"state": "approved"} if column == "state" else {column: "x"}
    await world.write(update(transfer).values(version=was.version + 1, **changed))
    await database.audit.append(carried_out_entry(replace(was, version=was.version + 1), NOW + DAY, ()))
    await database.close()

    world.database = await open_database(sqlite_url)

    assert await world.rights("transfer") == []


def test_every_table_with_a_seal_is_tried_here():
    """Those of conversations, which no right rests on, in `test_conversation_store.py`."""
    sealed = {table.name for table in metadata.sorted_tables if "seal" in table.c}
    assert sealed == set(SEALED) == {*TABLES, "conversation"}
