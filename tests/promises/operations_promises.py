"""The promises of `bot.core.passwords.ports.Operations`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import StoreUnavailable
from bot.core.passwords.model import (
    BURN,
    NOTHING_YET,
    RESET,
    Afterwards,
    Failure,
    Newer,
    NewOperation,
    Operation,
    Shown,
    Stage,
)
from bot.core.passwords.ports import Begun, Judgement, SlipLink
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, TaskLost
from tests.promises.store import (
    CONVERSATION,
    DIRECTOR,
    JOB,
    LEASE,
    NOW,
    Store,
    Unwritable,
    allow,
    begun,
    claimed,
    deny,
    due,
    entry,
    failing,
    never,
    new_operation,
    one_at_a_time,
    proposing,
    ready,
    reveal,
    shown,
    stored,
    times,
    unasked,
    with_candidate,
)


def at_end(operation: Operation) -> Sequence[AuditEntry]:
    return (entry("password.key-destroyed", operation.asked.person, stage=operation.stage.value),)


def link(digest: bytes = b"digest", **changes: object) -> SlipLink:
    given = SlipLink(digest, DIRECTOR, CONVERSATION, "operation", "", NOW + timedelta(minutes=10))
    return replace(given, **changes)  # type: ignore[arg-type]


def collected(used: SlipLink, again: bool) -> Sequence[AuditEntry]:
    action = "password.slips-collected-again" if again else "password.slips-collected"
    return (entry(action, used.operation or used.job),)


async def actions(store: Store) -> list[str]:
    return [one.action for one in await store.entries()]


class BeginPromises:
    async def test_what_begins_is_kept_as_it_was_given(self, store: Store):
        new = new_operation(revoke=True)

        (answer,) = await store.operations.begin([new], allow)

        operation = await stored(store)
        assert answer == Begun(operation, ALLOWED)
        assert operation.asked == new
        assert operation.stage is Stage.REQUESTED
        assert (operation.in_doubt, operation.set_at, operation.shown_at, operation.ending) == (False, None, None, "")
        assert (await claimed(store)).payload == {"operation": "operation"}
        assert await store.entries() == [entry("password.requested", "person", operation="operation")]

    async def test_what_is_denied_leaves_its_audit_entry_and_nothing_else(self, store: Store):
        (answer,) = await store.operations.begin([new_operation()], deny)

        assert answer == Begun(None, Decision(Reason.THIRD_RESET, NOW + timedelta(hours=3)))
        assert await store.operations.one("operation") is None
        assert await due(store) == []
        assert await store.operations.directors("school", NOW - timedelta(days=1)) == ()
        assert await store.entries() == [entry("password.requested", "person", reason="third-reset")]

    async def test_a_repeated_press_gets_the_operation_as_it_is_now_unjudged(self, store: Store):
        operation = await ready(store)

        (answer,) = await store.operations.begin([new_operation()], never)

        assert answer == Begun(operation, ALLOWED)
        assert await actions(store) == ["password.requested"]
        store.pass_by(days=1)
        assert await due(store) == []

    async def test_one_id_twice_in_one_call_is_one_operation(self, store: Store):
        asked: list[str] = []

        def judge(new: NewOperation, past: Sequence[Operation]) -> Judgement:
            asked.append(new.id)
            return allow(new, past)

        answers = await store.operations.begin([new_operation(), new_operation()], judge)

        assert answers[0] == answers[1]
        assert asked == ["operation"]
        assert await due(store) == ["operation"]

    async def test_the_judge_sees_the_persons_last_48_hours_newest_first(self, store: Store):
        ages = [timedelta(hours=48), timedelta(hours=47, minutes=59), timedelta(minutes=1), timedelta(hours=5)]
        for number, age in enumerate(sorted(ages, reverse=True)):
            store.clock.now = NOW - age
            await with_candidate(store, f"old{number}")
            await self._fail(store, f"old{number}")
        store.clock.now = NOW
        await begun(store, "other's", person="somebody else")
        seen: list[Operation] = []

        def judge(new: NewOperation, past: Sequence[Operation]) -> Judgement:
            seen.extend(past)
            return deny(new, past)

        await store.operations.begin([new_operation()], judge)

        assert [one.asked.at for one in seen] == [NOW - age for age in (ages[2], ages[3], ages[1])]
        assert {one.stage for one in seen} == {Stage.FAILED}

    async def _fail(self, store: Store, id_: str) -> None:
        store.pass_by(seconds=31)
        task = await claimed(store)
        assert await store.operations.fail(task, id_, Failure.REFUSED, "", entries=[], tasks=[])

    async def test_the_judge_sees_an_operation_that_still_runs_however_old_it_is(self, store: Store):
        running = await begun(store, "running")
        seen: list[Operation] = []

        def judge(new: NewOperation, past: Sequence[Operation]) -> Judgement:
            seen.extend(past)
            return deny(new, past)

        await store.operations.begin([new_operation(at=NOW + timedelta(days=30))], judge)

        assert seen == [running]

    async def test_the_judge_sees_what_began_a_moment_ago_in_the_same_call(self, store: Store):
        answers = await store.operations.begin([new_operation("one"), new_operation("two")], one_at_a_time)

        assert [answer.decision.allowed for answer in answers] == [True, False]

    async def test_a_judge_that_fails_leaves_nothing_and_blocks_nobody(self, store: Store):
        def judge(new: NewOperation, past: Sequence[Operation]) -> Judgement:
            if new.id == "two":
                raise ZeroDivisionError
            return allow(new, past)

        both = [new_operation("one"), new_operation("two", person="somebody else")]
        with pytest.raises(ZeroDivisionError):
            await store.operations.begin(both, judge)

        assert await store.operations.one("one") is None
        assert await store.entries() == []
        assert await due(store) == []
        assert (await store.operations.begin([new_operation("one")], allow))[0].operation is not None

    async def test_answers_and_entries_come_in_the_order_given(self, store: Store):
        def judge(new: NewOperation, past: Sequence[Operation]) -> Judgement:
            return deny(new, past) if new.id in {"c", "a"} else allow(new, past)

        new = [new_operation(id_, person=id_) for id_ in "cbad"]
        answers = await store.operations.begin(new, judge)

        assert [answer.operation and answer.operation.asked.id for answer in answers] == [None, "b", None, "d"]
        assert [one.subject for one in await store.entries()] == ["c", "b", "a", "d"]


class JobPromises:
    async def _begin(self, store: Store, *names: str) -> None:
        new = [new_operation(f"op {name}", person=name, name=name, job="job") for name in names]
        await store.operations.begin(new, allow, JOB)

    async def test_a_job_and_its_operations_by_name(self, store: Store):
        await self._begin(store, "Яна Бисерова", "ани Китова", "Боян Лозев")

        assert await store.operations.job("job") == JOB
        assert [one.asked.name for one in await store.operations.of_job("job")] == [
            "ани Китова",
            "Боян Лозев",
            "Яна Бисерова",
        ]
        assert await store.operations.of_job("another") == ()
        assert await store.operations.job("another") is None

    async def test_a_job_of_a_selection_is_read_as_one(self, store: Store):
        group = replace(JOB, label="Роботика", selected=True)

        await store.operations.begin([new_operation(job="job")], allow, group)

        assert await store.operations.job("job") == group

    async def test_a_job_none_of_whose_operations_is_allowed_is_not_kept(self, store: Store):
        await store.operations.begin([new_operation(job="job")], deny, JOB)

        assert await store.operations.job("job") is None

    async def test_a_job_that_is_known_is_kept_as_it_is(self, store: Store):
        await self._begin(store, "Ани")
        other = replace(JOB, label="7а", at=NOW + timedelta(hours=1))

        await store.operations.begin([new_operation("another", person="p", job="job")], allow, other)

        assert await store.operations.job("job") == JOB
        assert len(await store.operations.of_job("job")) == 2

    async def test_cancelling_takes_back_what_has_no_candidate(self, store: Store):
        await self._begin(store, "Ани", "Боян", "Вяра", "Гено")
        tasks = {task.key: task for task in await store.queue.claim([RESET], 3, timedelta(hours=1))}
        one, two, three = tasks.values()
        await store.operations.candidate(one, one.key, proposing("Zegego2399"))
        await store.operations.candidate(two, two.key, proposing("Zegego2388"))
        await store.operations.refuse_candidate(two, two.key)
        later = NOW + timedelta(minutes=1)

        def entries(count: int) -> Sequence[AuditEntry]:
            return (entry("password.cancelled", "job", count=str(count)),)

        assert await store.operations.cancel("job", later, entries) == 2
        assert await store.operations.cancel("job", later + timedelta(minutes=1), unasked) == 0

        stages = {operation.asked.id: operation.stage for operation in await store.operations.of_job("job")}
        assert {stages[one.key], stages[two.key]} == {Stage.REQUESTED}
        assert [stages.pop(key) for key in (one.key, two.key)]
        assert set(stages.values()) == {Stage.CANCELLED}
        assert await store.operations.job("job") == replace(JOB, cancelled_at=later)
        assert (await store.entries())[-1] == entry("password.cancelled", "job", count="2")
        assert await store.operations.candidate(three, three.key, unasked) is None

    async def test_cancelling_what_is_no_job_does_nothing(self, store: Store):
        assert await store.operations.cancel("job", NOW, unasked) == 0
        assert await store.entries() == []

    async def test_a_cancelled_operation_is_not_set_and_its_task_not_finished_by_it(self, store: Store):
        await self._begin(store, "Ани")
        task = await claimed(store)
        await store.operations.cancel("job", NOW, lambda _: ())

        assert not await store.operations.ready(
            task, task.key, times(), entries=[entry("password.set")], tasks=[NewTask(BURN, "b", NOW)]
        )
        assert not await store.operations.fail(
            task, task.key, Failure.REFUSED, "", entries=[entry("password.failed")], tasks=[NewTask(BURN, "b", NOW)]
        )
        assert (await stored(store, task.key)).stage is Stage.CANCELLED
        assert await due(store, BURN) == []
        assert await actions(store) == ["password.requested"]


class LatestPromises:
    async def test_the_newest_that_counts_of_each_person(self, store: Store):
        older = await ready(store, "older", person="p")
        store.pass_by(hours=1)
        await with_candidate(store, "failed", person="p")
        task = (await store.queue.claim([RESET], 1, LEASE)) or None
        assert task is None
        store.pass_by(minutes=1)
        assert await store.operations.fail(
            await claimed(store), "failed", Failure.FORBIDDEN, "", entries=[], tasks=[]
        )
        await begun(store, "other", person="q")

        latest = await store.operations.latest(["p", "q", "nobody"])

        assert {person: one.asked.id for person, one in latest.items()} == {"p": older.asked.id, "q": "other"}
        assert await store.operations.latest([]) == {}

    async def test_a_failed_one_in_doubt_counts_and_a_cancelled_one_does_not(self, store: Store):
        task = await with_candidate(store, "doubtful", person="p")
        await store.operations.doubt(task, "doubtful")
        await store.operations.fail(task, "doubtful", Failure.UNAVAILABLE, "", entries=[], tasks=[])
        await store.operations.begin([new_operation("cancelled", person="q", job="job")], allow, JOB)
        await store.operations.cancel("job", NOW, lambda _: ())

        assert await store.operations.latest(["p", "q"]) == {"p": await stored(store, "doubtful")}

    async def test_a_newer_one_that_was_set_or_may_have_been_comes_after_it(self, store: Store):
        first = await shown(store, "first", school="s")
        await shown(store, "other's", person="somebody else")
        assert await store.operations.afterwards(first) == NOTHING_YET
        store.pass_by(minutes=1)
        task = await with_candidate(store, "second", school="t")
        assert await store.operations.afterwards(first) == NOTHING_YET, "it is only on its way"
        await store.operations.doubt(task, "second")
        asked_at = store.clock()
        assert await store.operations.afterwards(first) == Afterwards(Newer(asked_at, "t", in_doubt=True))
        set_at = times(store.clock()).set_at
        await store.operations.ready(task, "second", times(store.clock()), entries=[], tasks=[])
        assert await store.operations.afterwards(first) == Afterwards(Newer(set_at, "t"))
        store.pass_by(minutes=1)
        await begun(store, "third", school="u")
        assert await store.operations.afterwards(first) == Afterwards(Newer(set_at, "t"))
        assert await store.operations.afterwards(await stored(store, "second")) == NOTHING_YET
        assert await store.operations.afterwards(await stored(store, "third")) == NOTHING_YET

    async def test_one_that_was_set_ends_it_more_surely_than_a_later_one_that_may_have_been(self, store: Store):
        first = await shown(store, "first")
        store.pass_by(minutes=1)
        second = await ready(store, "second")
        store.pass_by(minutes=1)
        task = await with_candidate(store, "third")
        await store.operations.doubt(task, "third")
        await store.operations.fail(task, "third", Failure.UNAVAILABLE, "", entries=[], tasks=[])
        assert second.set_at is not None
        assert await store.operations.afterwards(first) == Afterwards(Newer(second.set_at, second.asked.school))
        assert (await store.operations.afterwards(second)).newer == Newer(
            (await stored(store, "third")).asked.at, second.asked.school, in_doubt=True
        )


class WorkPromises:
    async def test_there_is_one_candidate_however_often_it_is_asked_for(self, store: Store):
        task = await with_candidate(store, password="Zegego2399")

        assert await store.operations.candidate(task, "operation", unasked) == Secret("Zegego2399")
        store.pass_by(minutes=1)
        again = await claimed(store)
        assert await store.operations.candidate(again, "operation", unasked) == Secret("Zegego2399")

    async def test_there_is_no_candidate_for_what_is_not_requested(self, store: Store):
        await ready(store)
        await store.queue.add([NewTask(RESET, "another", NOW)])
        task = await claimed(store)

        assert await store.operations.candidate(task, "operation", unasked) is None
        assert await store.operations.candidate(task, "no such operation", unasked) is None

    async def test_a_candidate_destroys_what_was_shown_or_could_be_of_the_same_person(self, store: Store):
        await shown(store, "shown")
        await ready(store, "ready")  # its candidate closes the first
        await ready(store, "other's", person="somebody else")
        assert (await stored(store, "shown")).stage is Stage.CLOSED
        assert await reveal(store, "shown") == ()

        await with_candidate(store, "new")

        assert (await stored(store, "ready")).stage is Stage.UNSEEN
        assert await reveal(store, "shown", "ready") == ()
        assert [one.operation.asked.id for one in await reveal(store, "other's")] == ["other's"]

    async def test_what_a_candidate_ends_is_recorded_with_it(self, store: Store):
        await shown(store, "shown")
        await begun(store, "new")
        task = await claimed(store)

        def ended(operation: Operation) -> tuple[AuditEntry, ...]:
            return (entry("ended", operation.asked.id, stage=operation.stage),)

        await store.operations.candidate(task, "new", proposing("Zegego2399"), ended)
        await store.operations.candidate(task, "new", unasked, ended)

        found = [(one.subject, one.detail["stage"]) for one in await store.entries() if one.action == "ended"]
        assert found == [("shown", "closed")]

    async def test_what_cannot_be_recorded_is_not_ended(self, store: Store):
        await ready(store, "ready")
        await begun(store, "new")
        task = await claimed(store)

        with pytest.raises(ZeroDivisionError):
            await store.operations.candidate(task, "new", proposing("Zegego2399"), failing)

        assert len(await reveal(store, "ready")) == 1
        assert await store.operations.candidate(task, "new", proposing("Zegego2388")) == Secret("Zegego2388")

    async def test_a_proposal_that_fails_keeps_and_destroys_nothing(self, store: Store):
        await ready(store, "ready")
        await begun(store, "new")
        task = await claimed(store)

        with pytest.raises(ZeroDivisionError):
            await store.operations.candidate(task, "new", failing)

        assert len(await reveal(store, "ready")) == 1
        assert await store.operations.candidate(task, "new", proposing("Zegego2399")) == Secret("Zegego2399")

    async def test_refused_candidates_are_destroyed_and_counted(self, store: Store):
        task = await with_candidate(store, password="Zegego2399")

        assert await store.operations.refuse_candidate(task, "operation") == 1
        assert await store.operations.refuse_candidate(task, "operation") == 1  # said twice
        for number in (2, 3):
            new = Secret(f"Zegego239{number}")
            assert await store.operations.candidate(task, "operation", lambda: new) == new  # noqa: B023 -- asked at once
            assert await store.operations.refuse_candidate(task, "operation") == number

    async def test_ready_is_everything_at_once(self, store: Store):
        task = await with_candidate(store)
        await store.operations.doubt(task, "operation")
        assert (await stored(store)).in_doubt

        burn = NewTask(BURN, "operation:unseen", NOW, {"operation": "operation"})
        assert await store.operations.ready(task, "operation", times(), entries=[entry("password.set")], tasks=[burn])

        operation = await stored(store)
        assert (operation.stage, operation.in_doubt) == (Stage.READY, False)
        assert not operation.revoked
        for name in ("set_at", "works_from", "unseen_until", "expires_at"):
            assert getattr(operation, name) == getattr(times(), name)
        assert await actions(store) == ["password.requested", "password.set"]
        assert (await claimed(store, BURN)).payload == {"operation": "operation"}
        await store.queue.done(task)
        store.pass_by(days=1)
        assert await due(store, RESET) == []

    async def test_ready_records_what_it_ends_of_the_newest_that_was_set_before(self, store: Store):
        asked: list[Operation] = []

        def ended(earlier: Operation) -> Sequence[AuditEntry]:
            asked.append(earlier)
            return (entry("password.superseded", earlier.asked.id),)

        for number, id_ in enumerate(("first", "second", "third")):
            task = await with_candidate(store, id_, f"Zegego239{number}")
            done = times(store.clock())
            assert await store.operations.ready(task, id_, done, entries=[], tasks=[], superseded=ended)
            store.pass_by(minutes=5)
        other = await with_candidate(store, "other", person="somebody else")
        assert await store.operations.ready(other, "other", times(), entries=[], tasks=[], superseded=ended)

        assert [one.asked.id for one in asked] == ["first", "second"]
        assert (await actions(store)).count("password.superseded") == 2

    async def test_ready_tells_whether_the_sessions_were_ended(self, store: Store):
        for id_, revoked in (("one", True), ("two", False)):
            task = await with_candidate(store, id_, person=id_, revoke=True)
            assert await store.operations.ready(task, id_, times(), revoked=revoked, entries=[], tasks=[])

            assert ((await stored(store, id_)).asked.revoke, (await stored(store, id_)).revoked) == (True, revoked)

    async def test_failing_is_everything_at_once(self, store: Store):
        task = await with_candidate(store)
        await store.operations.doubt(task, "operation")

        assert await store.operations.fail(
            task,
            "operation",
            Failure.DENIED,
            "self",
            entries=[entry("password.failed")],
            tasks=[NewTask("tell", "operation", NOW)],
        )

        operation = await stored(store)
        assert (operation.stage, operation.failure, operation.reason) == (Stage.FAILED, Failure.DENIED, "self")
        assert operation.in_doubt
        assert operation.counts
        assert await actions(store) == ["password.requested", "password.failed"]
        assert await due(store, "tell") == ["operation"]
        store.pass_by(days=1)
        assert await due(store, RESET) == []
        assert await reveal(store) == ()

    async def test_what_failed_leaves_no_candidate_behind(self, store: Store):
        task = await with_candidate(store)
        await store.operations.fail(task, "operation", Failure.MISSING, "", entries=[], tasks=[])
        await store.queue.add([NewTask(RESET, "another", NOW)])

        assert await store.operations.candidate(await claimed(store), "operation", unasked) is None

    async def test_a_lost_task_keeps_nothing_of_what_it_did(self, store: Store):
        lost = await with_candidate(store)
        before = await stored(store)
        store.pass_by(minutes=1)
        held = await claimed(store)

        calls = (
            store.operations.candidate(lost, "operation", unasked),
            store.operations.refuse_candidate(lost, "operation"),
            store.operations.doubt(lost, "operation"),
            store.operations.ready(lost, "operation", times(), entries=[entry("x")], tasks=[NewTask("x", "x", NOW)]),
            store.operations.fail(
                lost, "operation", Failure.REFUSED, "", entries=[entry("x")], tasks=[NewTask("x", "x", NOW)]
            ),
        )
        for call in calls:
            with pytest.raises(TaskLost):
                await call

        assert await stored(store) == before
        assert await due(store, "x") == []
        assert await actions(store) == ["password.requested"]
        assert await store.operations.candidate(held, "operation", unasked) == Secret("Zegego2399")

    async def test_a_lease_that_ran_out_without_a_taker_is_no_loss(self, store: Store):
        task = await with_candidate(store)
        store.pass_by(hours=1)

        assert await store.operations.ready(task, "operation", times(), entries=[], tasks=[])

    async def test_a_fence_with_nothing_to_change_still_stops_who_lost_the_task(self, store: Store):
        """One of three bugs made before: the fence was an UPDATE, and one that sets nothing is no statement at all."""
        lost = await with_candidate(store)
        store.pass_by(minutes=1)
        held = await claimed(store)

        with pytest.raises(TaskLost):
            await store.operations.candidate(lost, "operation", unasked)  # known: nothing would be written
        assert await store.operations.candidate(held, "operation", unasked) == Secret("Zegego2399")

    async def test_a_finished_task_writes_nothing_more(self, store: Store):
        task = await with_candidate(store)
        await store.queue.done(task)

        with pytest.raises(TaskLost):
            await store.operations.ready(task, "operation", times(), entries=[], tasks=[])
        assert (await stored(store)).stage is Stage.REQUESTED


class RevealPromises:
    async def test_the_first_showing_begins_the_lease(self, store: Store):
        await ready(store)
        store.pass_by(minutes=3)
        asked: list[tuple[Operation, bool]] = []

        def record(operation: Operation, again: bool) -> tuple[Sequence[AuditEntry], Sequence[NewTask]]:
            asked.append((operation, again))
            return [entry("password.shown")], [NewTask(BURN, "operation:lease", NOW, {"operation": "operation"})]

        now = store.clock()
        (one,) = await store.operations.reveal(
            ["operation"], DIRECTOR, CONVERSATION, now=now, lease_until=now + LEASE, record=record
        )

        operation = await stored(store)
        assert one == Shown(operation, Secret("Zegego2399"), again=False)
        assert (operation.stage, operation.shown_at, operation.lease_until) == (Stage.SHOWN, now, now + LEASE)
        assert asked == [(operation, False)]
        assert await due(store, BURN) == ["operation:lease"]
        assert await actions(store) == ["password.requested", "password.shown"]

    async def test_within_the_lease_it_is_shown_again_and_the_lease_is_not_extended(self, store: Store):
        first = await shown(store)
        store.pass_by(seconds=119)
        asked: list[bool] = []

        def record(operation: Operation, again: bool) -> tuple[Sequence[AuditEntry], Sequence[NewTask]]:
            asked.append(again)
            return [entry("password.shown-again")], []

        now = store.clock()
        (one,) = await store.operations.reveal(
            ["operation"], DIRECTOR, CONVERSATION, now=now, lease_until=now + LEASE, record=record
        )

        assert one == Shown(first, Secret("Zegego2399"), again=True)
        assert asked == [True]
        assert await stored(store) == first
        store.pass_by(seconds=1)
        assert await reveal(store) == ()

    async def test_nobody_else_and_nowhere_else(self, store: Store):
        await ready(store)
        for actor, conversation in (
            (DIRECTOR, "a:other"),
            ("another", CONVERSATION),
            ("", ""),
            ("another", "a:other"),
        ):
            assert await reveal(store, actor=actor, conversation=conversation) == ()
        assert (await stored(store)).stage is Stage.READY

        assert len(await reveal(store)) == 1
        assert await reveal(store, actor="another") == ()

    async def test_what_nobody_saw_in_time_is_not_shown(self, store: Store):
        operation = await ready(store)
        assert operation.unseen_until is not None
        store.clock.now = operation.unseen_until
        assert await reveal(store) == ()

        store.clock.now = operation.unseen_until - timedelta(milliseconds=1)
        assert len(await reveal(store)) == 1

    async def test_what_is_not_set_is_not_shown(self, store: Store):
        await begun(store)
        assert await reveal(store) == ()
        task = await claimed(store)
        await store.operations.candidate(task, "operation", proposing("Zegego2399"))
        assert await reveal(store) == ()

    async def test_several_are_shown_in_the_order_asked_for_and_others_left_out(self, store: Store):
        for id_ in "abcd":
            await ready(store, id_, password=f"Zegego239{id_}", person=id_)
        await reveal(store, "b")
        await store.operations.hand_over("d", NOW, [])
        await begun(store, "requested", person="e")
        assert await reveal(store, "d") != ()
        assert await store.operations.hand_over("d", NOW, [])

        several = await reveal(store, "c", "unknown", "a", "d", "requested", "b", "a")

        assert [(one.operation.asked.id, one.secret.reveal(), one.again) for one in several] == [
            ("c", "Zegego239c", False),
            ("a", "Zegego239a", False),
            ("b", "Zegego239b", True),
        ]
        assert await reveal(store, "unknown") == ()

    async def test_a_record_that_fails_shows_and_keeps_nothing(self, store: Store):
        operation = await ready(store)
        with pytest.raises(ZeroDivisionError):
            await store.operations.reveal(
                ["operation"], DIRECTOR, CONVERSATION, now=NOW, lease_until=NOW + LEASE, record=failing
            )
        assert await stored(store) == operation


class EndPromises:
    async def test_handing_over_is_noted_once_and_destroys_the_secret(self, store: Store):
        operation = await shown(store)
        later = NOW + timedelta(minutes=1)

        assert await store.operations.hand_over("operation", later, [entry("password.handed")])
        assert not await store.operations.hand_over("operation", later + LEASE, [entry("password.handed")])

        assert await stored(store) == replace(operation, stage=Stage.CLOSED, handed_at=later)
        assert await reveal(store) == ()
        assert await actions(store) == ["password.requested", "password.handed"]

    async def test_what_was_never_shown_was_not_handed_over(self, store: Store):
        operation = await ready(store)
        for id_ in ("operation", "unknown"):
            assert not await store.operations.hand_over(id_, NOW, [entry("password.handed")])
        assert await stored(store) == operation
        assert len(await reveal(store)) == 1

    async def test_what_a_newer_one_has_ended_is_not_noted_as_handed_over(self, store: Store):
        for doubt in (False, True):
            name = f"first of {doubt}"
            await shown(store, name, person=name)
            store.pass_by(minutes=1)
            task = await with_candidate(store, f"second of {doubt}", person=name)
            if doubt:
                await store.operations.doubt(task, f"second of {doubt}")
            else:
                await store.operations.ready(task, f"second of {doubt}", times(store.clock()), entries=[], tasks=[])
            assert not await store.operations.hand_over(name, store.clock(), [entry("password.handed")])
            assert (await stored(store, name)).handed_at is None
        assert "password.handed" not in await actions(store)

    async def test_what_was_shown_can_be_noted_as_handed_over_after_its_lease(self, store: Store):
        await shown(store)
        store.pass_by(minutes=2)
        assert await store.operations.burn("operation", store.clock(), at_end)

        assert await store.operations.hand_over("operation", store.clock(), [entry("password.handed")])
        assert (await stored(store)).handed_at == store.clock()

    @pytest.mark.parametrize("seen", [True, False])
    async def test_what_a_wrong_clock_has_written_is_rather_lost_than_shown_for_longer(
        self, store: Store, seen: bool
    ):
        """A lease that begins an hour from now has been written by a clock that was an hour ahead."""
        await (shown(store) if seen else ready(store))
        store.clock.now -= timedelta(hours=1)

        assert await reveal(store) == ()
        assert await store.operations.burn("operation", store.clock(), lambda _: ())

    async def test_a_lease_that_is_over_ends_the_secret_and_not_a_moment_before(self, store: Store):
        operation = await shown(store)
        end = NOW + LEASE
        assert not await store.operations.burn("operation", end - timedelta(milliseconds=1), unasked)
        assert len(await reveal(store)) == 1

        assert await store.operations.burn("operation", end, at_end)
        assert not await store.operations.burn("operation", end + LEASE, unasked)

        assert await stored(store) == replace(operation, stage=Stage.CLOSED)
        assert await reveal(store) == ()
        assert (await store.entries())[1:] == [entry("password.key-destroyed", stage="closed")]

    async def test_what_nobody_saw_is_destroyed_and_not_a_moment_before(self, store: Store):
        operation = await ready(store)
        assert operation.unseen_until is not None
        end = operation.unseen_until
        assert not await store.operations.burn("operation", end - timedelta(milliseconds=1), unasked)

        assert await store.operations.burn("operation", end, at_end)
        assert not await store.operations.burn("operation", end, unasked)

        assert await stored(store) == replace(operation, stage=Stage.UNSEEN)
        assert await reveal(store) == ()
        assert (await store.entries())[1:] == [entry("password.key-destroyed", stage="unseen")]

    async def test_there_is_nothing_to_burn_of_what_is_not_set(self, store: Store):
        await begun(store)
        far = NOW + timedelta(days=9)
        for id_ in ("operation", "unknown"):
            assert not await store.operations.burn(id_, far, unasked)
        assert (await stored(store)).stage is Stage.REQUESTED

    async def test_an_end_is_noted_once(self, store: Store):
        operation = await shown(store)
        end = NOW + timedelta(hours=72)

        assert await store.operations.end("operation", "expired", end, [entry("password.life-ended")])
        assert not await store.operations.end("operation", "changed", end + LEASE, [entry("password.life-ended")])
        assert not await store.operations.end("unknown", "changed", end, [entry("password.life-ended")])

        assert await stored(store) == replace(operation, ending="expired", ended_at=end)
        assert await actions(store) == ["password.requested", "password.life-ended"]

    async def test_one_in_doubt_that_was_certainly_not_set_counts_no_more(self, store: Store):
        first = await shown(store, "first")
        store.pass_by(minutes=1)
        task = await with_candidate(store, "second", person="person")
        await store.operations.doubt(task, "second")
        not_set = entry("password.not-set")
        assert not await store.operations.not_set("second", [not_set]), "it may still be tried"
        await store.operations.fail(task, "second", Failure.UNAVAILABLE, "", entries=[], tasks=[])
        first = await stored(store, "first")
        assert (await store.operations.afterwards(first)).newer == Newer(
            (await stored(store, "second")).asked.at, "school", in_doubt=True
        )
        assert not await store.operations.hand_over("first", store.clock(), [entry("password.handed")])

        assert await store.operations.not_set("second", [not_set])
        for id_ in ("second", "first", "unknown"):
            assert not await store.operations.not_set(id_, [not_set])

        second = await stored(store, "second")
        assert (second.stage, second.in_doubt, second.counts) == (Stage.FAILED, False, False)
        assert await store.operations.latest(["person"]) == {"person": first}
        assert await store.operations.afterwards(first) == NOTHING_YET
        assert await store.operations.hand_over("first", store.clock(), [entry("password.handed")])
        told = [one for one in await actions(store) if one in {"password.not-set", "password.handed"}]
        assert told == ["password.not-set", "password.handed"]


class LinkPromises:
    async def test_a_link_works_until_the_end_that_its_first_use_gives_it(self, store: Store):
        await store.operations.offer_link(link(), [entry("password.slips-offered")])
        used = link(until=NOW + LEASE)

        assert await store.operations.link(b"digest", NOW) == link()
        assert await store.operations.link(b"digest", NOW) == link()
        assert await store.operations.use_link(b"digest", NOW, NOW + LEASE, collected) == used
        for now in (NOW, NOW + LEASE - timedelta(milliseconds=1)):
            assert await store.operations.link(b"digest", now) == used
            assert await store.operations.use_link(b"digest", now, now + LEASE, collected) == used
        assert await store.operations.link(b"digest", NOW + LEASE) is None
        assert await store.operations.use_link(b"digest", NOW + LEASE, NOW + 2 * LEASE, unasked) is None
        assert await actions(store) == [
            "password.slips-offered",
            "password.slips-collected",
            "password.slips-collected-again",
            "password.slips-collected-again",
        ]

    async def test_the_first_use_may_give_a_link_more_time_than_it_had(self, store: Store):
        await store.operations.offer_link(link(), [])
        late = link().until - timedelta(milliseconds=1)

        assert await store.operations.use_link(b"digest", late, late + LEASE, collected) is not None

        assert await store.operations.link(b"digest", late + LEASE - timedelta(milliseconds=1)) is not None
        assert await store.operations.link(b"digest", late + LEASE) is None

    @pytest.mark.parametrize("uses", [0, 1])
    async def test_a_use_can_end_a_link_at_once(self, store: Store, uses: int):
        await store.operations.offer_link(link(), [])
        for _ in range(uses):
            assert await store.operations.use_link(b"digest", NOW, NOW + LEASE, collected) is not None

        assert await store.operations.use_link(b"digest", NOW, NOW, collected) == link(until=NOW)

        assert await store.operations.link(b"digest", NOW) is None
        assert await store.operations.use_link(b"digest", NOW, NOW + LEASE, unasked) is None

    async def test_a_link_that_is_unknown_or_too_old_does_not_work(self, store: Store):
        await store.operations.offer_link(link(), [])
        end = link().until
        for digest, now in ((b"other", NOW), (b"", NOW), (b"digest", end), (b"digest", end + LEASE)):
            assert await store.operations.link(digest, now) is None
            assert await store.operations.use_link(digest, now, now + LEASE, unasked) is None
        last = end - timedelta(milliseconds=1)
        assert await store.operations.use_link(b"digest", last, end, collected) == link()

    async def test_a_new_link_of_the_same_person_for_the_same_thing_takes_the_old_ones_place(self, store: Store):
        await store.operations.offer_link(link(b"1"), [])
        others = [
            link(b"another's", actor="another"),
            link(b"another operation", operation="another"),
            link(b"job", operation="", job="operation"),
        ]
        for other in others:
            await store.operations.offer_link(other, [])

        await store.operations.offer_link(link(b"2"), [])

        assert await store.operations.use_link(b"1", NOW, NOW + LEASE, unasked) is None
        for good in (link(b"2"), *others):
            assert await store.operations.use_link(good.digest, NOW, good.until, collected) == good
        await store.operations.offer_link(link(b"3"), [])
        assert await store.operations.link(b"2", NOW) is None, "also of one that was used"

    async def test_entries_that_cannot_be_made_leave_the_link_as_it_is(self, store: Store):
        await store.operations.offer_link(link(), [])
        with pytest.raises(ZeroDivisionError):
            await store.operations.use_link(b"digest", NOW, NOW + LEASE, failing)
        assert await store.operations.link(b"digest", NOW) == link()
        assert await store.operations.use_link(b"digest", NOW, NOW + LEASE, collected) is not None


class NotePromises:
    async def test_what_is_noted_and_who_is_told_of_it_are_kept_together(self, store: Store):
        news = NewTask(RESET, "told", NOW, {"operation": "operation"})
        await store.operations.note((entry("password.alarm"),), (news,))

        assert await store.entries() == [entry("password.alarm")]
        assert (await claimed(store)).key == "told"

    async def test_what_cannot_be_noted_is_told_nobody(self, store: Store):
        with pytest.raises(StoreUnavailable):
            await store.operations.note(Unwritable(), (NewTask(RESET, "told", NOW),))

        assert await store.entries() == []
        assert await due(store) == []


class DirectorsPromises:
    async def test_who_has_acted_for_a_school_since_a_moment(self, store: Store):
        new = [
            new_operation("1", person="1", actor="one", at=NOW),
            new_operation("2", person="2", actor="two", at=NOW - timedelta(days=2)),
            new_operation("3", person="3", actor="three", at=NOW - timedelta(days=4)),
            new_operation("4", person="4", actor="three", at=NOW - timedelta(days=5)),
            new_operation("5", person="5", actor="elsewhere", school="another"),
        ]
        for one in new:
            await store.operations.begin([one], allow)

        async def since(**ago: float) -> set[str]:
            return set(await store.operations.directors("school", NOW - timedelta(**ago)))

        assert await since(days=4) == {"one", "two", "three"}
        assert await since(days=3) == {"one", "two"}
        assert await since(seconds=0) == {"one"}
        assert await store.operations.directors("no such school", NOW) == ()


class OperationsPromises(
    BeginPromises,
    JobPromises,
    LatestPromises,
    WorkPromises,
    RevealPromises,
    EndPromises,
    LinkPromises,
    NotePromises,
    DirectorsPromises,
):
    """All of them, for a fixture `store`."""
