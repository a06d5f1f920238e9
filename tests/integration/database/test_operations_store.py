import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.errors import NotKnownHere
from bot.core.passwords.class_lists import ClassList
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import BURN, Failure, NewOperation, Operation, PasswordStatus, Shown, Stage
from bot.core.passwords.ports import Judgement, Operations, Releases, SlipLink
from bot.core.passwords.request_many import ManyChecked
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, TaskLost
from bot.database.engine import Database
from bot.database.keys import Undecipherable
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner
from tests.integration.database.passwords import store_of
from tests.promises.operations_promises import OperationsPromises
from tests.promises.store import (
    CONVERSATION,
    DIRECTOR,
    JOB,
    LEASE,
    NOW,
    Store,
    allow,
    begun,
    claimed,
    due,
    entry,
    never,
    new_operation,
    one_at_a_time,
    proposing,
    ready,
    reveal,
    shown,
    stored,
    times,
    with_candidate,
)
from tests.unit.core.classroom import ANA, CLASS, Classroom, student


@pytest.fixture
def store(database: Database, clock: MovableClock) -> Store:
    return store_of(database, clock)


@pytest.fixture
async def replicas(open_database: Open, postgres_url: str, clock: MovableClock) -> list[Store]:
    """Two processes on one server, as far as the server can tell."""
    return [store_of(await open_database(postgres_url), clock) for _ in range(2)]


class TestStoredOperations(OperationsPromises):
    pass


def test_a_database_offers_the_ports(database: Database):
    operations: Operations = database.operations
    releases: Releases = database.releases
    assert operations is database.operations
    assert releases is database.releases


