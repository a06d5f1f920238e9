"""Whom a request concerns, who is told of what, and whether they could be.

A card that is changed makes no sound in Teams. There is one per person and request, kept up to date; a message of its
own is sent where somebody must act or has waited for it: at most one per event and person. Whom a request concerns is
read again each time, so that who has left is told nothing, and who has come is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor
from bot.core.actors.ports import Deciders, FreshActors
from bot.core.clock import Clock
from bot.core.people.ports import AccountIds
from bot.core.tasks import NewTask
from bot.core.transfers.model import TELL, Event, Side, State, Transfer
from bot.core.transfers.policy import is_who_asked, same_person, side_of

_TOLD_EVERY = timedelta(hours=1)

CARDS_FOR = {
    Side.RECEIVING: frozenset(State),
    Side.RELEASING: frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE, State.ESCALATED}),
    Side.OFFICE: frozenset({State.ESCALATED, State.NEEDS_ATTENTION}),
}
"""In which states somebody who has no card yet is sent one; in all others cards are only brought up to date."""

NOTICES = {
    Event.REMINDED: frozenset({Side.RELEASING}),
    Event.RETURNED: frozenset({Side.RELEASING}),
    Event.APPEALED: frozenset({Side.RELEASING, Side.OFFICE}),
    Event.APPROVED: frozenset({Side.RELEASING}),
    Event.REFUSED: frozenset({Side.RECEIVING}),
    Event.NOT_OURS: frozenset({Side.RECEIVING}),
    Event.STALE: frozenset({Side.RECEIVING}),
    Event.EXPIRED: frozenset({Side.RECEIVING}),
    Event.DONE: frozenset({Side.RECEIVING}),
    Event.ATTENTION: frozenset({Side.RECEIVING, Side.RELEASING}),
    Event.OPENED: frozenset({Side.RECEIVING, Side.RELEASING}),
}
"""Which sides an event sends a message of its own, beside their cards."""


_VERSIONS = {Event.APPROVED: "2"}


def version_of(event: Event) -> str:
    """Of the tasks that tell of an event (`NewTask.version`). A release before approvals were told of would write no
    message of one, and fail at one that was written.
    """
    return _VERSIONS.get(event, "1")


@dataclass(frozen=True, slots=True)
class Concerned:
    """The people a request concerns now, by object id: who asked (or directs their school in their place), who may
    decide, the office's experts.

    `disabled` are those of the school that is asked whose account is not active: nobody can tell them anything.
    """

    receiving: tuple[str, ...]
    releasing: tuple[str, ...]
    office: tuple[str, ...]
    disabled: tuple[str, ...] = ()

    def of(self, side: Side) -> tuple[str, ...]:
        """Those of one side."""
        match side:
            case Side.RECEIVING:
                return self.receiving
            case Side.RELEASING:
                return self.releasing
            case Side.OFFICE:
                return self.office


def tell(transfer: Transfer, event: Event, at: datetime, version: int, *, by: str = "") -> NewTask:
    """The task that has everybody told of an event. `version` is the request's after it; `by` of OPENED, the expert's
    object id: of the same expert's looks at the same request the schools are told once an hour.
    """
    key = f"{transfer.id}:{version}:{event.value}"
    hour = int(at.timestamp() // _TOLD_EVERY.total_seconds())
    payload = {"transfer": transfer.id, "event": event.value, "at": at.isoformat()}
    payload |= {"by": by} if by else {}
    return NewTask(TELL, key + (f":{by}:{hour}" if by else ""), at, payload, version_of(event))


def new_card(side: Side, transfer: Transfer) -> bool:
    """Whether somebody on this side who has no card of the request yet is sent one."""
    if side is Side.RELEASING and transfer.asked.office_only:
        return False
    return transfer.state in CARDS_FOR[side]


class DeliveryState(StrEnum):
    """Whether a person's card could be delivered."""

    REACHED = "reached"
    NOT_INSTALLED = "not-installed"
    """The person has not got the app, and it could not be installed for them (yet)."""
    BLOCKED = "blocked"
    """The person or an administrator does not let the bot write."""
    WAITING = "waiting"
    """Microsoft has moved the person's conversation: the message waits for the person's next step in the chat."""
    DISABLED = "disabled"
    """The account is not active."""
    FAILED = "failed"
    """Microsoft did not take the message for too long."""


NOBODY = ""
"""Who stands in a delivery where a side has nobody who could be told."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether somebody on one side of a request could be told of it."""

    person: str
    side: Side
    reach: DeliveryState
    at: datetime


def unreached(deliveries: Iterable[Delivery], side: Side) -> tuple[DeliveryState, ...]:
    """Why nobody of this side could be told; nothing as soon as anybody was, or where nobody was to be."""
    reaches = {one.reach for one in deliveries if one.side is side}
    return () if DeliveryState.REACHED in reaches else tuple(sorted(reaches))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsConcerned:
    """Finds the people of each side. Errors of all calls: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    deciders: Deciders
    accounts: AccountIds
    clock: Clock
    domain: str

    async def __call__(self, transfer: Transfer, *, office: bool) -> Concerned:
        """`office`: whether the experts of the regional office are wanted too."""
        asked = transfer.asked
        known = await self._known(asked.releasing.id, asked.releasing.code)
        asked_school = await self._fresh(known, asked.tenant)
        experts: list[Actor] = []
        if office:
            named = await self.deciders.experts(asked.releasing.region)
            experts = [
                actor
                for actor in await self._fresh(named, asked.tenant)
                if actor.enabled and side_of(actor, transfer) is Side.OFFICE
            ]
        return Concerned(
            receiving=await self._receiving(transfer),
            releasing=tuple(actor.object_id for actor in asked_school if _decides(actor, transfer)),
            disabled=tuple(actor.object_id for actor in asked_school if not actor.enabled),
            office=tuple(actor.object_id for actor in experts),
        )

    async def directs_both(self, actor: Actor, releasing_id: str, releasing_code: str) -> bool:
        """Whether who asks also directs the school that is asked: with this account, or another of a person in the
        same three names. The school's own account tells nothing of who signs in with it.
        """
        if any(school.id == releasing_id for school in actor.works_at):
            return True
        known = await self._known(releasing_id, releasing_code)
        others = await self._fresh((one for one in known if one != actor.object_id), actor.tenant_id)
        return any(
            other.school is not None
            and other.school.id == releasing_id
            and same_person(other.own_name, actor.own_name)
            for other in others
        )

    async def _receiving(self, transfer: Transfer) -> tuple[str, ...]:
        """Who asked, as long as they are of that school; then whoever directs it."""
        asked = transfer.asked
        who_asked = await self.actors.fresh(asked.actor, asked.tenant)
        if side_of(who_asked, transfer) is Side.RECEIVING:
            return (asked.actor,)
        return await self._who_directs(asked.receiving, asked.tenant)

    @property
    def _who_directs(self) -> WhoDirects:
        return WhoDirects(
            actors=self.actors, known=self.deciders, accounts=self.accounts, clock=self.clock, domain=self.domain
        )

    async def _known(self, school_id: str, code: str) -> tuple[str, ...]:
        deputies = await self.deciders.deputies(school_id, self.clock())
        return tuple(dict.fromkeys((*await self._who_directs.may_direct(school_id, code), *deputies)))

    async def _fresh(self, object_ids: Iterable[str], tenant: str) -> list[Actor]:
        return [await self.actors.fresh(one, tenant) for one in object_ids]


def _decides(actor: Actor, transfer: Transfer) -> bool:
    return side_of(actor, transfer) is Side.RELEASING and not is_who_asked(actor, transfer.asked)
