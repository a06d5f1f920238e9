"""Whom a teacher's question reaches: the directors of the school, read anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.actors.ports import AccountIds
from bot.core.class_links.policy import may_mend
from bot.core.class_links.ports import FreshActors
from bot.core.clock import Clock
from bot.core.people.model import School

_SINCE = timedelta(days=400)
"""Who acted as a school's director within so long is asked whether they still are."""


class KnownDirectors(Protocol):
    """Errors: StoreUnavailable."""

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        """Object ids of those who have used the bot as a director of the school since then."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDirects:
    """The school's own account is asked for by name: its director need not have met the bot."""

    actors: FreshActors
    known: KnownDirectors
    accounts: AccountIds
    clock: Clock
    domain: str

    async def __call__(self, school: School, tenant: str) -> tuple[str, ...]:
        """Object ids. Errors: DirectoryError and its kinds, StoreUnavailable."""
        seen = await self.known.directors(school.id, self.clock() - _SINCE)
        account = await self.accounts.account_id(f"{school.code}@{self.domain}") if school.code else None
        asked = dict.fromkeys((*([account] if account is not None else []), *seen))
        actors = [await self.actors.fresh(one, tenant) for one in asked]
        return tuple(actor.object_id for actor in actors if may_mend(actor, school.id).allowed)
