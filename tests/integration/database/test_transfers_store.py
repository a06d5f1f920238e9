import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.core.actors.deputies import CARDS, AuthorityEvent, Deputy, look_at_cards
from bot.core.audit import AuditEntry
from bot.core.clock import SteadyClock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import NotKnownHere
from bot.core.people.free_text import FreeText
from bot.core.people.places import Place, Places
from bot.core.transfers.limits import AskLimits, may_ask_again
from bot.core.transfers.model import TELL, Event, Group, Side, State, Step, StepKind, Transfer
from bot.core.transfers.ports import Kept
from bot.core.transfers.told import Delivery, DeliveryState
from bot.database.engine import Database
from bot.database.experts import StoredDeciders
from bot.database.rights import RESEALED, marked
from bot.database.transfer_tables import transfer
from bot.runtime.housekeeping import housekeep
from tests.fakes_transfers import anybody, unlimited
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner, file_of
from tests.promises.store import NOW
from tests.promises.transfers_promises import (
    DAY,
    OURS,
    THEIRS,
    TransfersPromises,
    TransferStore,
    asked_for,
    before_the_office,
    deadlines,
    done_by,
    entry,
    kept_at_first,
    verdict,
)

WORDS = (
    "Рада",
    "Вихрова",
    "rv02048110",
    "••46",
    "Моля, колега",
    "17/2026",
    "по молба",
    "причина",
    "някъде",
    "Второв",
)


@pytest.fixture
def store(database: Database, clock: MovableClock) -> TransferStore:
    return store_of(database, clock)


def store_of(database: Database, clock: MovableClock) -> TransferStore:
    async def entries() -> list[AuditEntry]:
        since = datetime(1980, 1, 1, tzinfo=UTC)
        found = [one.entry async for one in database.audit.entries(since)]
        # What the store notes of its own rows is its own business (test_rights_store.py).
        return [replace(one, detail=_without_marks(one.detail)) for one in found if one.action != RESEALED]

    released_by = database.releases.released_by
    return TransferStore(database.transfers, database.queue, clock, entries, released_by, database.deputies)


def _without_marks(detail: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in detail.items() if not name.startswith("seal:")}


class TestStoredTransfers(TransfersPromises):
    pass


async def test_two_replicas_race_and_one_decision_stands(
    open_database: Open, postgres_url: str, clock: MovableClock, rounds: Callable[[int], int]
):
    """Approve against withdraw against refuse, two processes' worth of connections each: at most one decision, and
    both can tell the same afterwards.
    """
    how_often = rounds(200)
    one, other = [await open_database(postgres_url) for _ in range(2)]
    won = set()
    for number in range(how_often):
        new = await store_of(one, clock).submit(f"t{number}", person=f"p{number}")
        approved = replace(new, state=State.APPROVED, verdict=verdict(), started_at=NOW)
        withdrawn = replace(new, state=State.WITHDRAWN, **done_by(new))
        refused = replace(new, state=State.REFUSED, **done_by(new))
        done = await asyncio.gather(
            one.transfers.change(new, approved, Kept((entry("approved", id=new.id),))),
            other.transfers.change(new, withdrawn, Kept((entry("withdrawn", id=new.id),))),
            other.transfers.change(new, refused, Kept((entry("refused", id=new.id),))),
            one.transfers.change(new, withdrawn, Kept((entry("withdrawn", id=new.id),))),
        )
        (decided,) = [each for each in done if each is not None]
        assert await one.transfers.one(new.id) == await other.transfers.one(new.id) == decided
        won.add(decided.state)
    decisions = [each for each in await store_of(one, clock).entries() if each.action != "requested"]
    assert len(decisions) == how_often
    assert len(won) > 1 or how_often < 100, "one side always won: that was no race"
    assert (await other.audit.verify()).intact


