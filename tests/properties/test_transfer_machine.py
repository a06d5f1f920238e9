"""Two directors, a regional office, the clock, Graph's faults and repeats: whatever they do, in whatever order.

Presses are made on what somebody saw some time ago (a stale version), are delivered twice, and meet a student whom
somebody else has moved, or discharged. Who was moved may be asked for back by the school before. The worker's handlers
run as their tasks fall due, and die between two commits.
"""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.actors.model import Actor, Role
from bot.core.calendar import WorkCalendar
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import Task, TaskHandler, TryAgain
from bot.core.transfers.carry_out import CarryOutTransfer, RecheckTransfer
from bot.core.transfers.decide import Decided, DecideTransfer, Deed
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.model import (
    CARRY_OUT,
    CLOCK,
    CLOSED,
    OPEN,
    TELL,
    UNDER_WAY,
    UNFINISHED,
    Basis,
    Clocks,
    Event,
    Remark,
    Side,
    State,
    Step,
    StepKind,
    Team,
    Transfer,
)
from bot.core.transfers.policy import Choice, choices_of
from bot.core.transfers.ports import Kept, StepOutcome
from bot.core.transfers.read import NotSeen, ReadTransfers
from bot.core.transfers.request import RequestTransfer, Sent, TransferWish
from bot.core.transfers.states import WAYS
from bot.core.transfers.told import Delivery, DeliveryState, WhoIsConcerned
from bot.runtime.task_worker import attempt
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeActors, FakeQueue, FakeRateLimit, FakeReleases
from tests.fakes_placements import FakeDeciders, Fault, Roster
from tests.fakes_transfers import FakeTransfers

SCHOOLS = {
    key: School(key, f"299000{number}", f"Училище {number}", "Град", region)
    for number, (key, region) in enumerate({"a": "Пловдив", "b": "Варна", "c": "Варна"}.items(), start=1)
}
A = Actor("director-a", "tenant", Role.DIRECTOR, SCHOOLS["a"], name="Ана Аврамова Антонова")
B = Actor("director-b", "tenant", Role.DIRECTOR, SCHOOLS["b"], name="Боян Борисов Боев")
DEPUTY = Actor("deputy-b", "tenant", Role.TEACHER, name="Вера Вълева Вачева", deputy_of=SCHOOLS["b"])
EXPERT = Actor("expert", "tenant", Role.REGIONAL_OFFICE, name="Експерт От Варна", region="Варна")
ELSEWHERE = Actor("expert-2", "tenant", Role.REGIONAL_OFFICE, name="Експерт От Видин", region="Видин")
TEACHER = Actor("teacher", "tenant", Role.TEACHER, name="Учител Без Право")
EVERYBODY = (A, B, DEPUTY, EXPERT, ELSEWHERE, TEACHER)
STUDENTS = ("student-1", "student-2")
LEASE = timedelta(minutes=1)
FAULTS = (
    DirectoryBusy(2.0, everybody=True),
    DirectoryUnavailable("503"),
    DirectoryForbidden("403"),
    AccountMissing("404"),
    DirectoryMisunderstood("400"),
)
SECRETS = ("Тайно Име", "taino", "••46", "бележка")


FORTNIGHT = timedelta(days=14)


class Killed(Exception):
    """The worker died at a commit point."""


@dataclass(frozen=True)
class Write:
    """What was sent to Graph about whom, the schools they really were in then, their requests under way, and whether
    another one was carried out since the approval.
    """

    person: str
    schools: tuple[str, ...]
    requests: tuple[Transfer, ...]
    overtaken: bool


