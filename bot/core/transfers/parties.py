"""Whom a request concerns: read again each time, so that who has left is told nothing, and who has come is."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor
from bot.core.actors.ports import Deciders, FreshActors
from bot.core.clock import Clock
from bot.core.people.ports import AccountIds
from bot.core.transfers.model import Side, Transfer
from bot.core.transfers.policy import is_who_asked, same_person, side_of
from bot.core.transfers.told import Concerned


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
            receiving=(asked.actor,),
            releasing=tuple(actor.object_id for actor in asked_school if _decides(actor, transfer)),
            disabled=tuple(actor.object_id for actor in asked_school if not actor.enabled),
            office=tuple(actor.object_id for actor in experts),
        )

    async def directs_both(self, actor: Actor, releasing_id: str, releasing_code: str) -> bool:
        """Whether who asks also directs the school that is asked: with this account, or another in the same three
        names.
        """
        if any(school.id == releasing_id for school in actor.works_at):
            return True
        known = await self._known(releasing_id, releasing_code)
        others = await self._fresh((one for one in known if one != actor.object_id), actor.tenant_id)
        return any(
            other.school is not None and other.school.id == releasing_id and same_person(other.name, actor.name)
            for other in others
        )

    async def _known(self, school_id: str, code: str) -> tuple[str, ...]:
        who = WhoDirects(
            actors=self.actors, known=self.deciders, accounts=self.accounts, clock=self.clock, domain=self.domain
        )
        deputies = await self.deciders.deputies(school_id, self.clock())
        return tuple(dict.fromkeys((*await who.may_direct(school_id, code), *deputies)))

    async def _fresh(self, object_ids: Iterable[str], tenant: str) -> list[Actor]:
        return [await self.actors.fresh(one, tenant) for one in object_ids]


def _decides(actor: Actor, transfer: Transfer) -> bool:
    return side_of(actor, transfer) is Side.RELEASING and not is_who_asked(actor, transfer.asked)
