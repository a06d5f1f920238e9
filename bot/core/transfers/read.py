"""Reading requests: one, and the lists. Every request that is shown is first judged to concern who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_see_requests
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditLog
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.tasks import TaskQueue
from bot.core.transfers.blind import BlindTransfer, SeenTransfer, blind
from bot.core.transfers.model import Event, Group, Side, Transfer
from bot.core.transfers.policy import Choice, acts_for, as_seen_by, choices_of, side_of
from bot.core.transfers.ports import Transfers
from bot.core.transfers.record import denied_entry, opened_entry
from bot.core.transfers.told import Delivery, tell

PAGE = 8
"""Requests on one page of a list."""

_MOST_EARLIER = 5
_EARLIER_WITHIN = timedelta(days=365)
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as somebody may see it. `earlier`: other requests of the same receiving school to the same school
    within a year, newest first, without students; for the school that is asked and the office.
    """

    transfer: SeenTransfer
    side: Side
    choices: tuple[Choice, ...]
    deliveries: tuple[Delivery, ...] = ()
    earlier: tuple[BlindTransfer, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list; `number` counts from 0, `pages` is at least 1."""

    group: Group
    rows: tuple[SeenTransfer, ...] = field(repr=False)
    counts: Mapping[Group, int]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class NotSeen:
    """Not for this person to see."""

    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTransfers:
    """Reads and writes nothing, but for the record of an expert who was shown a student."""

    actors: FreshActors
    transfers: Transfers
    audit: AuditLog
    queue: TaskQueue
    clock: Clock

    async def one(self, actor: Actor, transfer_id: str) -> Seen | NotSeen:
        """The request, as the actor may see it. Errors: StoreUnavailable."""
        transfer = await self.transfers.one(transfer_id)
        side = side_of(actor, transfer) if transfer is not None else None
        if transfer is None or side is None:
            return NotSeen(Decision(Reason.NO_REQUEST))
        return await self.as_seen(actor, transfer, side)

    async def as_seen(self, actor: Actor, transfer: Transfer, side: Side, *, opened: bool = False) -> Seen:
        """A request already judged to concern the actor, with what is known around it. Errors: StoreUnavailable."""
        earlier: tuple[BlindTransfer, ...] = ()
        if side is not Side.RECEIVING:
            since = self.clock() - _EARLIER_WITHIN
            found = await self.transfers.earlier(transfer, since, _MOST_EARLIER)
            earlier = tuple(blind(one) for one in found)
        return Seen(
            transfer=as_seen_by(side, transfer, opened=opened),
            side=side,
            choices=choices_of(actor, transfer),
            deliveries=await self.transfers.deliveries(transfer.id),
            earlier=earlier,
        )

    async def page(self, actor: Actor, group: Group | None, number: int) -> ListPage | NotSeen:
        """A page of a list of the actor's school or region; None: the list most likely wanted. Errors: as above."""
        permit = may_see_requests(actor)
        if not permit.allowed:
            return NotSeen(permit)
        school = acts_for(actor)
        if actor.role is Role.REGIONAL_OFFICE:
            where, group = {"region": actor.region}, Group.OFFICE
        elif school is not None:
            where = {"school": school.id}
        else:
            return NotSeen(Decision(Reason.NO_REQUEST))
        counts = await self.transfers.counts(**where)
        if group is None or (group is Group.OFFICE and "school" in where):
            group = Group.SENT if counts.get(Group.SENT) and not counts.get(Group.RECEIVED) else Group.RECEIVED
        pages = max(1, -(-counts.get(group, 0) // PAGE))
        number = min(max(number, 0), pages - 1)
        rows = await self.transfers.page(group, **where, after=number * PAGE, most=PAGE)
        side = Side.OFFICE if group is Group.OFFICE else Side.RELEASING
        return ListPage(group, tuple(as_seen_by(side, row) for row in rows), counts, number, pages)

    async def open(self, actor: Actor, transfer_id: str, reason: str) -> Seen | NotSeen:
        """The request with its student, for an expert of the regional office who states why. It is recorded, and both
        schools' directors are told. Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        words = free_text(reason, _LONGEST_REASON)
        transfer = await self.transfers.one(transfer_id)
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        side = side_of(fresh, transfer) if transfer is not None else None
        now = self.clock()
        denied = None
        if transfer is None or side is not Side.OFFICE:
            denied = Decision(Reason.NO_REQUEST)
        elif not any(character.isalpha() for character in words):
            denied = Decision(Reason.REASON_MISSING)
        if transfer is None or side is None or denied is not None:
            denied = denied or Decision(Reason.NO_REQUEST)
            await self.audit.append(denied_entry(now, actor.object_id, "open", transfer_id, denied))
            return NotSeen(denied)
        await self.audit.append(opened_entry(transfer, now, fresh.object_id, words))
        await self.queue.add((tell(transfer, Event.OPENED, now, transfer.version, by=fresh.object_id),))
        return await self.as_seen(fresh, transfer, side, opened=True)
