"""Who directs a school, asked now: of those who may, the school's own account and whoever acted as its director."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors, KnownDirectors
from bot.core.clock import Clock
from bot.core.people.model import School
from bot.core.people.ports import AccountIds

DIRECTORS_SINCE = timedelta(days=400)
"""Who acted as a school's director within this time is told, and asked whether they still are its director."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDirects:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    known: KnownDirectors
    accounts: AccountIds
    clock: Clock
    domain: str

    async def __call__(self, school: School, tenant: str) -> tuple[str, ...]:
        """Object ids of those who direct the school now."""
        asked = await self.may_direct(school.id, school.code)
        actors = [await self.actors.fresh(one, tenant) for one in asked]
        return tuple(actor.object_id for actor in actors if directs(actor, school.id).allowed)

    async def may_direct(self, school_id: str, code: str) -> tuple[str, ...]:
        """Object ids to be asked. The school's own account (`299001@…`) is found by its name: its director need not
        have met the bot.
        """
        seen = await self.known.directors(school_id, self.clock() - DIRECTORS_SINCE)
        account = await self.accounts.account_id(f"{code}@{self.domain}") if code else None
        return tuple(dict.fromkeys((*([account] if account is not None else []), *seen)))