class TestRaces:
    """Two replicas on PostgreSQL; on SQLite there is one process, whose transactions queue."""

    async def test_of_two_directors_who_ask_for_one_person_at_once_exactly_one_begins(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(200)
        for number in range(how_often):
            answers = await asyncio.gather(
                *(
                    replicas[which].operations.begin(
                        [new_operation(f"{number} {which}", person=f"p{number}", actor=f"d{which}")], one_at_a_time
                    )
                    for which in (0, 1)
                )
            )
            assert sorted(answer.decision.allowed for (answer,) in answers) == [False, True]
        assert len(await replicas[0].entries()) == 2 * how_often

    async def test_one_press_delivered_four_times_at_once_is_one_operation(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(50)
        for number in range(how_often):
            new = new_operation(f"op{number}", person=f"p{number}", job="job")
            answers = await asyncio.gather(
                *(replicas[press % 2].operations.begin([new], one_at_a_time, JOB) for press in range(4))
            )
            assert {answer.operation and answer.operation.asked.id for (answer,) in answers} == {new.id}
        assert len(await replicas[0].entries()) == how_often
        assert len(await due(replicas[0])) == how_often

    async def test_classes_that_share_students_begin_in_any_order_without_waiting_in_a_circle(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(30)
        persons = [f"p{number}" for number in range(12)]
        for number in range(how_often):
            orders = (persons, persons[::-1], persons[6:] + persons[:6])
            answers = await asyncio.gather(
                *(
                    replicas[which % 2].operations.begin(
                        [new_operation(f"{number} {which} {one}", person=f"{number} {one}") for one in order],
                        one_at_a_time,
                    )
                    for which, order in enumerate(orders)
                )
            )
            assert sum(answer.decision.allowed for several in answers for answer in several) == len(persons)

    async def test_a_secret_pressed_for_twice_at_once_is_first_shown_once(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(200)
        for number in range(how_often):
            id_ = f"op{number}"
            await ready(replicas[0], id_, person=id_)
            several = await asyncio.gather(*(_shown(replicas[press], id_) for press in (0, 1)))
            assert sorted(one.again for (one,) in several) == [False, True]
            assert {one.secret for (one,) in several} == {Secret("Zegego2399")}
        actions = [one.action for one in await replicas[0].entries()]
        assert actions.count("password.shown") == actions.count("password.shown-again") == how_often
        assert len(await due(replicas[0], BURN)) == min(how_often, 100)

    async def test_showing_and_burning_at_once_end_in_one_of_two_ways(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(100)
        one, two = replicas
        for number in range(how_often):
            id_ = f"op{number}"
            await ready(one, id_, person=id_)
            end = times(NOW).unseen_until
            revealed, burned = await asyncio.gather(
                _shown(one, id_, timedelta(hours=1)),
                two.operations.burn(id_, end, lambda _: ()),
            )
            stage = (await stored(one, id_)).stage
            assert (len(revealed), burned, stage) in {(1, False, Stage.SHOWN), (0, True, Stage.UNSEEN)}

    async def test_several_are_shown_while_new_candidates_come_without_waiting_in_a_circle(
        self, replicas: list[Store], rounds: Callable[[int], int], clock: MovableClock
    ):
        how_often = rounds(20)
        one, two = replicas
        persons = [f"p{number}" for number in range(6)]
        for number in range(how_often):
            for person in persons:
                await ready(one, f"{number} {person} old", person=person)
            news = {}
            for person in persons:
                await begun(one, f"{number} {person} new", person=person)
                news[person] = await claimed(one)
            shown_, *candidates = await asyncio.gather(
                reveal(two, *(f"{number} {person} old" for person in persons[::-1])),
                *(
                    one.operations.candidate(news[person], f"{number} {person} new", proposing("Zegego2388"))
                    for person in persons
                ),
            )
            assert set(candidates) == {Secret("Zegego2388")}
            assert isinstance(shown_, tuple)
            for person in persons:
                assert (await stored(one, f"{number} {person} old")).stage in {Stage.UNSEEN, Stage.CLOSED}
                await one.operations.ready(
                    news[person], f"{number} {person} new", times(clock()), entries=[], tasks=[]
                )

    async def test_who_lost_the_task_writes_nothing_even_at_the_same_moment(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(50)
        one, two = replicas
        for number in range(how_often):
            id_ = f"op{number}"
            lost = await with_candidate(one, id_, person=id_)
            one.pass_by(minutes=1)
            held = await claimed(two)
            results = await asyncio.gather(
                one.operations.ready(lost, id_, times(), entries=[entry("lost")], tasks=[]),
                two.operations.ready(held, id_, times(), entries=[entry("held")], tasks=[]),
                return_exceptions=True,
            )
            assert isinstance(results[0], TaskLost)
            assert results[1] is True
        assert [one.action for one in await one.entries()].count("lost") == 0

    async def test_a_link_pressed_twice_at_once_has_one_first_use_and_one_end(
        self, replicas: list[Store], rounds: Callable[[int], int]
    ):
        how_often = rounds(100)
        for number in range(how_often):
            digest = number.to_bytes(4, "big")
            await replicas[0].operations.offer_link(
                SlipLink(digest, DIRECTOR, CONVERSATION, f"op{number}", "", NOW + 3 * LEASE), []
            )
            used = await asyncio.gather(
                *(
                    store.operations.use_link(
                        digest, NOW, NOW + lease, lambda _, again: [entry("again" if again else "first")]
                    )
                    for store, lease in zip(replicas, (LEASE, 2 * LEASE), strict=True)
                )
            )
            assert None not in used
            assert await replicas[0].operations.link(digest, NOW) in used
        assert Counter(one.action for one in await replicas[0].entries()) == {"first": how_often, "again": how_often}


async def _shown(store: Store, id_: str, lease: timedelta = LEASE) -> tuple[Shown, ...]:
    """Reveals it, leaving a trace of everything."""

    def record(operation: Operation, again: bool) -> tuple[Sequence[AuditEntry], Sequence[NewTask]]:
        action = "password.shown-again" if again else "password.shown"
        return [entry(action)], [NewTask(BURN, f"{id_}:lease", NOW, {"operation": id_})]

    return await store.operations.reveal(
        [id_], DIRECTOR, CONVERSATION, now=NOW, lease_until=NOW + lease, record=record
    )


class TestInvariantsOfTheTables:
    async def test_two_operations_of_one_person_never_run_at_once_whatever_the_judge_says(
        self, store: Store, database_url: str
    ):
        await begun(store, "one")
        with pytest.raises(IntegrityError):
            await store.operations.begin([new_operation("two")], allow)
        assert await as_owner(database_url, "SELECT id FROM password_operation") == [("one",)]
        assert len(await store.entries()) == 1

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE password_operation SET stage = 'ready'",
            "UPDATE password_operation SET stage = 'shown'",
            "UPDATE password_operation SET stage = 'failed'",
            "UPDATE password_operation SET stage = 'half done'",
            "UPDATE password_operation SET handed_at = 1",
            "UPDATE password_operation SET ending = 'changed'",
            "UPDATE password_operation SET in_doubt = 2",
            "UPDATE password_operation SET job = 'no such job'",
            "UPDATE secret SET operation = 'nobody'",
            "DELETE FROM password_operation",
            "UPDATE task SET attempts = 0",
            "UPDATE task SET status = 'lost'",
        ],
    )
    async def test_a_row_that_makes_no_sense_is_refused(self, store: Store, database_url: str, statement: str):
        await with_candidate(store)
        with pytest.raises(Exception, match=r"(?i)constraint"):
            await as_owner(database_url, *_keys_on(database_url), statement)

    async def test_an_effect_without_its_audit_entry_is_not_kept(self, store: Store, database_url: str):
        unwritable = AuditEntry(datetime(2026, 9, 15, 8, 30), "d", "x", "p", "done")  # noqa: DTZ001 -- that is it

        def judge(*_: object) -> Judgement:
            verdict = allow(new_operation(), ())
            return Judgement(verdict.decision, (*verdict.entries, unwritable), verdict.tasks)

        with pytest.raises(ValueError, match="time zone"):
            await store.operations.begin([new_operation()], judge)
        assert await as_owner(database_url, "SELECT id FROM password_operation") == []
        assert await due(store) == []

        task = await with_candidate(store)
        with pytest.raises(ValueError, match="time zone"):
            await store.operations.ready(
                task, "operation", times(), entries=[unwritable], tasks=[NewTask(BURN, "x", NOW)]
            )
        assert (await stored(store)).stage is Stage.REQUESTED
        assert await due(store, BURN) == []
        assert await store.operations.ready(task, "operation", times(), entries=[], tasks=[])

        with pytest.raises(ValueError, match="time zone"):
            await store.operations.reveal(
                ["operation"],
                DIRECTOR,
                CONVERSATION,
                now=NOW,
                lease_until=NOW + LEASE,
                record=lambda *_: ([unwritable], []),
            )
        assert (await stored(store)).stage is Stage.READY


def _keys_on(url: str) -> list[str]:
    return ["PRAGMA foreign_keys=ON"] if url.startswith("sqlite") else []


class TestTampering:
    async def test_a_secret_moved_to_another_operation_does_not_open(self, store: Store, database_url: str):
        await ready(store, "mine", person="p")
        await ready(store, "another's", person="q")
        await as_owner(
            database_url,
            "DELETE FROM secret WHERE operation = 'mine'",
            "UPDATE secret SET operation = 'mine' WHERE operation = 'another''s'",
        )
        with pytest.raises(Undecipherable):
            await reveal(store, "mine")
        assert (await stored(store, "mine")).stage is Stage.READY

    async def test_a_hidden_part_moved_to_another_operation_does_not_open(self, store: Store, database_url: str):
        await begun(store, "one", person="p")
        await begun(store, "two", person="q", conversation="a:other")
        await as_owner(
            database_url,
            "UPDATE password_operation SET detail = (SELECT detail FROM password_operation WHERE id = 'two')"
            " WHERE id = 'one'",
        )
        with pytest.raises(Undecipherable):
            await store.operations.one("one")

    async def test_the_secret_of_what_failed_is_destroyed(self, store: Store, database_url: str):
        task = await with_candidate(store)
        failed = await store.operations.fail(task, "operation", Failure.UNAVAILABLE, "", entries=[], tasks=[])
        assert failed
        assert await as_owner(database_url, "SELECT count(*) FROM secret") == [(0,)]

    async def test_an_operation_of_whose_secret_somebody_disposed_is_left_out(self, store: Store, database_url: str):
        await ready(store)
        await as_owner(database_url, "DELETE FROM secret")
        assert await reveal(store) == ()
        assert (await stored(store)).stage is Stage.READY


class TestUnreadableRows:
    """Of a class of which one student has a row that another release wrote, or that somebody changed."""

    @pytest.fixture(
        params=["form = 'later-form'", "detail = (SELECT detail FROM password_job)"], ids=["later", "moved"]
    )
    async def room(self, request: pytest.FixtureRequest, store: Store, database_url: str) -> Classroom:
        room = Classroom(map(student, (1, 2, 3)), operations=store.operations, queue=store.queue)
        await room.begun("student-1", "student-2", job="job-0")
        await as_owner(
            database_url,
            f"UPDATE password_operation SET {request.param} WHERE person = 'student-2'",  # noqa: S608 -- ours
        )
        return room

    async def test_one_keeps_no_other_of_the_class_from_being_seen(self, room: Classroom):
        listed = await room.students(ANA, CLASS)
        assert isinstance(listed, ClassList)
        assert {row.person.id: (row.status, row.anew) for row in listed.rows} == {
            "student-1": (PasswordStatus.RUNNING, False),
            "student-2": (PasswordStatus.UNREADABLE, False),
            "student-3": (PasswordStatus.NEVER, True),
        }

    async def test_nothing_is_given_for_that_one_alone(self, room: Classroom, store: Store):
        wish = room.wish("student-2", "student-3")
        checked = await room.many.check(ANA, wish)
        assert isinstance(checked, ManyChecked)
        assert [one.id for one in checked.allowed] == ["student-3"]
        assert [(one.id, why) for one, why in checked.refused] == [("student-2", Reason.NOT_READABLE)]
        progress = await room.many(ANA, wish)
        assert isinstance(progress, Progress)
        assert [one.asked.person for one in progress.operations] == ["student-3"]
        denied = [one for one in room.audit.entries if one.outcome == "denied"]
        denied += [one for one in await store.entries() if one.outcome == "denied"]
        assert [(one.subject, one.detail["reason"]) for one in denied] == [("student-2", Reason.NOT_READABLE)]

    async def test_nor_when_it_came_after_it_was_looked(self, room: Classroom, store: Store):
        new = [new_operation(f"late-{one}", person=one, at=room.clock()) for one in ("student-2", "student-3")]

        def denied(one: NewOperation) -> Judgement:
            return Judgement(Decision(Reason.NOT_READABLE), (entry("password.requested", one.person),))

        begun = await store.operations.begin(new, allow, unreadable=denied)
        assert [one.decision.denied_because for one in begun] == [Reason.NOT_READABLE, None]
        with pytest.raises((NotKnownHere, Undecipherable)):
            await store.operations.begin([new_operation("alone", person="student-2", at=room.clock())], allow)


class TestPurge:
    async def test_secrets_whose_burning_was_lost_are_destroyed_and_recorded(
        self, store: Store, database: Database, database_url: str
    ):
        await shown(store, "shown", person="p")
        await ready(store, "unseen", person="q")
        await with_candidate(store, "requested", person="r")
        left = "SELECT operation FROM secret ORDER BY operation"

        assert await database.purge(NOW + LEASE) == 0
        assert len(await as_owner(database_url, left)) == 3

        assert await database.purge(NOW + LEASE + timedelta(minutes=11)) == 1
        assert await as_owner(database_url, left) == [("requested",), ("unseen",)]
        assert (await stored(store, "shown")).stage is Stage.CLOSED
        await database.purge(NOW + timedelta(minutes=41))
        assert await as_owner(database_url, left) == [("requested",)]
        assert (await stored(store, "unseen")).stage is Stage.UNSEEN
        destroyed = [one for one in await store.entries() if one.action == "password.key-destroyed"]
        assert [(one.subject, one.outcome) for one in destroyed] == [("p", "seen"), ("q", "unseen")]
        assert not await store.operations.burn("shown", NOW + LEASE * 2, lambda _: ())

    async def test_a_row_somebody_changed_holds_up_no_other(
        self, store: Store, database: Database, database_url: str, caplog: pytest.LogCaptureFixture
    ):
        await shown(store, "sound", person="p")
        await ready(store, "changed", person="q")
        await as_owner(
            database_url,
            "UPDATE password_operation SET detail = (SELECT detail FROM password_operation WHERE id = 'sound')"
            " WHERE id = 'changed'",
        )

        await database.purge(NOW + LEASE + timedelta(minutes=11))

        assert "operation changed does not open" in caplog.text
        assert await as_owner(database_url, "SELECT operation FROM secret") == []
        assert (await stored(store, "sound")).stage is Stage.CLOSED

    async def test_what_another_release_wrote_waits_for_it_and_holds_up_no_other(
        self, store: Store, database: Database, database_url: str, caplog: pytest.LogCaptureFixture
    ):
        await shown(store, "sound", person="p")
        await ready(store, "later", person="q")
        await as_owner(database_url, "UPDATE password_operation SET form = 'later-form' WHERE id = 'later'")

        with pytest.raises(NotKnownHere):
            await stored(store, "later")
        await database.purge(NOW + LEASE + timedelta(minutes=11))

        assert "operation later was written by another release: Form" in caplog.text
        assert (await stored(store, "sound")).stage is Stage.CLOSED
        assert await as_owner(database_url, "SELECT operation FROM secret") == [("later",)]
        await database.purge(NOW + timedelta(minutes=41))  # half an hour unseen, and the task's turn
        assert await as_owner(database_url, "SELECT operation FROM secret") == []

    async def test_what_another_release_is_setting_stays_one_password(
        self, store: Store, database: Database, database_url: str
    ):
        """Its worker was stopped between two tries; ours does the housekeeping; it goes on."""
        task = await with_candidate(store, "later", person="p")
        first = await store.operations.candidate(task, "later", proposing("never proposed"))
        ((was,),) = await as_owner(database_url, "SELECT form FROM password_operation")
        await as_owner(database_url, "UPDATE password_operation SET form = 'later-form'")

        for days in (0, 1, 8):
            await database.purge(NOW + timedelta(days=days, minutes=11))

        await as_owner(database_url, f"UPDATE password_operation SET form = '{was}'")  # noqa: S608 -- ours
        again = await store.operations.candidate(task, "later", lambda: Secret("a second password"))
        assert again is not None
        assert first is not None
        assert again.reveal() == first.reveal()

    async def test_what_another_release_has_left_for_a_week_goes(
        self, store: Store, database: Database, database_url: str
    ):
        await store.queue.dead_letter(await with_candidate(store, "later", person="p"), "bug")
        await as_owner(database_url, "UPDATE password_operation SET form = 'later-form'")

        await database.purge(NOW + timedelta(days=7))
        assert await as_owner(database_url, "SELECT operation FROM secret") == [("later",)]
        await database.purge(NOW + timedelta(days=7, seconds=1))
        assert await as_owner(database_url, "SELECT operation FROM secret") == []

    async def test_a_changed_row_whose_task_is_gone_is_left_and_the_others_are_failed(
        self, store: Store, database: Database, database_url: str, caplog: pytest.LogCaptureFixture
    ):
        await store.queue.dead_letter(await with_candidate(store, "changed", person="p"), "bug")
        await store.queue.dead_letter(await with_candidate(store, "sound", person="q"), "bug")
        await as_owner(
            database_url,
            "UPDATE password_operation SET detail = (SELECT detail FROM password_operation WHERE id = 'sound')"
            " WHERE id = 'changed'",
        )

        assert await database.purge(NOW + timedelta(hours=1, seconds=1)) == 1

        assert "operation changed does not open" in caplog.text
        assert await as_owner(database_url, "SELECT operation FROM secret") == []
        assert (await stored(store, "sound")).stage is Stage.FAILED
        assert await as_owner(database_url, "SELECT stage FROM password_operation WHERE id = 'changed'") == [
            ("requested",)
        ]

    async def test_an_operation_whose_task_is_gone_does_not_block_its_person_for_ever(
        self, store: Store, database: Database
    ):
        await begun(store, "dead", person="p")
        await store.queue.dead_letter(await claimed(store), "bug")
        await store.queue.dead_letter(await with_candidate(store, "doubtful", person="q"), "bug")
        await begun(store, "alive", person="r")

        await database.purge(NOW + timedelta(hours=1))
        assert (await stored(store, "dead")).stage is Stage.REQUESTED
        await database.purge(NOW + timedelta(hours=1, seconds=1))

        stages = {id_: (await stored(store, id_)).stage for id_ in ("dead", "doubtful", "alive")}
        assert stages == {"dead": Stage.FAILED, "doubtful": Stage.FAILED, "alive": Stage.REQUESTED}
        assert [(await stored(store, id_)).in_doubt for id_ in ("dead", "doubtful")] == [False, True]
        failed = [one for one in await store.entries() if one.action == "password.failed"]
        assert {(one.subject, one.outcome) for one in failed} == {("p", "unavailable"), ("q", "unavailable")}
        assert len(failed) == 2

    async def test_receipts_go_after_400_days_and_links_after_one(
        self, store: Store, database: Database, database_url: str
    ):
        await store.operations.begin([new_operation("in job", person="p", job="job")], allow, JOB)
        await shown(store, "receipt", person="q")
        await store.operations.offer_link(SlipLink(b"d", DIRECTOR, CONVERSATION, "receipt", "", NOW), [])
        count = (
            "SELECT (SELECT count(*) FROM password_operation), (SELECT count(*) FROM password_job),"
            " (SELECT count(*) FROM slip_link), (SELECT count(*) FROM school_director)"
        )
        assert await as_owner(database_url, count) == [(2, 1, 1, 1)]

        await database.purge(NOW + timedelta(days=1, seconds=1))
        assert await as_owner(database_url, count) == [(2, 1, 0, 1)]
        await database.purge(NOW + timedelta(days=400))
        assert await as_owner(database_url, count) == [(2, 1, 0, 1)]
        await database.purge(NOW + timedelta(days=400, seconds=1))
        assert await as_owner(database_url, count) == [(0, 0, 0, 0)]
        assert (await database.audit.verify()).intact


async def test_many_persons_at_once(store: Store):
    new = [
        new_operation(f"op{number}", person=f"p{number}", name=f"{number:05}", job="job") for number in range(2_500)
    ]

    answers = await store.operations.begin(new, one_at_a_time, JOB)

    assert all(answer.decision.allowed for answer in answers)
    assert [one.asked.id for one in await store.operations.of_job("job")] == [one.id for one in new]
    assert len(await store.operations.latest([one.person for one in new])) == len(new)
    assert len(await reveal(store, *(one.id for one in new))) == 0
    again = await store.operations.begin(new, never, JOB)
    assert len(again) == len(new)
