"""The promises of `bot.core.transfers.ports.Transfers`."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.core.actors.deputies import Deputy
from bot.core.actors.ports import Deputies
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import StoreUnavailable
from bot.core.people.free_text import FreeText
from bot.core.people.model import School
from bot.core.tasks import NewTask, TaskLost, TaskQueue
from bot.core.transfers.limits import Past
from bot.core.transfers.model import (
    Appeal,
    Asked,
    Basis,
    Deadlines,
    Group,
    Problem,
    Remark,
    Side,
    State,
    Step,
    StepKind,
    Transfer,
    Verdict,
)
from bot.core.transfers.ports import Kept, Released, Transfers
from bot.core.transfers.told import Delivery, DeliveryState
from tests.fakes_transfers import anybody, unlimited
from tests.promises.store import NOW, TASK_LEASE, Clock, Unwritable

OURS = School("school-1", "2990001", "СУ „Измислено“", "Пловдив", "Пловдив")
THEIRS = School("school-2", "2990002", "ОУ „Друго“", "Варна", "Варна")
THIRD = School("school-3", "2990003", "ПГ „Трето“", "Видин", "Видин")
DAY = timedelta(days=1)


@dataclass
class TransferStore:
    """One implementation, empty, at `NOW`. `entries` gives the whole audit log; `released_by` asks the releases."""

    transfers: Transfers
    queue: TaskQueue
    clock: Clock
    entries: Callable[[], Awaitable[list[AuditEntry]]]
    released_by: Callable[[str, str, datetime], Awaitable[str | None]]
    deputies: Deputies

    async def submit(self, id_: str = "transfer-1", state: State = State.REQUESTED, **changes: Any) -> Transfer:
        asked = asked_for(id_, **changes)
        written = await self.transfers.submit(asked, deadlines(asked.at), state, kept_at_first, unlimited)
        assert isinstance(written, Transfer)
        return written

    async def change(self, before: Transfer, kept: Kept | None = None, **changes: Any) -> Transfer:
        after = await self.transfers.change(before, replace(before, **changes), kept or Kept())
        assert after is not None
        return after

    async def done(self, id_: str, **changes: Any) -> Transfer:
        """Carried out a day after it was asked for."""
        new = await self.submit(id_, **changes)
        at = new.asked.at + DAY
        return await self.change(new, state=State.DONE, verdict=verdict(at=at), started_at=at, ended_at=at)

    async def task(self, key: str = "work") -> Any:
        await self.queue.add([NewTask("work", key, NOW)])
        (task,) = await self.queue.claim(["work"], 1, TASK_LEASE)
        return task


def asked_for(id_: str, **changes: Any) -> Asked:
    given = Asked(
        id=id_,
        at=NOW,
        actor="director-1",
        actor_name="Директор Едно Първи",
        tenant="tenant",
        conversation="a:1",
        receiving=OURS,
        releasing=THEIRS,
        person="person-1",
        name="Рада Вихрова Преместена",
        username="rv02048110@edu.mon.bg",
        class_="5 б",
        masked="••••••••46",
        to_class="5 а",
        basis=Basis.OTHER,
        basis_text=FreeText("по молба"),
        certificate=FreeText("17/2026"),
        certificate_date=date(2026, 9, 14),
        note=FreeText("Моля, колега."),
    )
    return replace(given, **changes)


def deadlines(at: datetime) -> Deadlines:
    return Deadlines(at + DAY, at + 3 * DAY, at + 5 * DAY, at + 30 * DAY)


def entry(action: str, **detail: str) -> AuditEntry:
    return AuditEntry(NOW, "director-1", action, "person-1", "done", detail)


def kept_at_first(transfer: Transfer) -> Kept:
    return Kept(
        entries=(entry("requested", number=str(transfer.number)),),
        tasks=(NewTask("tell", transfer.id, NOW, {"transfer": transfer.id}),),
    )


def verdict(**changes: Any) -> Verdict:
    words = FreeText("причина"), FreeText("някъде")
    given = Verdict("director-2", "Директор Две Втори", Side.RELEASING, NOW + DAY, *words)
    return replace(given, **changes)


def done_by(transfer: Transfer) -> dict[str, Any]:
    return {"verdict": verdict(), "ended_at": transfer.asked.at + DAY}


def appeal(against: State, **changes: Any) -> Appeal:
    given = Appeal("director-1", "Директор Едно Първи", NOW + DAY, against, FreeText("Ученикът е записан при нас."))
    return replace(given, **changes)


def before_the_office(against: State, **changes: Any) -> dict[str, Any]:
    return {"state": State.ESCALATED, "appeal": appeal(against, **changes), "ended_at": None}


def authority(**changes: Any) -> Deputy:
    given = Deputy(
        school=THEIRS.id,
        person="deputy",
        name="Вера Вълева Вачева",
        order=FreeText("РД-1"),
        order_date=date(2026, 9, 14),
        given_by="director-2",
        since=NOW,
        until=NOW + 9 * DAY,
    )
    return replace(given, **changes)


class TransfersPromises:
    async def test_a_request_is_kept_as_it_was_asked(self, store: TransferStore):
        new = await store.submit()

        assert new == Transfer(asked_for("transfer-1"), new.number, State.REQUESTED, 1, deadlines(NOW))
        assert await store.transfers.one("transfer-1") == new
        assert await store.transfers.unfinished_of("person-1") == new
        assert await store.transfers.one("other") is None
        assert [one.action for one in await store.entries()] == ["requested"]
        (task,) = await store.queue.claim(["tell"], 9, TASK_LEASE)
        assert task.payload == {"transfer": "transfer-1"}

    async def test_the_same_press_asks_once(self, store: TransferStore):
        first = await store.submit()
        changed = await store.change(first, state=State.REMINDED)

        assert await store.submit(note="друго") == changed
        assert len(await store.entries()) == 1

    async def test_a_student_has_one_unfinished_request(self, store: TransferStore):
        first = await store.submit()
        for state in (State.REMINDED, State.OVERDUE, State.ESCALATED):
            first = await store.change(first, state=state)
            assert await store.submit("transfer-2", actor="director-3", receiving=THIRD) == first
        assert await store.transfers.one("transfer-2") is None
        await store.change(first, state=State.REFUSED, **done_by(first))

        second = await store.submit("transfer-2")
        assert (second.id, second.number > first.number) == ("transfer-2", True)
        assert await store.transfers.unfinished_of("person-1") == second

    async def test_several_ask_for_one_student_at_once_and_one_is_written(self, store: TransferStore):
        found = await asyncio.gather(*(store.submit(f"transfer-{number}") for number in range(8)))

        assert len({one.id for one in found}) == 1
        assert len(await store.entries()) == 1

    async def test_a_judge_sees_what_this_school_has_asked_within_a_week(self, store: TransferStore):
        ages = {"old": timedelta(days=7), "week": timedelta(days=6), "day": timedelta(hours=3)}
        for id_, age in ages.items():
            await store.submit(id_, person=id_, at=NOW - age)
        await store.submit("theirs", person="other", receiving=THIRD)
        other_pair = await store.submit("pair", person="person-1", actor="colleague", releasing=THIRD)
        await store.change(other_pair, state=State.WITHDRAWN, **done_by(other_pair))
        seen: list[Past] = []

        def judge(past: Past) -> Decision:
            seen.append(past)
            return Decision(Reason.ASKED_OFTEN, NOW + DAY)

        asked = asked_for("new")
        denied = await store.transfers.submit(asked, deadlines(NOW), State.REQUESTED, kept_at_first, judge)

        moments = (NOW - ages["week"], NOW - ages["day"])
        assert seen == [Past(moments, moments, (NOW,), NOW + DAY)]
        assert denied == Decision(Reason.ASKED_OFTEN, NOW + DAY)
        assert await store.transfers.one("new") is None
        assert (
            await store.transfers.past("director-1", "person-1", receiving=OURS.id, releasing=THEIRS.id, now=NOW)
            == seen[0]
        )

    async def test_a_press_that_was_written_is_not_judged_again(self, store: TransferStore):
        first = await store.submit()

        def never(past: Past) -> Decision:
            raise AssertionError(past)

        again = await store.transfers.submit(first.asked, deadlines(NOW), State.REQUESTED, kept_at_first, never)
        assert again == first

    async def test_numbers_differ_and_grow(self, store: TransferStore):
        numbers = [(await store.submit(f"t{number}", person=f"p{number}")).number for number in range(5)]
        assert numbers == sorted(set(numbers))

    async def test_every_part_that_changes_is_written(self, store: TransferStore):
        new = await store.submit()
        approved = await store.change(
            new,
            Kept(release=Released("person-1", "school-1", NOW + 10 * DAY)),
            state=State.APPROVED,
            verdict=verdict(),
            started_at=NOW + DAY,
            last_reminded_at=NOW + DAY,
            returned=2,
            deadlines=deadlines(NOW + DAY),
            remark=Remark.CLASS_GONE,
        )
        assert approved.version == 2
        assert (approved.verdict, approved.returned, approved.remark) == (verdict(), 2, Remark.CLASS_GONE)
        assert approved.deadlines == deadlines(NOW + DAY)
        assert await store.transfers.one(new.id) == approved
        assert await store.released_by("person-1", "school-1", NOW + 2 * DAY) == approved.asked.releasing.id
        looked = await store.change(approved, state=State.NEEDS_ATTENTION, problem=Problem.UNDONE)
        assert (looked.problem, looked.version) == (Problem.UNDONE, 3)
        ended = await store.change(
            looked,
            Kept(release=Released("person-1", "school-1", NOW + 2 * DAY)),
            state=State.EXPIRED,
            problem=None,
            ended_at=NOW + 3 * DAY,
        )
        assert ended.ended_at == NOW + 3 * DAY
        assert not await store.released_by("person-1", "school-1", NOW + 2 * DAY)

    async def test_who_saw_an_older_version_changes_nothing(self, store: TransferStore):
        new = await store.submit()
        changed = await store.change(new, state=State.REMINDED)
        late = Kept((entry("late"),), (NewTask("late", "x", NOW),), Released("person-1", "school-1", NOW + DAY))

        assert await store.transfers.change(new, replace(new, state=State.WITHDRAWN, **done_by(new)), late) is None
        assert await store.transfers.one(new.id) == changed
        assert [one.action for one in await store.entries()] == ["requested"]
        assert await store.queue.claim(["late"], 9, TASK_LEASE) == ()
        assert not await store.released_by("person-1", "school-1", NOW + 2 * DAY)

    async def test_of_many_who_decide_at_once_one_does(self, store: TransferStore):
        new = await store.submit()
        ends = (State.REFUSED, State.NOT_OURS, State.WITHDRAWN, State.STALE)
        wanted = [replace(new, state=ends[number % 4], **done_by(new)) for number in range(12)]
        kept = [Kept((entry(f"decided-{number}"),)) for number in range(12)]

        done = await asyncio.gather(*map(store.transfers.change, [new] * 12, wanted, kept))

        (won,) = [one for one in done if one is not None]
        assert await store.transfers.one(new.id) == won
        assert len(await store.entries()) == 2

    async def test_a_refusal_before_the_office_is_kept_with_what_is_said_against_it(self, store: TransferStore):
        new = await store.submit()
        for state in (State.REFUSED, State.NOT_OURS):
            refused = await store.change(new, state=state, **done_by(new))
            appealed = await store.change(refused, **before_the_office(state))
            assert (appealed.state, appealed.appeal, appealed.ended_at) == (State.ESCALATED, appeal(state), None)
            assert appealed.verdict == verdict()
            assert await store.transfers.one(new.id) == appealed
            assert await store.transfers.unfinished_of("person-1") == appealed
            assert [one.id for one in await store.transfers.page(Group.OFFICE, region="Варна")] == [new.id]
            by_office = verdict(as_=Side.OFFICE, by="expert")
            new = await store.change(appealed, state=State.REQUESTED, verdict=by_office, returned=2)
            assert (new.appeal, new.verdict) == (appeal(state), by_office)

    async def test_of_many_who_bring_a_refusal_before_the_office_one_does(self, store: TransferStore):
        new = await store.submit()
        refused = await store.change(new, state=State.REFUSED, **done_by(new))
        wanted = [
            replace(refused, **before_the_office(State.REFUSED, reason=FreeText(f"пресата {n}"))) for n in range(12)
        ]
        kept = [Kept((entry("appealed"),), (NewTask("clock", "t:1", NOW),)) for _ in wanted]

        done = await asyncio.gather(*map(store.transfers.change, [refused] * 12, wanted, kept))

        (won,) = [one for one in done if one is not None]
        assert await store.transfers.one(new.id) == won
        assert [one.action for one in await store.entries()] == ["requested", "appealed"]
        assert len(await store.queue.claim(["clock"], 9, TASK_LEASE)) == 1

    async def test_what_was_closed_is_not_opened_beside_a_newer_request(self, store: TransferStore):
        first = await store.submit()
        refused = await store.change(first, state=State.REFUSED, **done_by(first))
        second = await store.submit("transfer-2", actor="director-3", receiving=THIRD)
        kept = Kept((entry("appealed"),), (NewTask("clock", "t:1", NOW),))
        reopened = replace(refused, **before_the_office(State.REFUSED))

        assert await store.transfers.change(refused, reopened, kept) is None
        assert await store.transfers.one(first.id) == refused
        assert "appealed" not in [one.action for one in await store.entries()]
        assert await store.queue.claim(["clock"], 9, TASK_LEASE) == ()
        await store.change(second, state=State.WITHDRAWN, **done_by(second))
        assert await store.transfers.change(refused, reopened, kept) is not None

    async def test_a_refusal_brought_before_the_office_and_a_new_request_at_once_leave_one(
        self, store: TransferStore
    ):
        for number in range(6):
            first = await store.submit(f"old-{number}", person=f"p{number}")
            refused = await store.change(first, state=State.REFUSED, **done_by(first))
            reopened = replace(refused, **before_the_office(State.REFUSED))
            asked, done = await asyncio.gather(
                store.submit(f"new-{number}", person=f"p{number}"),
                store.transfers.change(refused, reopened, Kept((entry(f"appealed-{number}"),))),
            )
            assert (asked.id == first.id) is (done is not None)

    async def test_a_request_is_overtaken_once_a_later_one_about_the_student_was_approved_and_has_ended(
        self, store: TransferStore
    ):
        overtaken = store.transfers.overtaken
        done = await store.done("there")
        assert not await overtaken(done)

        async def later(id_: str, days: int, *, approved: bool, **changes: Any) -> Transfer:
            """There and back: a later request, from the new school or to it, that ended so many days after."""
            back = {"receiving": THEIRS, "releasing": OURS} | changes
            new = await store.submit(id_, at=NOW + days * DAY, **back)
            at = NOW + days * DAY
            decided: dict[str, Any] = {"verdict": verdict(at=at), "ended_at": at}
            if not approved:
                return await store.change(new, state=State.REFUSED, **decided)
            return await store.change(new, state=State.DONE, started_at=at, **decided)

        await later("refused", 2, approved=False)
        await later("before", 0, approved=True)
        await later("other", 2, approved=True, person="person-2")
        await later("elsewhere", 2, approved=True, receiving=THIRD, releasing=replace(THIRD, id="school-4"))
        assert not await overtaken(done)
        back = await later("back", 2, approved=True)
        assert await overtaken(done)
        assert not await overtaken(back)
        on = await later("on", 3, approved=True, receiving=THIRD, releasing=OURS)
        assert [await overtaken(one) for one in (done, back, on)] == [True, True, False]

    async def test_what_was_done_and_overtaken_is_not_opened_again(self, store: TransferStore):
        done = await store.done("there")
        reopened = replace(done, state=State.NEEDS_ATTENTION, problem=Problem.UNDONE, ended_at=None)
        back = await store.done("back", at=NOW + 2 * DAY, receiving=THEIRS, releasing=OURS)
        kept = Kept((entry("undone"),), (NewTask("clock", "t:1", NOW),))

        assert await store.transfers.change(done, reopened, kept) is None
        assert await store.transfers.one(done.id) == done
        assert await store.queue.claim(["clock"], 9, TASK_LEASE) == ()
        undone = replace(back, state=State.NEEDS_ATTENTION, problem=Problem.UNDONE, ended_at=None)
        assert await store.transfers.change(back, undone, Kept()) is not None

    async def test_a_deputy_changes_a_request_while_the_authority_holds(self, store: TransferStore):
        seen: list[Sequence[Deputy]] = []

        def judge(held: Sequence[Deputy]) -> Decision:
            seen.append(held)
            holds = any(one.since <= store.clock.now < one.until for one in held)
            return ALLOWED if holds else Decision(Reason.NO_REQUEST)

        new = await store.submit()
        refused = replace(new, state=State.REFUSED, **done_by(new))
        kept = Kept((entry("decided"),), (NewTask("tell", "t:1", NOW),))

        async def presses() -> Transfer | Decision | None:
            return await store.transfers.change_by_deputy(new, refused, kept, "deputy", judge)

        given = authority()
        assert await presses() == Decision(Reason.NO_REQUEST)
        await store.deputies.authorise(replace(given, person="another"), (), anybody)
        await store.deputies.authorise(given, (), anybody)
        store.clock.now += DAY
        await store.deputies.end(THEIRS.id, "deputy", store.clock.now, ())
        assert await presses() == Decision(Reason.NO_REQUEST)
        assert await store.transfers.one(new.id) == new
        assert [one.action for one in await store.entries()] == ["requested"]
        again = replace(given, since=store.clock.now)
        await store.deputies.authorise(again, (), anybody)

        done = await presses()

        assert isinstance(done, Transfer)
        assert (done.state, await presses()) == (State.REFUSED, None)
        assert [len(held) for held in seen] == [0, 1, 2, 2]
        assert again in seen[-1]
        assert all(one.person == "deputy" for one in seen[-1])
        other = replace(refused, asked=replace(new.asked, person="person-2"))
        with pytest.raises(ValueError, match="asked"):
            await store.transfers.change_by_deputy(new, other, kept, "deputy", judge)

    async def test_an_authority_that_ends_at_the_moment_of_the_press_holds_or_is_over(self, store: TransferStore):
        for number in range(6):
            new = await store.submit(f"t{number}", person=f"p{number}")
            deputy = f"deputy-{number}"
            await store.deputies.authorise(authority(person=deputy), (), anybody)
            now = NOW + DAY
            refused = replace(new, state=State.REFUSED, **done_by(new))

            def judge(held: Sequence[Deputy], now: datetime = now) -> Decision:
                return ALLOWED if any(now < one.until for one in held) else Decision(Reason.NO_REQUEST)

            done, ended = await asyncio.gather(
                store.transfers.change_by_deputy(new, refused, Kept((entry("decided"),)), deputy, judge),
                store.deputies.end(THEIRS.id, deputy, now, (entry("ended"),)),
            )
            assert ended
            word = "decided" if isinstance(done, Transfer) else "ended"
            pair = [one.action for one in await store.entries() if one.action in {"decided", "ended"}][-2:]
            assert pair == ["decided", "ended"] if word == "decided" else pair[-1] == "ended"

    async def test_what_was_asked_does_not_change(self, store: TransferStore):
        new = await store.submit()
        other = replace(new, asked=replace(new.asked, person="person-2"))
        with pytest.raises(ValueError, match="asked"):
            await store.transfers.change(new, other, Kept())

    async def test_a_change_is_fenced_by_its_task(self, store: TransferStore):
        new = await store.submit()
        task = await store.task()
        store.clock.now += TASK_LEASE
        (newer,) = await store.queue.claim(["work"], 1, TASK_LEASE)

        with pytest.raises(TaskLost):
            await store.transfers.change(
                new, replace(new, state=State.REMINDED), Kept((entry("lost"),), task=task, finishes=True)
            )
        assert await store.transfers.one(new.id) == new
        assert len(await store.entries()) == 1
        changed = await store.change(new, Kept(task=newer), state=State.REMINDED)
        await store.change(changed, Kept(task=newer, finishes=True), state=State.OVERDUE)
        store.clock.now += 2 * TASK_LEASE
        assert await store.queue.claim(["work"], 1, TASK_LEASE) == ()

    async def test_steps_are_recorded_once_in_their_order(self, store: TransferStore):
        new = await store.submit()
        steps = (
            Step(StepKind.JOIN_SCHOOL, "school-1"),
            Step(StepKind.JOIN_TEAM, "team-1"),
            Step(StepKind.JOIN_TEAM, "team-2"),
            Step(StepKind.LEAVE_TEAM, "team-1"),
        )
        task = await store.task()
        await store.change(
            new, Kept(steps=steps, task=task), state=State.CARRYING_OUT, verdict=verdict(), started_at=NOW
        )
        assert await store.transfers.steps(new.id) == steps
        await store.transfers.record(task, new.id, steps[1:2], NOW + DAY)
        await store.transfers.record(task, new.id, (*steps[:2], Step(StepKind.ENABLE, "nobody")), NOW + 2 * DAY)

        first, second, third, fourth = await store.transfers.steps(new.id)
        assert (first.done_at, second.done_at) == (NOW + 2 * DAY, NOW + DAY)
        assert (third.done_at, fourth.done_at) == (None, None)
        assert await store.transfers.steps("other") == ()

    async def test_a_worker_that_lost_its_task_records_nothing(self, store: TransferStore):
        new = await store.submit()
        steps = (Step(StepKind.JOIN_SCHOOL, "school-1"),)
        task = await store.task()
        await store.change(
            new, Kept(steps=steps, task=task), state=State.CARRYING_OUT, verdict=verdict(), started_at=NOW
        )
        store.clock.now += TASK_LEASE
        await store.queue.claim(["work"], 1, TASK_LEASE)

        with pytest.raises(TaskLost):
            await store.transfers.record(task, new.id, steps, NOW)
        assert await store.transfers.steps(new.id) == steps

    async def test_a_new_plan_takes_the_place_of_the_old_one(self, store: TransferStore):
        new = await store.submit()
        old = (Step(StepKind.JOIN_SCHOOL, "school-1"), Step(StepKind.JOIN_TEAM, "team-1"))
        more = {"verdict": verdict(), "started_at": NOW}
        changed = await store.change(new, Kept(steps=old), state=State.CARRYING_OUT, **more)
        await store.change(changed, Kept(steps=old[:1]))
        assert await store.transfers.steps(new.id) == old[:1]

    async def test_each_school_has_its_lists_and_no_other(self, store: TransferStore):
        sent = await store.submit("a", person="p1")
        back = await store.submit("b", person="p2", receiving=THEIRS, releasing=OURS)
        other = await store.submit("c", person="p3", receiving=THIRD, releasing=THEIRS)
        over = await store.submit("d", person="p4")
        over = await store.change(over, state=State.STALE, ended_at=NOW + DAY)

        async def listed(group: Group, school: str) -> list[str]:
            return [one.id for one in await store.transfers.page(group, school=school)]

        assert await listed(Group.SENT, OURS.id) == [sent.id]
        assert await listed(Group.RECEIVED, OURS.id) == [back.id]
        assert await listed(Group.RECEIVED, THEIRS.id) == [sent.id, other.id]
        assert await listed(Group.CLOSED, THEIRS.id) == [over.id]
        assert await listed(Group.CLOSED, THIRD.id) == []
        assert dict(await store.transfers.counts(school=THEIRS.id)) == {
            Group.SENT: 1, Group.RECEIVED: 2, Group.CLOSED: 1,
        }  # fmt: skip

    async def test_lists_come_in_pages_the_longest_due_first_and_the_newest_closed_first(self, store: TransferStore):
        for number in range(7):
            at = NOW - timedelta(hours=number)
            new = await store.submit(f"t{number}", person=f"p{number}", at=at)
            if number % 2:
                await store.change(new, state=State.STALE, ended_at=NOW + timedelta(hours=number))

        async def ids(group: Group, after: int, most: int) -> list[str]:
            page = await store.transfers.page(group, school=OURS.id, after=after, most=most)
            return [one.id for one in page]

        assert await ids(Group.SENT, 0, 3) == ["t6", "t4", "t2"]
        assert await ids(Group.SENT, 3, 3) == ["t0"]
        assert await ids(Group.CLOSED, 0, 2) == ["t5", "t3"]
        assert await ids(Group.CLOSED, 2, 2) == ["t1"]

    async def test_an_office_has_what_is_late_in_its_region(self, store: TransferStore):
        states = (State.NEEDS_ATTENTION, State.OVERDUE, State.ESCALATED, State.REMINDED)
        for number, state in enumerate(states):
            new = await store.submit(f"t{number}", person=f"p{number}")
            decided: dict[str, Any] = (
                {"verdict": verdict(), "started_at": NOW} if state is State.NEEDS_ATTENTION else {}
            )
            await store.change(new, state=state, problem=Problem.UNDONE if decided else None, **decided)
        await store.submit("elsewhere", State.ESCALATED, person="p9", releasing=THIRD)

        page = await store.transfers.page(Group.OFFICE, region="Варна")
        assert [one.id for one in page] == ["t2", "t1", "t0"]
        assert dict(await store.transfers.counts(region="Варна")) == {Group.OFFICE: 3}
        late = {State.NEEDS_ATTENTION: 1, State.OVERDUE: 1, State.ESCALATED: 1}
        assert dict(await store.transfers.states("област Варна")) == late
        assert dict(await store.transfers.states("Русе")) == {}
        assert dict(await store.transfers.counts(region="Видин")) == {Group.OFFICE: 1}
        assert dict(await store.transfers.counts(region="ОБЛАСТ  ВАРНА")) == {Group.OFFICE: 3}

    async def test_earlier_requests_are_those_between_the_same_schools(self, store: TransferStore):
        for number in range(4):
            at = NOW - number * DAY
            await store.submit(f"t{number}", person=f"p{number}", at=at)
        await store.submit("other-way", person="p5", receiving=THEIRS, releasing=OURS)
        await store.submit("third", person="p6", receiving=THIRD)
        mine = await store.submit("mine", person="p7")

        found = await store.transfers.earlier(mine, NOW - 2 * DAY, 9)
        assert [one.id for one in found] == ["t2", "t1", "t0"]
        assert len(await store.transfers.earlier(mine, NOW - 9 * DAY, 2)) == 2

    async def test_the_newest_note_of_a_delivery_counts(self, store: TransferStore):
        new = await store.submit()
        one = Delivery("director-2", Side.RELEASING, DeliveryState.NOT_INSTALLED, NOW)
        other = Delivery("director-1", Side.RECEIVING, DeliveryState.REACHED, NOW)
        await store.transfers.delivered(new.id, (one, other))
        await store.transfers.delivered(new.id, ())
        later = replace(one, reach=DeliveryState.REACHED, at=NOW + DAY)
        await store.transfers.delivered(new.id, (later,))

        assert set(await store.transfers.deliveries(new.id)) == {later, other}
        assert await store.transfers.deliveries("other") == ()

    async def test_whoever_decides_was_told_of_the_requests_to_their_school(self, store: TransferStore):
        first, second, third = [await store.submit(f"r{number}", person=f"p{number}") for number in range(3)]
        reached = Delivery("deputy", Side.RELEASING, DeliveryState.REACHED, NOW)
        for one in (first, second):
            await store.transfers.delivered(one.id, (reached, replace(reached, person="another")))
        await store.transfers.delivered(third.id, (replace(reached, side=Side.RECEIVING),))
        school = first.asked.releasing.id

        assert await store.transfers.told_for(school, "deputy") == (second.id, first.id)
        assert await store.transfers.told_for(school, "nobody") == ()
        assert await store.transfers.told_for(first.asked.receiving.id, "deputy") == ()

    async def test_what_is_noted_and_who_is_told_of_it_are_kept_together(self, store: TransferStore):
        news = NewTask("work", "told", NOW, {"transfer": "transfer-1"})
        await store.transfers.note((entry("transfer.opened"),), (news,))

        assert [one.action for one in await store.entries()] == ["transfer.opened"]
        (task,) = await store.queue.claim(["work"], 1, TASK_LEASE)
        assert (task.key, task.payload) == ("told", news.payload)

    async def test_what_cannot_be_noted_is_told_nobody(self, store: TransferStore):
        with pytest.raises(StoreUnavailable):
            await store.transfers.note(Unwritable(), (NewTask("work", "told", NOW),))

        assert await store.entries() == []
        assert await store.queue.claim(["work"], 1, TASK_LEASE) == ()

    async def test_a_delivery_and_who_is_told_of_it_are_kept_together(self, store: TransferStore):
        new = await store.submit()
        one = Delivery("director-2", Side.RELEASING, DeliveryState.REACHED, NOW)
        await store.transfers.delivered(new.id, (one,), (NewTask("work", "told", NOW),))

        assert await store.transfers.deliveries(new.id) == (one,)
        (task,) = await store.queue.claim(["work"], 1, TASK_LEASE)
        assert task.key == "told"