async def test_two_replicas_bring_one_refusal_before_the_office_once(
    open_database: Open, postgres_url: str, clock: MovableClock, rounds: Callable[[int], int]
):
    """Double clicks at two processes, against somebody who asks anew: one appeal or one new request, never both."""
    one, other = [await open_database(postgres_url) for _ in range(2)]
    won = set()
    for number in range(rounds(100)):
        new = await store_of(one, clock).submit(f"t{number}", person=f"p{number}")
        refused = await store_of(one, clock).change(new, state=State.REFUSED, **done_by(new))
        reopened = replace(refused, **before_the_office(State.REFUSED))
        kept = Kept((entry("appealed", id=new.id),))
        *done, asked = await asyncio.gather(
            one.transfers.change(refused, reopened, kept),
            other.transfers.change(refused, reopened, kept),
            one.transfers.change(refused, reopened, kept),
            store_of(other, clock).submit(f"again-{number}", person=f"p{number}"),
        )
        appealed = [each for each in done if each is not None]
        assert len(appealed) + (asked.id != new.id) == 1
        written = [each for each in await store_of(one, clock).entries() if each.detail.get("id") == new.id]
        assert len(written) == len(appealed)
        won.add(bool(appealed))
    assert (await other.audit.verify()).intact
    assert won


async def test_two_replicas_are_asked_for_one_student_at_once(
    open_database: Open, postgres_url: str, rounds: Callable[[int], int]
):
    how_often = rounds(50)
    one, other = [await open_database(postgres_url) for _ in range(2)]
    for number in range(how_often):
        wishes = [asked_for(f"{number}-{which}", person=f"p{number}") for which in range(4)]
        found = await asyncio.gather(
            *(
                replica.transfers.submit(wish, deadlines(NOW), State.REQUESTED, kept_at_first, unlimited)
                for replica, wish in zip((one, other, one, other), wishes, strict=True)
            )
        )
        assert len({each.id for each in found if isinstance(each, Transfer)}) == 1


async def test_nothing_personal_lies_in_clear(store: TransferStore, database_url: str):
    new = await store.submit()
    await store.change(new, state=State.REFUSED, **done_by(new))
    rows = await as_owner(database_url, "SELECT * FROM transfer")
    written = repr(rows) + "".join(
        value.decode("utf-8", "replace") for row in rows for value in row if isinstance(value, bytes)
    )
    for word in WORDS:
        assert word not in written


async def test_a_row_that_was_moved_is_no_request(store: TransferStore, database_url: str):
    await store.submit("a", person="p1")
    await store.submit("b", person="p2")
    await as_owner(
        database_url,
        "UPDATE transfer SET detail = (SELECT detail FROM transfer WHERE id = 'a') WHERE id = 'b'",
    )
    assert await store.transfers.one("b") is None
    assert await store.transfers.one("a") is not None


async def sealed_as_a_release_with_the_key_does(database: Database, request: str, person: str) -> None:
    kept = database.transfers

    def work(connection: Connection) -> None:
        marks = kept._rights.seal_in(connection, transfer, transfer.c.id == request)
        kept._audit.append_in(connection, marked((), marks, person, NOW))

    await database.connections.run(work)


async def test_what_another_release_wrote_waits_for_it_and_keeps_nobody_from_the_others(
    store: TransferStore, database: Database, database_url: str, caplog: pytest.LogCaptureFixture
):
    await store.submit("a", person="p1")
    await store.submit("b", person="p2")
    await as_owner(database_url, "UPDATE transfer SET remark = 'of-a-later-release' WHERE id = 'b'")
    await sealed_as_a_release_with_the_key_does(database, "b", "p2")

    with pytest.raises(NotKnownHere):
        await store.transfers.one("b")
    assert [one.id for one in await store.transfers.page(Group.SENT, school=OURS.id)] == ["a"]
    assert "was written by another release: Remark" in caplog.text


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.DONE},
        {"state": State.REFUSED, "ended_at": NOW},
        {"state": State.APPROVED, "verdict": verdict()},
        {"ended_at": NOW},
        {"state": State.NEEDS_ATTENTION, "verdict": verdict(), "started_at": NOW},
    ],
)
async def test_the_database_itself_refuses_what_cannot_be(store: TransferStore, change: dict[str, object]):
    new = await store.submit()
    with pytest.raises(IntegrityError):
        await store.transfers.change(new, replace(new, **change), Kept())  # type: ignore[arg-type]  # of a test's table
    assert await store.transfers.one(new.id) == new


