"""Somebody decides about a request: approves, refuses, says it is not theirs, returns, withdraws, tries again; or
brings a refusal before the regional office.

One transaction per decision, guarded by the request's version: of several who press at once one decides, and the
others are told who did and when.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry, AuditLog
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import NO_WORDS, free_text
from bot.core.tasks import NewTask
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
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
from bot.core.transfers.policy import Choice, as_seen_by, may_do, side_of, still_there
from bot.core.transfers.ports import Kept, Placements, Released, Transfers
from bot.core.transfers.record import (
    appealed_entry,
    changed_entry,
    decided_entry,
    denied_entry,
    retried_entry,
)
from bot.core.transfers.states import Act, after
from bot.core.transfers.told import tell

RELEASED_FOR = timedelta(days=14)
"""How long the receiving school may set a password by the release alone, at most: it ends when they arrive."""

AHEAD = timedelta(hours=1)
"""The longest due task is claimed first: what a person waits for counts as due before what nobody does."""

MOST_AT_ONCE = 10

_ACTS = {
    Choice.APPROVE: (Act.APPROVE, Event.APPROVED),
    Choice.REFUSE: (Act.REFUSE, Event.REFUSED),
    Choice.NOT_OURS: (Act.NOT_OURS, Event.NOT_OURS),
    Choice.RETURN: (Act.RETURN, Event.RETURNED),
    Choice.WITHDRAW: (Act.WITHDRAW, Event.WITHDRAWN),
    Choice.RETRY: (Act.RETRY, Event.RETRIED),
    Choice.APPEAL: (Act.APPEAL, Event.APPEALED),
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
        if done is not None:
            return Decided(as_seen_by(side, done), side)
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
        decision = may_do(fresh, transfer, deed.choice, reason=reason)
        if not decision.allowed and decision.denied_because is not Reason.REASON_MISSING:
            return NotDecided(decision, seen, side)
        if after(transfer.state, _ACTS[deed.choice][0]) is None:
            return TooLate(seen, side, Reason.DECIDED)
        if transfer.version != deed.version and not any_version:
            return TooLate(seen, side, Reason.MOVED_ON)
        if not decision.allowed:
            return NotDecided(decision, seen, side)
        stopped = await self._student(transfer, side, deed.choice)
        return (fresh, transfer, side) if stopped is None else stopped

    async def _student(self, transfer: Transfer, side: Side, choice: Choice) -> TooLate | NotDecided | None:
        """What keeps an approval from being given: the student is not there (any more), or may not be moved. And a
        refusal from being brought before the office: the student was asked for again.
        """
        if choice is Choice.APPEAL and await self.transfers.unfinished_of(transfer.asked.person) is not None:
            return NotDecided(Decision(Reason.ASKED_AGAIN), as_seen_by(side, transfer), side)
        if choice is not Choice.APPROVE:
            return None
        placement = await self.placements.of(transfer.asked.person)
        schools = () if placement is None else tuple(school.id for school in placement.person.schools)
        if placement is None or not still_there(transfer, schools):
            gone = replace(transfer, state=State.STALE, ended_at=self.clock())
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

    async def _change(self, actor: Actor, transfer: Transfer, side: Side, deed: Deed) -> Transfer | None:
        now = self.clock()
        act, event = _ACTS[deed.choice]
        state = after(transfer.state, act)
        if state is None:
            raise ValueError(f"{act} has no place in {transfer.state}")
        changed = replace(transfer, state=state, ended_at=None if state not in _ENDS else now)
        tasks = [tell(transfer, event, now, transfer.version + 1)]
        if deed.choice not in {Choice.RETRY, Choice.APPEAL}:
            changed = replace(changed, verdict=_verdict(actor, side, now, deed))
        if state is State.APPROVED:
            changed = replace(changed, started_at=now, problem=None)
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
                returned=transfer.returned + 1,
                deadlines=replace(transfer.deadlines, escalate_at=now, expire_at=again.expire_at),
            )
            tasks.append(_clock_again(changed, now))
        release = None
        if deed.choice is Choice.APPROVE:
            release = Released(transfer.asked.person, transfer.asked.receiving.id, now + RELEASED_FOR)
        entry = _entry(changed, deed.choice, now, actor, side)
        return await self.transfers.change(
            transfer, changed, Kept(entries=(entry,), tasks=tuple(tasks), release=release)
        )

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
    still = after(transfer.state, _ACTS[deed.choice][0]) is not None
    return Reason.MOVED_ON if still else Reason.DECIDED
