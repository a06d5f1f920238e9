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
from bot.core.people.classes import grade_of_class, normalise_class
from bot.core.people.free_text import free_text
from bot.core.people.model import School
from bot.core.people.names import rank
from bot.core.people.regions import region_key
from bot.core.transfers.blind import BlindTransfer, SeenTransfer, blind
from bot.core.transfers.model import Event, Group, Side, State, Transfer
from bot.core.transfers.policy import Choice, acts_for, as_seen_by, choices_of, side_of
from bot.core.transfers.ports import Transfers
from bot.core.transfers.record import denied_entry, opened_entry
from bot.core.transfers.told import Delivery, tell

MOST_SOUGHT = 500
"""Requests of a list that are looked through, the first of its order."""

PAGE = 6
"""Requests on one page of a list."""

_SCHOOLS = (Group.RECEIVED, Group.SENT)
_LATE = frozenset({State.OVERDUE, State.ESCALATED})
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
class RowsWanted:
    """Which of a list are wanted: all, unless something is said.

    `words`: of the name, town or region of the other school, or the student's class where that may be seen.
    """

    words: str = field(default="", repr=False)
    late: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.words and not self.late


EVERYTHING = RowsWanted()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list; `number` counts from 0, `pages` is at least 1. `counts` are of the whole lists, `found` is
    how many of this one are wanted.
    """

    group: Group
    rows: tuple[SeenTransfer, ...] = field(repr=False)
    counts: Mapping[Group, int]
    number: int
    pages: int
    wanted: RowsWanted = EVERYTHING
    found: int = 0
    states: Mapping[State, int] = field(default_factory=dict)
    """Of the list of an office: how many are in each state."""


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
            choices=choices_of(actor, transfer, self.clock()),
            deliveries=await self.transfers.deliveries(transfer.id),
            earlier=earlier,
        )

    async def page(
        self, actor: Actor, group: Group | None, number: int, wanted: RowsWanted = EVERYTHING
    ) -> ListPage | NotSeen:
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
            group = await self._likely(where, counts, wanted)
        found = counts.get(group, 0) if wanted.everything else len(some := await self._some(group, where, wanted))
        pages = max(1, -(-found // PAGE))
        number = min(max(number, 0), pages - 1)
        here = slice(number * PAGE, (number + 1) * PAGE)
        rows = some[here] if not wanted.everything else await self._rows(group, where, here.start, PAGE)
        states = await self.transfers.states(actor.region) if group is Group.OFFICE else {}
        return ListPage(group, rows, counts, number, pages, wanted, found, states)

    async def _likely(self, where: Mapping[str, str], counts: Mapping[Group, int], wanted: RowsWanted) -> Group:
        """The first list that has some of what is wanted; what waits for a decision before what others are to do."""
        for group in _SCHOOLS if wanted.everything or wanted.late else (*_SCHOOLS, Group.CLOSED):
            if counts.get(group) and (wanted.everything or await self._some(group, where, wanted)):
                return group
        return Group.RECEIVED

    async def _some(self, group: Group, where: Mapping[str, str], wanted: RowsWanted) -> tuple[SeenTransfer, ...]:
        """Those of a list that are wanted. Their words are stored encrypted, so they are looked at one by one."""
        own = where.get("school", "")
        rows = await self._rows(group, where, 0, MOST_SOUGHT)
        return tuple(row for row in rows if is_wanted(row, wanted, own))

    async def _rows(self, group: Group, where: Mapping[str, str], after: int, most: int) -> tuple[SeenTransfer, ...]:
        side = Side.OFFICE if group is Group.OFFICE else Side.RELEASING
        rows = await self.transfers.page(group, **where, after=after, most=most)
        return tuple(as_seen_by(side, row) for row in rows)

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
        told = tell(transfer, Event.OPENED, now, transfer.version, by=fresh.object_id)
        await self.transfers.note((opened_entry(transfer, now, fresh.object_id, words),), (told,))
        return await self.as_seen(fresh, transfer, side, opened=True)


def is_wanted(row: SeenTransfer, wanted: RowsWanted, own: str) -> bool:
    """Whether a request is among those wanted. `own`: the school whose list it is, "" for a regional office."""
    if wanted.late and row.state not in _LATE:
        return False
    if not wanted.words:
        return True
    class_ = normalise_class(wanted.words)
    if grade_of_class(class_):
        return not isinstance(row, BlindTransfer) and class_ in {row.asked.class_, row.asked.to_class}
    others = (school for school in (row.asked.receiving, row.asked.releasing) if school.id != own)
    return any(_is_called(school, wanted.words) for school in others)


def _is_called(school: School, words: str) -> bool:
    if region_key(words) and region_key(words) == region_key(school.region):
        return True
    return any(rank(words, one) is not None for one in (school.name, school.town, f"{school.town} {school.name}"))