async def test_what_ended_long_ago_is_purged_with_all_that_hangs_on_it(store: TransferStore, database: Database):
    old = await store.submit("old", person="p1")
    plan = Kept(steps=(Step(StepKind.JOIN_SCHOOL, OURS.id),))
    old = await store.change(old, plan, state=State.REFUSED, verdict=verdict(), ended_at=NOW)
    await store.transfers.delivered(old.id, (Delivery("d", Side.RELEASING, DeliveryState.REACHED, NOW),))
    await store.submit("open", person="p2")

    assert await database.transfers.purge(NOW + 400 * DAY) == 0
    assert await database.transfers.purge(NOW + 401 * DAY) == 3
    assert await store.transfers.one("old") is None
    assert await store.transfers.one("open") is not None


def deputy(**changes: object) -> Deputy:
    given = Deputy(
        school="school-1",
        person="teacher-1",
        name="Учител Упълномощен Второв",
        order=FreeText("РД-7"),
        order_date=date(2026, 9, 1),
        given_by="director-1",
        since=NOW,
        until=NOW + 30 * DAY,
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # fields by name


async def test_the_name_of_a_deputy_lies_encrypted_and_goes_in_time(database: Database, database_url: str):
    await database.deputies.authorise(deputy(), (), anybody)
    await database.deputies.authorise(deputy(since=NOW + DAY, until=NOW + 60 * DAY), (), anybody)

    assert "Второв" not in repr(await as_owner(database_url, "SELECT * FROM deputy"))
    assert await database.deputies.end("school-1", "teacher-1", NOW + 2 * DAY, ())
    assert await database.deputies.purge(NOW + 403 * DAY) == 2


class Accounts:
    """`AccountIds` as a dictionary."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    async def account_id(self, username: str) -> str | None:
        return self.known.get(username)


async def test_deciders_are_those_seen_authorised_and_configured(database: Database, clock: MovableClock):
    named = {"expert@edu.mon.bg": "expert-7", "vidin@edu.mon.bg": "expert-6"}
    accounts = Accounts(named)
    configured = {"expert-9": "Варна", "expert-8": "Видин", **dict.fromkeys(("nobody@edu.mon.bg", *named), "Варна")}
    configured["vidin@edu.mon.bg"] = "Видин"
    deciders = StoredDeciders(
        directors_seen=database.directors,
        authorised=database.deputies,
        experts_seen=database.experts,
        clock=clock,
        configured=configured,
        accounts=accounts,
    )
    await database.directors.seen("school-1", "director-1")
    await database.deputies.authorise(deputy(), (), anybody)
    await database.experts.seen("Варна", "expert-1")
    await database.experts.seen("Варна", "expert-1")

    assert await deciders.directors("school-1", NOW - DAY) == ("director-1",)
    assert await deciders.directors("school-1", NOW + timedelta(seconds=1)) == ()
    assert await deciders.deputies("school-1", NOW) == ("teacher-1",)
    assert await deciders.experts("Варна") == ("expert-9", "expert-7", "expert-1")
    clock.advance(days=401)
    accounts.known = {"nobody@edu.mon.bg": "expert-5"}
    assert await deciders.experts("Варна") == ("expert-9", "expert-5", "expert-7"), "who is known stays known"


async def test_the_file_itself_holds_no_word_of_it(open_database: Open, tmp_path: object, clock: MovableClock):
    url = f"sqlite:///{tmp_path}/bot.sqlite"
    database = await open_database(url)
    store = store_of(database, clock)
    new = await store.submit()
    await store.change(new, state=State.REFUSED, **done_by(new))
    await database.close()
    raw = bytes_of(url)
    for word in WORDS:
        assert word.encode() not in raw


def bytes_of(url: str) -> bytes:
    return Path(file_of(url)).read_bytes()


async def test_open_requests_made_before_the_regions_were_known_get_them(store: TransferStore, database: Database):
    """Otherwise they are no office's for as long as they are open."""
    nowhere = replace(THEIRS, town="", region="")
    for name, changes in (
        ("late", {"releasing": nowhere}),
        ("elsewhere", {"releasing": replace(nowhere, code="2990999")}),
        ("known", {"releasing": replace(THEIRS, region="Видин")}),
        ("ended", {"releasing": nowhere}),
    ):
        new = await store.submit(name, State.ESCALATED, person=f"p-{name}", **changes)
        if name == "ended":
            await store.change(new, state=State.STALE, ended_at=NOW)
    places = Places({THEIRS.code: Place("", "Девня", "Варна")})

    assert await database.place_transfers(Places(), NOW) == 0
    assert await database.place_transfers(places, NOW) == 1
    assert await database.place_transfers(places, NOW) == 0
    told = [(one.payload["transfer"], one.payload["event"]) for one in await store.queue.claim((TELL,), 9, DAY)]
    assert told == [("late", Event.ESCALATED.value)]  # the office, which nobody knew when it was escalated

    (placed,) = await store.transfers.page(Group.OFFICE, region="Варна")
    assert (placed.id, placed.asked.releasing) == ("late", replace(nowhere, town="Девня", region="Варна"))
    assert [one.id for one in await store.transfers.page(Group.OFFICE, region="Видин")] == ["known"]
    ended = await store.transfers.one("ended")
    assert ended is not None
    assert ended.asked.releasing == nowhere
    assert "rights.altered" not in [one.action for one in await store.entries()]
    assert ("transfer.changed", "placed") in [(one.action, one.outcome) for one in await store.entries()]
    opened = await store.transfers.one("late")
    assert opened is not None
    assert await store.change(opened, state=State.STALE, ended_at=NOW) is not None


async def test_of_many_requests_at_once_no_more_are_written_than_the_limit_allows(
    open_database: Open, postgres_url: str
):
    """One director, forty students, two replicas, all at the same moment."""
    one, other = [await open_database(postgres_url) for _ in range(2)]
    for which, limits in enumerate((AskLimits(per_director=7), AskLimits(per_school=7))):
        wishes = [
            asked_for(
                f"{which}-{number}", person=f"{which}-p{number}", receiving=replace(OURS, id=f"school-{which}9")
            )
            for number in range(40)
        ]
        found = await asyncio.gather(
            *(
                (one, other)[number % 2].transfers.submit(
                    wish,
                    deadlines(NOW),
                    State.REQUESTED,
                    kept_at_first,
                    partial(may_ask_again, now=NOW, limits=limits),
                )
                for number, wish in enumerate(wishes)
            )
        )
        assert sum(isinstance(each, Transfer) for each in found) == 7


OVER = look_at_cards("school-1", "teacher-1", AuthorityEvent.OVER, NOW + 30 * DAY)


def steady(clock: MovableClock) -> SteadyClock:
    """The clock of a process that has just been started, and is right."""
    right = SteadyClock(clock, lambda: 0.0)
    right.resume(clock())
    return right


async def looks_due(database: Database) -> list[str]:
    """The keys of the tasks that look at a deputy's cards and are due."""
    return [task.key for task in await database.queue.claim((CARDS,), 9, timedelta(days=90))]


async def test_what_gives_and_ends_an_authority_writes_its_tasks_in_the_same_transaction(
    database: Database, clock: MovableClock
):
    over = look_at_cards("school-1", "teacher-1", AuthorityEvent.OVER, NOW + 30 * DAY)
    ended = look_at_cards("school-1", "teacher-1", AuthorityEvent.ENDED, NOW)
    no = Decision(Reason.DEPUTY_ELSEWHERE, NOW)
    assert await database.deputies.authorise(deputy(), (entry("given"),), lambda _: no, (over,)) == no
    assert not await database.deputies.end("school-1", "teacher-1", NOW, (), (ended,))
    clock.advance(days=30)
    assert await looks_due(database) == []
    clock.advance(days=-30)

    await database.deputies.authorise(deputy(), (entry("given"),), anybody, (over,))
    assert await looks_due(database) == []
    assert await database.deputies.end("school-1", "teacher-1", NOW, (), (ended,))
    assert await looks_due(database) == [ended.key]
    clock.advance(days=30)
    assert await looks_due(database) == [over.key]


async def test_an_authority_of_a_release_that_wrote_no_task_has_one_after_a_start(
    open_database: Open, database_url: str, clock: MovableClock
):
    database = await open_database(database_url)
    await database.deputies.authorise(deputy(), (), anybody)
    await database.deputies.authorise(
        deputy(school="school-2", since=NOW - 9 * DAY, until=NOW - 8 * DAY), (), anybody
    )
    for _ in range(2):
        await database.close()
        database = await open_database(database_url)

    assert await looks_due(database) == []
    clock.advance(days=30)
    over = look_at_cards("school-1", "teacher-1", AuthorityEvent.OVER, NOW + 30 * DAY)
    assert await looks_due(database) == [over.key]


async def test_housekeeping_remembers_the_ends_of_what_an_older_replica_gave_since_the_start(
    open_database: Open, database_url: str, clock: MovableClock
):
    """In a rolling deploy the older one goes on giving authorities, and writes no task for their ends."""
    database = await open_database(database_url)
    await database.deputies.authorise(deputy(), (), anybody)
    await housekeep(database, steady(clock))

    assert await looks_due(database) == []
    clock.advance(days=30)
    assert await looks_due(database) == [OVER.key]


@pytest.mark.parametrize("days", [0, 3, 6])
async def test_an_authority_that_ran_out_unremembered_is_looked_at_within_a_week_and_once(
    database: Database, clock: MovableClock, days: int
):
    await database.deputies.authorise(deputy(), (), anybody)
    clock.advance(days=30 + days)
    for _ in range(2):
        await housekeep(database, steady(clock))

    assert await looks_due(database) == [OVER.key]


async def test_an_authority_that_ran_out_long_ago_is_not_looked_at(database: Database, clock: MovableClock):
    await database.deputies.authorise(deputy(), (), anybody)
    clock.advance(days=38)
    await housekeep(database, steady(clock))

    assert await looks_due(database) == []


async def test_whatever_was_looked_at_is_not_looked_at_again_by_any_housekeeping_of_the_week_after(
    database: Database, clock: MovableClock
):
    """As long as an end may be remembered, the task that was done is known."""
    await database.deputies.authorise(deputy(), (), anybody, (OVER,))
    clock.advance(days=30)
    (task,) = await database.queue.claim((CARDS,), 9, timedelta(minutes=1))
    await database.queue.done(task)
    for _ in range(4 * 9):
        await housekeep(database, steady(clock))
        clock.advance(hours=6)

    assert await looks_due(database) == []


@pytest.mark.parametrize("microseconds", [0, 123_456])
async def test_an_authority_that_was_ended_or_renewed_is_looked_at_for_that_and_not_for_running_out(
    database: Database, clock: MovableClock, microseconds: int
):
    """A moment is kept in whole milliseconds, and a clock has more."""
    await database.deputies.authorise(deputy(), (), anybody, (OVER,))
    renewed = NOW + timedelta(days=1, microseconds=microseconds)
    given = look_at_cards("school-1", "teacher-1", AuthorityEvent.GIVEN, renewed)
    await database.deputies.authorise(deputy(since=renewed), (), anybody, (given,))
    at = NOW + timedelta(days=2, microseconds=microseconds)
    ended = look_at_cards("school-1", "teacher-1", AuthorityEvent.ENDED, at)
    await database.deputies.end("school-1", "teacher-1", at, (), (ended,))
    clock.advance(days=3)
    await housekeep(database, steady(clock))

    assert await looks_due(database) == [given.key, ended.key]


async def test_what_an_older_replica_ended_is_looked_at(database: Database, clock: MovableClock):
    await database.deputies.authorise(deputy(), (), anybody, (OVER,))
    at = NOW + timedelta(days=1)
    await database.deputies.end("school-1", "teacher-1", at, ())
    clock.advance(days=2)
    await housekeep(database, steady(clock))

    assert await looks_due(database) == [look_at_cards("school-1", "teacher-1", AuthorityEvent.OVER, at).key]


async def test_two_replicas_in_which_two_directors_authorise_one_teacher_at_once(
    open_database: Open, postgres_url: str
):
    replicas = [await open_database(postgres_url) for _ in range(2)]

    def alone(held: Sequence[Deputy]) -> Decision:
        return Decision(Reason.DEPUTY_ELSEWHERE, NOW) if held else ALLOWED

    for number in range(8):
        person = f"teacher-{number}"
        both = [
            replica.deputies.authorise(deputy(school=f"school-{place}", person=person), (), alone)
            for place, replica in enumerate(replicas)
        ]
        assert sorted(one.allowed for one in await asyncio.gather(*both)) == [False, True]
        assert len(await replicas[0].deputies.of_person(person, NOW)) == 1
