"""Somebody decides about a request: approves, refuses, says it is not theirs, returns, withdraws, tries again, takes
an approval back; or brings a refusal before the regional office.

One transaction per decision, guarded by the request's version: of several who press at once one decides, and the
others are told who did and when. Of a deputy the authority is judged in the same transaction.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.core.actors.deputies import Deputy
from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry, AuditLog
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.free_text import NO_WORDS, free_text
from bot.core.tasks import NewTask
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.finish import ended_release
from bot.core.transfers.model import (
    CARRY_OUT,
    CLOCK,
    LONGEST_REASON,
    Appeal,
    Clocks,
    Deadlines,
    Event,
    Side,
    State,
    Transfer,
    Verdict,
)
from bot.core.transfers.plan import closed_as_moved
from bot.core.transfers.policy import (
    ACTS,
    RELEASED_FOR,
    Choice,
    acts_for,
    as_seen_by,
    has_moved,
    may_do,
    side_of,
)
from bot.core.transfers.ports import Kept, Placements, Released, Transfers
from bot.core.transfers.record import (
    appealed_entry,
    changed_entry,
    decided_entry,
    denied_entry,
    retried_entry,
)
from bot.core.transfers.states import after
from bot.core.transfers.told import tell

AHEAD = timedelta(hours=1)
"""The longest due task is claimed first: what a person waits for counts as due before what nobody does."""

MOST_AT_ONCE = 10

_EVENTS = {
    Choice.APPROVE: Event.APPROVED,
    Choice.REFUSE: Event.REFUSED,
    Choice.NOT_OURS: Event.NOT_OURS,
    Choice.RETURN: Event.RETURNED,
    Choice.WITHDRAW: Event.WITHDRAWN,
    Choice.RETRY: Event.RETRIED,
    Choice.TAKE_BACK: Event.REFUSED,
    Choice.APPEAL: Event.APPEALED,
}

_ENDS = frozenset({State.REFUSED, State.NOT_OURS, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Decided:
    """It is done; `transfer` as it is now, as this side may see it."""

    transfer: SeenTransfer
    side: Side


@dataclass(frozen=True, slots=True)
class TooLate:
    """Nothing was done: somebody has decided, it is over, or it has changed since the card was made."""

    transfer: SeenTransfer
    side: Side
    reason: Reason


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Not permitted. With a request, it may be shown to the actor beside the reason."""

    decision: Decision
    transfer: SeenTransfer | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class MayBeDone:
    """It could be done now; nothing was written. `transfer` as this side may see it."""

    transfer: SeenTransfer
    side: Side


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody wants done with which request. `version` is that of the card it was decided on."""

    transfer_id: str
    version: int
    choice: Choice
    reason: str = field(default="", repr=False)
    where: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTransfer:
    """Reads the request, the actor and (to approve) the student again at the moment of the press."""

    actors: FreshActors
    placements: Placements
    transfers: Transfers
    audit: AuditLog
    calendar: WorkCalendar
    clock: Clock
    clocks: Clocks

    async def check(self, actor: Actor, deed: Deed) -> MayBeDone | TooLate | NotDecided:
        """Whether it could be done, the words it needs aside; the version does not count. Nothing is written, unless
        the student turns out to have moved.

        Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        judged = await self._judged(actor, deed, reason=deed.reason or "?a", any_version=True)
        if isinstance(judged, TooLate | NotDecided):
            return judged
        _, transfer, side = judged
        return MayBeDone(as_seen_by(side, transfer), side)

    async def __call__(self, actor: Actor, deed: Deed) -> Decided | TooLate | NotDecided:
        """Does it. Refusals are in the audit log. Errors: as above."""
        judged = await self._judged(actor, deed, reason=deed.reason, any_version=False)
        if isinstance(judged, TooLate):
            return judged
        if isinstance(judged, NotDecided):
            seen = judged.transfer
            subject = deed.transfer_id if seen is None or isinstance(seen, BlindTransfer) else seen.asked.person
            entry = denied_entry(self.clock(), actor.object_id, deed.choice.value, subject, judged.decision)
            await self.audit.append(entry)
            return judged
        fresh, transfer, side = judged
        done = await self._change(fresh, transfer, side, deed)
        if isinstance(done, Transfer):
            return Decided(as_seen_by(side, done), side)
        if done is not None:
            entry = denied_entry(self.clock(), actor.object_id, deed.choice.value, deed.transfer_id, done)
            await self.audit.append(entry)
            return NotDecided(done)
        now_it_is = await self.transfers.one(deed.transfer_id) or transfer
        return TooLate(as_seen_by(side, now_it_is), side, _why(now_it_is, deed))

    async def several(self, actor: Actor, deeds: Sequence[Deed]) -> tuple[Decided | TooLate | NotDecided, ...]:
        """Each by itself, with the checks and the transaction of its own; in the order given, at most ten. All at
        once: one after the other they could take longer than a person waits. Errors: the first, when all have ended.
        """
        done = await asyncio.gather(*(self(actor, deed) for deed in deeds[:MOST_AT_ONCE]), return_exceptions=True)
        for one in done:
            if isinstance(one, BaseException):
                raise one
        return tuple(one for one in done if not isinstance(one, BaseException))

    async def _judged(
        self, actor: Actor, deed: Deed, *, reason: str, any_version: bool
    ) -> tuple[Actor, Transfer, Side] | TooLate | NotDecided:
        transfer = await self.transfers.one(deed.transfer_id)
        if transfer is None:
            return NotDecided(Decision(Reason.NO_REQUEST))
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        side = side_of(fresh, transfer)
        if side is None:
            return NotDecided(Decision(Reason.NO_REQUEST))
        seen = as_seen_by(side, transfer)
        decision = may_do(fresh, transfer, deed.choice, self.clock(), reason=reason)
        if not decision.allowed and decision.denied_because is not Reason.REASON_MISSING:
            return NotDecided(decision, seen, side)
        if after(transfer.state, ACTS[deed.choice]) is None:
            return TooLate(seen, side, Reason.DECIDED)
        if transfer.version != deed.version and not any_version:
            return TooLate(seen, side, Reason.MOVED_ON)
        if not decision.allowed:
            return NotDecided(decision, seen, side)
        stopped = await self._student(transfer, side, deed.choice)
        return (fresh, transfer, side) if stopped is None else stopped

    async def _student(self, transfer: Transfer, side: Side, choice: Choice) -> TooLate | NotDecided | None:
        """What keeps an approval from being given: the student is in another school by now, or may not be moved. From
        being tried again: a later one about the same student. And a refusal from being brought before the office: the
        student was asked for again.
        """
        if choice is Choice.RETRY and await self.transfers.overtaken(transfer):
            return NotDecided(Decision(Reason.OVERTAKEN), as_seen_by(side, transfer), side)
        if choice is Choice.APPEAL and await self.transfers.unfinished_of(transfer.asked.person) is not None:
            return NotDecided(Decision(Reason.ASKED_AGAIN), as_seen_by(side, transfer), side)
        if choice is not Choice.APPROVE:
            return None
        placement = await self.placements.of(transfer.asked.person)
        schools = () if placement is None else tuple(school.id for school in placement.person.schools)
        if placement is None or has_moved(transfer.asked, schools):
            gone = closed_as_moved(transfer, placement, self.clock())
            kept = Kept(
                entries=(changed_entry(gone, self.clock()),),
                tasks=(tell(transfer, Event.STALE, self.clock(), transfer.version + 1),),
            )
            changed = await self.transfers.change(transfer, gone, kept)
            now_it_is = changed or await self.transfers.one(transfer.id) or transfer
            return TooLate(as_seen_by(side, now_it_is), side, Reason.DECIDED)
        if not placement.ordinary:
            return NotDecided(Decision(Reason.NOT_MOVABLE), as_seen_by(side, transfer), side)
        return None

    async def _change(self, actor: Actor, transfer: Transfer, side: Side, deed: Deed) -> Transfer | Decision | None:
        """What the request is then; what the deputy was denied; None: it has moved on."""
        now = self.clock()
        act, event = ACTS[deed.choice], _EVENTS[deed.choice]
        state = after(transfer.state, act)
        if state is None:
            raise ValueError(f"{act} has no place in {transfer.state}")
        changed = replace(transfer, state=state, problem=None, ended_at=None if state not in _ENDS else now)
        tasks = [tell(transfer, event, now, transfer.version + 1)]
        if deed.choice not in {Choice.RETRY, Choice.APPEAL}:
            changed = replace(changed, verdict=_verdict(actor, side, now, deed))
        if state is State.APPROVED:
            changed = replace(changed, started_at=now)
            tasks.append(_carry_out(transfer, now))
        if deed.choice is Choice.RETURN:
            changed = replace(
                changed,
                returned=transfer.returned + 1,
                deadlines=self._deadlines_again(transfer, now),
                last_reminded_at=None,
            )
            tasks.append(_clock_again(changed, now))
        if deed.choice is Choice.APPEAL:
            again = self._deadlines_again(transfer, now)
            changed = replace(
                changed,
                appeal=_appeal(actor, transfer, now, deed),
                started_at=None,
                returned=transfer.returned + 1,
                deadlines=replace(transfer.deadlines, escalate_at=now, expire_at=again.expire_at),
            )
            tasks.append(_clock_again(changed, now))
        release = ended_release(transfer, changed, now)
        if deed.choice is Choice.APPROVE:
            release = Released(transfer.asked.person, transfer.asked.receiving.id, now + RELEASED_FOR)
        entry = _entry(changed, deed.choice, now, actor, side)
        kept = Kept(entries=(entry,), tasks=tuple(tasks), release=release)
        school = acts_for(actor)
        if actor.role is Role.DIRECTOR or school is None:
            return await self.transfers.change(transfer, changed, kept)
        return await self.transfers.change_by_deputy(
            transfer, changed, kept, actor.object_id, partial(self._holds, school.id)
        )

    def _holds(self, school: str, held: Sequence[Deputy]) -> Decision:
        """Asked with what the deputy is authorised to at the moment of the writing."""
        now = self.clock()
        holds = any(one.school == school and one.since <= now < one.until for one in held)
        return ALLOWED if holds else Decision(Reason.NO_REQUEST)

    def _deadlines_again(self, transfer: Transfer, now: datetime) -> Deadlines:
        calendar, clocks = self.calendar, self.clocks
        return Deadlines(
            remind_at=calendar.after(now, clocks.remind_days),
            overdue_at=calendar.after(now, clocks.overdue_days),
            escalate_at=calendar.after(now, clocks.escalate_days),
            expire_at=max(transfer.deadlines.expire_at, calendar.after(now, clocks.expire_days)),
        )