class World:
    """Everything real but the edges. `writes` are those of which nobody has asked yet whether they were right."""

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.clock = FakeClock()
        self.queue = FakeQueue(self.clock)
        self.audit, self.releases = FakeAuditLog(), FakeReleases()
        self.transfers = FakeTransfers(self.audit, self.queue, self.releases)
        self.roster = Roster(self.clock, SCHOOLS)
        self.old = [self.roster.team("b", f"{subject} - 5 б - ООП") for subject in ("Математика", "Музика")]
        self.new = [self.roster.team("a", f"{subject} - 5 а - ООП") for subject in ("Математика", "Час на класа")]
        self.roster.team("a", "Хор - 6 а - ООП")
        for student in STUDENTS:
            self.roster.add(self.student(student), *self.old)
        self.actors = FakeActors({one.object_id: one for one in EVERYBODY})
        self.calendar = WorkCalendar(lambda _: False)
        deciders = FakeDeciders({"a": (A.object_id,), "b": (B.object_id,)}, {"b": (DEPUTY.object_id,)})
        more: dict[str, Any] = {"calendar": self.calendar, "clock": self.clock, "clocks": Clocks()}
        reading: dict[str, Any] = {"transfers": self.transfers, "placements": self.roster}
        self.request = RequestTransfer(
            actors=self.actors,
            concerned=WhoIsConcerned(
                actors=self.actors, deciders=deciders, accounts=self, clock=self.clock, domain="edu.mon.bg"
            ),
            audit=self.audit,
            **reading,
            **more,
        )
        self.decide = DecideTransfer(actors=self.actors, audit=self.audit, **reading, **more)
        self.read = ReadTransfers(actors=self.actors, transfers=self.transfers, audit=self.audit, clock=self.clock)
        handlers: tuple[TaskHandler, ...] = (
            KeepTime(**reading, **more),
            CarryOutTransfer(
                writer=self, rate_limit=FakeRateLimit(self.clock), writes_per_second=20.0, **reading, **more
            ),
            RecheckTransfer(**reading, **more),
        )
        self.handlers = {one.kind: one for one in handlers}

    def student(self, key: str) -> Person:
        return Person(
            key,
            "Тайно Име Ученик",
            "taino@edu.mon.bg",
            Kind.STUDENT,
            AccountState.DISABLED if key == STUDENTS[1] else AccountState.ACTIVE,
            (SCHOOLS["b"],),
            identifier="4146054046",
        )

    async def account_id(self, username: str) -> str | None:
        return None

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[StepOutcome, ...]:
        """`EnrolmentWriter`: the roster's, and what was so at this moment is noted."""
        under_way = (
            one for one in self.transfers.rows.values() if one.asked.person == person_id and one.state in UNDER_WAY
        )
        requests = tuple(under_way)
        overtaken = any(self._carried_out_since(one) for one in requests)
        self.writes.append(Write(person_id, self.roster.now_in(person_id), requests, overtaken))
        return await self.roster.carry_out(person_id, steps)

    def _carried_out_since(self, approved: Transfer) -> bool:
        """Whether another request about the student has been carried out since this one was approved."""
        decided = False
        for one in self.transfers.written:
            decided |= one.id == approved.id and one.verdict == approved.verdict
            other = one.id != approved.id and one.asked.person == approved.asked.person
            if decided and other and one.state is State.DONE:
                return True
        return False

    def classmates_teams(self, school: str) -> list[Team]:
        """The teams of the class for which this school asks."""
        return {"a": self.new, "b": self.old}.get(school, [])

    async def work(self, most: int = 60) -> None:
        """What is due now, as a worker does it."""
        for _ in range(most):
            claimed = await self.queue.claim(tuple(self.handlers), 1, LEASE)
            if not claimed:
                return
            await self._attempt(claimed[0])

    async def _attempt(self, task: Task) -> None:
        handler = self.handlers[task.kind]
        try:
            await attempt(handler, task)
        except TryAgain as later:
            await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
        except Killed:
            return  # its lease runs out
        except (DirectoryUnavailable, DirectoryBusy) as error:
            await self.queue.again(task, self.clock() + LEASE, type(error).__name__, failed=True)
        else:
            await self.queue.done(task)