def _verdict(actor: Actor, side: Side, now: datetime, deed: Deed) -> Verdict:
    return Verdict(
        by=actor.object_id,
        by_name=actor.name,
        as_=side,
        at=now,
        reason=free_text(deed.reason, LONGEST_REASON),
        where=free_text(deed.where, LONGEST_REASON) if deed.choice is Choice.NOT_OURS else NO_WORDS,
    )


def _appeal(actor: Actor, refused: Transfer, now: datetime, deed: Deed) -> Appeal:
    return Appeal(actor.object_id, actor.name, now, refused.state, free_text(deed.reason, LONGEST_REASON))


def _entry(changed: Transfer, choice: Choice, now: datetime, actor: Actor, side: Side) -> AuditEntry:
    if choice is Choice.RETRY:
        return retried_entry(changed, now, actor.object_id, side)
    return appealed_entry(changed) if choice is Choice.APPEAL else decided_entry(changed)


def _carry_out(transfer: Transfer, now: datetime) -> NewTask:
    return NewTask(CARRY_OUT, f"{transfer.id}:{transfer.version + 1}", now - AHEAD, {"transfer": transfer.id})


def _clock_again(transfer: Transfer, now: datetime) -> NewTask:
    payload = {"transfer": transfer.id, "round": str(transfer.returned)}
    return NewTask(CLOCK, f"{transfer.id}:{transfer.returned}", now, payload)


def _why(transfer: Transfer, deed: Deed) -> Reason:
    still = after(transfer.state, ACTS[deed.choice]) is not None
    return Reason.MOVED_ON if still else Reason.DECIDED