class Machine(RuleBasedStateMachine):
    """`world` can be planted with a fault that must be found."""

    world_of: type[World] = World

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.world = self.world_of()
        self.presses = 0
        self.seen: dict[str, list[Transfer]] = {}
        self.moved_since: set[str] = set()
        self.discharged: set[str] = set()
        self.there_since: dict[str, datetime] = {}
        self.looked_at = 0

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        self.loop.close()

    @initialize(
        both=st.booleans(),
        days=st.sampled_from((0, 0, 1, 9)),
        begins=st.sampled_from(("asked", "approved", "halfway")),
        done=st.integers(0, 4),
    )
    def something_is_asked(self, both: bool, days: int, begins: str, done: int) -> None:
        for student in STUDENTS[: 1 + both]:
            self.asks(student=student, who=A, again=False)
        self.time_passes(hours=24 * days)
        for request in sorted(self.seen) if begins != "asked" else ():
            self.approves(request)
        if begins == "halfway":
            self.a_student_is_moved_elsewhere_halfway(done=done, school="c", hours=0.25)

    # What people do

    @rule(student=st.sampled_from(STUDENTS), who=st.sampled_from((A, B, TEACHER)), again=st.booleans())
    def asks(self, student: str, who: Actor, again: bool) -> None:
        self.presses += 1
        self.world.clock.move(seconds=1)  # nobody asks in the very moment of a decision
        wish = TransferWish(
            id=f"press-{self.presses}",
            person=student,
            school=who.school.id if who.school else "a",
            conversation="a:1",
            to_class="5 б" if who is B else "5 а",
            basis=Basis.APPLICATION,
            note="бележка",
        )
        answers = [self.run(self.world.request(who, wish)) for _ in range(1 + again)]
        answer = answers[-1]
        if isinstance(answer, Sent):
            assert who in {A, B}
            assert who.school == answer.transfer.asked.receiving
            self.seen.setdefault(answer.transfer.id, []).append(answer.transfer)

    @precondition(lambda self: self.seen)
    @rule(
        who=st.sampled_from(EVERYBODY),
        choice=st.sampled_from(Choice),
        pick=st.randoms(use_true_random=False),
        reason=st.sampled_from(("", "причина", "12345")),
        times=st.integers(1, 2),
        stale=st.booleans(),
        sensible=st.booleans(),
    )
    def decides(
        self, *, who: Actor, choice: Choice, pick: Any, reason: str, times: int, stale: bool, sensible: bool
    ) -> None:
        request = pick.choice(sorted(self.seen))
        if sensible:  # else most presses would be refused
            reason = "причина"
            actor, row = self.world.actors.actors[who.object_id], self.world.transfers.rows[request]
            offered = choices_of(actor, row, self.world.clock())
            choice = pick.choice(offered) if offered else choice
        if not stale:
            self.looks(request)
        shown = pick.choice(self.seen[request][-3:]) if stale else self.seen[request][-1]
        deed = Deed(request, shown.version, choice, reason)
        before = self.world.transfers.rows[request]
        outcomes = [self.run(self.world.decide(who, deed)) for _ in range(times)]
        assert sum(isinstance(one, Decided) for one in outcomes) <= 1
        if isinstance(outcomes[0], Decided):
            assert shown.version == before.version, "decided on what is not so any more"
            self._permitted(who, choice, before, reason)

    def _permitted(self, who: Actor, choice: Choice, before: Transfer, reason: str) -> None:
        """An oracle of its own: who may do what."""
        side = side_in(before, who)
        if choice is Choice.RETRY:
            assert before.state is State.NEEDS_ATTENTION
            assert before.verdict is not None
            old = self.world.clock() >= before.verdict.at + FORTNIGHT
            assert not old or side is not Side.RECEIVING, "on an approval that nobody remembers"
            assert not self.world._carried_out_since(before), "overtaken"
            return
        if choice is Choice.TAKE_BACK:
            assert before.state is State.NEEDS_ATTENTION
            assert before.verdict is not None
            own = before.verdict.as_ is Side.RELEASING and before.appeal is None
            assert side is Side.OFFICE or (side is Side.RELEASING and own)
            assert reason == "причина"
            return
        if choice is Choice.WITHDRAW:
            assert side is Side.RECEIVING
            assert before.state in OPEN | {State.NEEDS_ATTENTION}
            return
        if choice is Choice.APPEAL:
            assert who in {A, B}
            assert side is Side.RECEIVING
            assert before.state in {State.REFUSED, State.NOT_OURS}
            assert before.appeal is None, "once"
            assert before.verdict is not None
            assert before.verdict.as_ is Side.RELEASING, "the office's own refusal"
            assert reason == "причина"
            return
        assert before.state in OPEN
        appealed = before.state is State.ESCALATED and before.appeal is not None
        assert not (appealed and side is Side.RELEASING) or choice is Choice.APPROVE, "it refused already"
        assert side is not Side.RECEIVING
        assert choice is not Choice.RETURN or side is Side.OFFICE
        assert side is not Side.OFFICE or before.state is State.ESCALATED
        if (choice, side) != (Choice.APPROVE, Side.RELEASING):
            assert reason == "причина"

    @precondition(lambda self: self.seen)
    @rule(who=st.sampled_from(EVERYBODY), pick=st.randoms(use_true_random=False))
    def looks_as(self, who: Actor, pick: Any) -> None:
        answer = self.run(self.world.read.one(who, pick.choice(sorted(self.seen))))
        page = self.run(self.world.read.page(who, None, 0))
        if who in {TEACHER, ELSEWHERE}:
            assert isinstance(answer, NotSeen)
        if who in {EXPERT, ELSEWHERE}:
            assert not any(word in repr((answer, page)) + _deep(answer) + _deep(page) for word in SECRETS)

    @precondition(lambda self: self.seen)
    @rule(pick=st.randoms(use_true_random=False))
    def two_decide_at_the_same_moment(self, pick: Any) -> None:
        request = pick.choice(sorted(self.seen))
        self.looks(request)
        version = self.seen[request][-1].version
        withdraw, approve = (
            Deed(request, version, choice, "причина") for choice in (Choice.WITHDRAW, Choice.APPROVE)
        )

        async def both() -> list[Any]:
            asks, decides = self.directors(request)
            return list(await asyncio.gather(self.world.decide(asks, withdraw), self.world.decide(decides, approve)))

        assert sum(isinstance(one, Decided) for one in self.run(both())) <= 1

    @precondition(lambda self: self.seen)
    @rule(pick=st.randoms(use_true_random=False))
    def it_is_refused_and_brought_before_the_office_by_two_presses_at_once(self, pick: Any) -> None:
        request = pick.choice(sorted(self.seen))
        self.looks(request)
        refuse = Deed(request, self.seen[request][-1].version, Choice.REFUSE, "причина")
        asks, decides = self.directors(request)
        self.run(self.world.decide(decides, refuse))
        self.looks(request)
        appeal = Deed(request, self.seen[request][-1].version, Choice.APPEAL, "причина")

        async def both() -> list[Any]:
            return list(await asyncio.gather(*(self.world.decide(asks, appeal) for _ in range(2))))

        assert sum(isinstance(one, Decided) for one in self.run(both())) <= 1

    @precondition(lambda self: self.seen)
    @rule(pick=st.randoms(use_true_random=False))
    def it_is_approved_or_tried_again(self, pick: Any) -> None:
        self.approves(pick.choice(sorted(self.seen)))

    def approves(self, request: str) -> None:
        """The other school gives way, whatever the request stands for now."""
        self.looks(request)
        shown = self.seen[request][-1]
        choice = Choice.RETRY if shown.state is State.NEEDS_ATTENTION else Choice.APPROVE
        self.run(self.world.decide(self.directors(request)[1], Deed(request, shown.version, choice, "причина")))

    def directors(self, request: str) -> tuple[Actor, Actor]:
        """Who asked, and who is to decide. The third school's has nobody: then it is the other one, in vain."""
        return (B, A) if self.world.transfers.rows[request].asked.receiving.id == "b" else (A, B)

    @precondition(lambda self: self.seen)
    @rule(pick=st.randoms(use_true_random=False), hours=st.sampled_from((0, 1, 24)))
    def the_student_goes_back(self, pick: Any, hours: float) -> None:
        """The parents change their mind: as soon as it is done the school before asks, and is answered."""
        request = pick.choice(sorted(self.seen))
        self.approves(request)
        self.run(self.world.work())
        asks, decides = self.directors(request)
        known = set(self.seen)
        self.asks(student=self.world.transfers.rows[request].asked.person, who=decides, again=False)
        for back in set(self.seen) - known:
            self.approves(back)
        self.run(self.world.work())
        self.time_passes(hours=hours)
        self.looks(request)
        retry = Deed(request, self.seen[request][-1].version, Choice.RETRY, "")
        self.run(self.world.decide(asks, retry))
        self.run(self.world.work())

    @rule()
    def the_worker_works(self) -> None:
        self.run(self.world.work())

    def looks(self, request: str) -> None:
        self.seen[request].append(self.world.transfers.rows[request])

    # What else happens

    @rule(hours=st.sampled_from((0.02, 1, 5, 24, 72, 24 * 9)))
    def time_passes(self, hours: float) -> None:
        until = self.world.clock() + timedelta(hours=hours)
        for _ in range(40):
            due = self.world.queue.next_due()
            if due is None or due > until:
                break
            self.world.clock.now = max(self.world.clock.now, due)
            self.run(self.world.work())
            self.world.clock.now += timedelta(seconds=1)
        self.world.clock.now = max(self.world.clock.now, until)
        self.run(self.world.work())

    @rule(
        error=st.sampled_from(FAULTS), after=st.booleans(), only=st.sampled_from((None, 0)), times=st.integers(1, 4)
    )
    def graph_fails(self, error: Exception, after: bool, only: int | None, times: int) -> None:
        certain = isinstance(error, DirectoryUnavailable)
        self.world.roster.faults.extend([Fault(error, after and certain, only)] * times)

    @rule(lag=st.sampled_from((0, 1, 20, 3_600)))
    def reads_lag_behind(self, lag: int) -> None:
        self.world.roster.lag = timedelta(seconds=lag)

    @rule(
        student=st.sampled_from(STUDENTS),
        schools=st.sampled_from((("b",), ("b",), ("c",), ("a", "b"), ("b", "c"), (), ("a",))),
    )
    def somebody_else_moves_the_student(self, student: str, schools: tuple[str, ...]) -> None:
        self.world.roster.move(student, *schools)
        self.moved_since.add(student)
        if not schools:
            self.discharged.add(student)

    @precondition(lambda self: any(one.state in UNDER_WAY for one in self.world.transfers.rows.values()))
    @rule(done=st.integers(0, 4), school=st.sampled_from(("c", "c", "b")), hours=st.sampled_from((0.25, 0.02, 0)))
    def a_student_is_moved_elsewhere_halfway(self, done: int, school: str, hours: float) -> None:
        """Graph wants to be left alone after so many of the writes; meanwhile НЕИСПУО moves the student."""
        self.world.roster.faults.extend((*[None] * done, Fault(DirectoryBusy(2.0))))
        self.run(self.world.work())
        for one in self.world.transfers.rows.values():
            if one.state in UNDER_WAY:
                self.somebody_else_moves_the_student(student=one.asked.person, schools=(school,))
        self.time_passes(hours=hours)

    @precondition(lambda self: self.seen)
    @rule(reach=st.sampled_from(DeliveryState), pick=st.randoms(use_true_random=False))
    def the_director_is_told_or_not(self, reach: DeliveryState, pick: Any) -> None:
        note = Delivery(B.object_id, Side.RELEASING, reach, self.world.clock())
        self.run(self.world.transfers.delivered(pick.choice(sorted(self.seen)), (note,)))

    @rule(commits=st.integers(1, 4), when=st.sampled_from(("before", "after")))
    def the_worker_dies_at_a_commit(self, commits: int, when: str) -> None:
        left = [commits]

        def interrupt(_: str, moment: str) -> None:
            left[0] -= moment == when
            if left[0] == 0:
                raise Killed

        self.world.transfers.interrupt = interrupt
        try:
            self.run(self.world.work(5))
        finally:
            self.world.transfers.interrupt = None

    @rule()
    def every_finished_task_is_done_again(self) -> None:
        for row in self.world.queue.rows.values():
            if row.status == "done" and row.kind in self.world.handlers:
                row.status, row.run_at = "ready", self.world.clock()
                self.world.queue._waiting[row.id] = row
        self.run(self.world.work(40))

    # What must hold

    @invariant()
    def every_change_was_a_way_and_has_its_record(self) -> None:
        history: dict[str, list[Transfer]] = {}
        for version in self.world.transfers.written:
            history.setdefault(version.id, []).append(version)
        for versions in history.values():
            assert [one.version for one in versions] == list(range(1, len(versions) + 1))
            for before, after in pairwise(versions):
                same = before.state is after.state
                assert same or after.state in {to for (state, _), to in WAYS.items() if state is before.state}
                appealed = before.appeal is None and after.appeal is not None
                assert appealed or before.state not in CLOSED - {State.DONE}, "closed stays closed"
                assert before.appeal is None or after.appeal == before.appeal, "once, and it stays known"
                assert not appealed or after.state is State.ESCALATED
        recorded = [one.detail["version"] for one in self.world.audit.entries if "version" in one.detail]
        changes = sum(len(versions) for versions in history.values())
        assert len(recorded) == changes

    @invariant()
    def a_student_has_one_unfinished_request(self) -> None:
        open_ = [one.asked.person for one in self.world.transfers.rows.values() if one.state in UNFINISHED]
        assert len(open_) == len(set(open_))

    @invariant()
    def nothing_is_written_but_for_an_approval_that_stands_about_a_student_of_one_of_its_schools(self) -> None:
        """Looked at as it was at the moment of each write: who is at a third school is left there."""
        for write in self.world.writes:
            (request,) = write.requests
            assert request.state is State.CARRYING_OUT
            assert request.verdict is not None
            deciders = (one for one in EVERYBODY if side_in(request, one) in {Side.RELEASING, Side.OFFICE})
            assert request.verdict.by in {one.object_id for one in deciders}
            approvals = [
                one
                for one in self.world.transfers.written
                if one.id == request.id and one.state is State.APPROVED and one.verdict == request.verdict
            ]
            assert approvals
            schools = {request.asked.releasing.id, request.asked.receiving.id}
            assert not write.schools or schools & set(write.schools)
            assert not write.overtaken, "by a later request about the same student"
        self.world.writes.clear()

    @invariant()
    def nobody_is_left_in_no_school_by_us(self) -> None:
        for student in STUDENTS:
            if self.world.roster.now_in(student):
                self.discharged.discard(student)
            assert self.world.roster.now_in(student) or student in self.discharged

    @invariant()
    def done_is_what_reading_shows(self) -> None:
        """When it is written, whoever has moved the student before; and as long as nobody moves them after."""
        written = self.world.transfers.written
        ended = {one.asked.person for one in written[self.looked_at :] if one.state is State.DONE}
        self.looked_at = len(written)
        self.moved_since -= ended
        newest = {one.asked.person: one for one in written if one.state in {State.DONE, State.CARRYING_OUT}}
        for student, one in newest.items():
            if one.state is not State.DONE or student in self.moved_since:
                continue
            schools, asked = self.world.roster.now_in(student), one.asked
            assert asked.receiving.id in schools
            assert asked.releasing.id not in schools
            assert self.world.roster.people[student].state is AccountState.ACTIVE
            if one.remark is Remark.NONE:
                members = self.world.roster.members
                join, leave = map(self.world.classmates_teams, (asked.receiving.id, asked.releasing.id))
                assert all(student in members[team.id] for team in join)
                assert not any(student in members[team.id] for team in leave)

    @invariant()
    def who_waits_for_people_is_not_waited_for_when_the_student_has_arrived(self) -> None:
        """The bot looks in working hours, and ends it; nobody has to press anything."""
        now, there = self.world.clock(), set()
        for one in self.world.transfers.rows.values():
            schools = self.world.roster.now_in(one.asked.person)
            arrived = one.asked.receiving.id in schools and one.asked.releasing.id not in schools
            if one.state is State.NEEDS_ATTENTION and arrived:
                there.add(one.id)
                self.there_since.setdefault(one.id, now)
        self.there_since = {key: at for key, at in self.there_since.items() if key in there}
        for key, at in self.there_since.items():
            active = self.world.roster.people[self.world.transfers.rows[key].asked.person].state
            waits = self.world.calendar.is_open(now) and now - at > timedelta(days=3)
            assert not waits or active is not AccountState.ACTIVE

    @invariant()
    def whatever_waits_has_somebody_who_carries_it_on(self) -> None:
        live = {(row.kind, row.payload["transfer"]) for row in self.world.queue._waiting.values()}
        for one in self.world.transfers.rows.values():
            if one.state in OPEN or one.state is State.NEEDS_ATTENTION:
                assert (CLOCK, one.id) in live, one.state
            elif one.state in {State.APPROVED, State.CARRYING_OUT}:
                assert (CARRY_OUT, one.id) in live, one.state

    @invariant()
    def one_reminder_a_working_day_at_most(self) -> None:
        told = [row for row in self.world.queue.of(TELL) if row.payload["event"] == Event.REMINDED.value]
        days = [
            (row.payload["transfer"], self.world.calendar.day_of(datetime.fromisoformat(row.payload["at"])))
            for row in told
        ]
        assert len(days) == len(set(days))
        assert all(self.world.calendar.works(day) for _, day in days)

    @invariant()
    def a_release_begins_with_each_approval_and_ends_with_its_request_or_after_a_fortnight(self) -> None:
        until: dict[tuple[str, str], datetime | None] = {}
        states: dict[str, State] = {}
        for one in self.world.transfers.written:
            before, whose = states.get(one.id), (one.asked.person, one.asked.receiving.id)
            if one.state is State.APPROVED and before in OPEN:
                assert one.verdict is not None
                until[whose] = one.verdict.at + FORTNIGHT
            if one.state in CLOSED and before in UNDER_WAY:
                until[whose] = one.ended_at
            states[one.id] = one.state
        assert self.world.releases.until == until


def side_in(request: Transfer, who: Actor) -> Side | None:
    """In whose name somebody deals with a request."""
    asked = request.asked
    if who is EXPERT:
        return Side.OFFICE if asked.releasing.region == EXPERT.region else None
    school = {A: "a", B: "b", DEPUTY: "b"}.get(who)
    return {asked.receiving.id: Side.RECEIVING, asked.releasing.id: Side.RELEASING}.get(school or "")


def _deep(value: Any) -> str:
    """Everything in it, fields that repr leaves out too."""
    if hasattr(value, "__dataclass_fields__"):
        return "".join(_deep(getattr(value, name)) for name in value.__dataclass_fields__)
    if isinstance(value, (tuple, list)):
        return "".join(map(_deep, value))
    return str(value)


PROFILE = settings(
    max_examples=400,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


PLANTED = settings(PROFILE, max_examples=4_000, phases=(Phase.generate,), report_multiple_bugs=False)
"""One example is enough: nobody reads it."""


def test_whatever_they_do_in_whatever_order() -> None:
    run_state_machine_as_test(Machine, settings=settings(PROFILE, max_examples=80))


@pytest.mark.long
@pytest.mark.timeout(600)
def test_whatever_they_do_in_whatever_order_and_more_often() -> None:
    run_state_machine_as_test(Machine, settings=PROFILE)


class _NoGuard(FakeTransfers):
    async def change(self, before: Transfer, after: Transfer, kept: Kept) -> Transfer | None:
        return await super().change(self.rows[before.id], replace(after), kept)


class NoVersionGuard(World):
    """Whoever writes last wins."""

    def __init__(self) -> None:
        super().__init__()
        self.transfers.__class__ = _NoGuard


class AppealsForEver(World):
    """That it was brought before the office is not written down."""

    def __init__(self) -> None:
        super().__init__()
        self.transfers.__class__ = _Forgets


class _Forgets(FakeTransfers):
    def _commit(self, call: str, written: Transfer, kept: Kept) -> None:
        super()._commit(call, replace(written, appeal=None), kept)


class _NoClock(FakeTransfers):
    def _commit(self, call: str, written: Transfer, kept: Kept) -> None:
        tasks = tuple(task for task in kept.tasks if task.kind != CLOCK or task.key.endswith(":0"))
        super()._commit(call, written, replace(kept, tasks=tasks))


class ForgetsTheClock(World):
    """Of a request that was returned, or needs attention, nobody keeps the time."""

    def __init__(self) -> None:
        super().__init__()
        self.transfers.__class__ = _NoClock


class _Leaves(Roster):
    def _write(self, person_id: str, step: Step) -> StepOutcome:
        if step.kind is StepKind.JOIN_SCHOOL:
            self.people[person_id] = replace(self.people[person_id], schools=())
            return StepOutcome(step)
        return super()._write(person_id, step)


class LeavesFirst(World):
    """The old school is left before the new one is joined."""

    def __init__(self) -> None:
        super().__init__()
        self.roster.__class__ = _Leaves


class AnybodyDecides(World):
    """The teacher passes for the director of the other school."""

    def __init__(self) -> None:
        super().__init__()
        self.actors.actors[TEACHER.object_id] = replace(TEACHER, deputy_of=SCHOOLS["b"])


class RetriesTheOvertaken(World):
    """Of a request nobody asks whether a later one was carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.transfers.__class__ = _OnlyOne


class _OnlyOne(FakeTransfers):
    def _overtaken(self, done: Transfer) -> bool:
        return False


class KeepsTheRelease(World):
    """Who withdraws a request, or takes an approval back, leaves the student released."""

    def __init__(self) -> None:
        super().__init__()
        self.transfers.__class__ = _EndsNone


class _EndsNone(FakeTransfers):
    def _commit(self, call: str, written: Transfer, kept: Kept) -> None:
        ended = written.state in {State.WITHDRAWN, State.REFUSED}
        super()._commit(call, written, replace(kept, release=None) if ended else kept)


class NeverLooksAgain(World):
    """Whether somebody else has moved the student is not looked at while people are to look."""

    def __init__(self) -> None:
        super().__init__()
        self.roster.__class__ = _Unread


class _Unread(Roster):
    async def schools_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return {}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "planted",
    [
        NoVersionGuard,
        pytest.param(ForgetsTheClock, marks=pytest.mark.long),
        LeavesFirst,
        AnybodyDecides,
        AppealsForEver,
        RetriesTheOvertaken,
        KeepsTheRelease,
        pytest.param(NeverLooksAgain, marks=pytest.mark.long),
    ],
)
def test_it_finds_what_was_planted(planted: type[World]) -> None:
    machine = type("Planted", (Machine,), {"world_of": planted})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=PLANTED)
