"""The page to which lists of accounts are uploaded: for the director of a school, for half an hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.core.actors.model import Actor
from bot.core.actors.permits import directs, may_look_up
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.lists.changes import ListChanges
from bot.core.lists.kept import KeptAccountList, ListSource, taken_in
from bot.core.lists.model import AccountList, Columns
from bot.core.lists.policy import tells_who
from bot.core.lists.ports import AccountListReader, KeptLists, ListUpload
from bot.core.lists.record import columns_entry, list_entry
from bot.core.lists.resolve import resolving
from bot.core.one_time_links import Offered, OneTimeLink, OneTimeLinks
from bot.core.people.model import School

PAGE = "people"
"""What the link is for."""
LIVES_FOR = timedelta(minutes=30)
"""Longer than other links: several files are looked for, and columns told."""


@dataclass(frozen=True, slots=True)
class ListTaken:
    """An upload, and what it changed. While `read` has questions the link stays good."""

    read: AccountList
    changed: ListChanges
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLists:
    """Only for the director of the school: asked when the link is given, and again when it is used.

    Errors: DirectoryError and its kinds, StoreUnavailable. While the directory does not answer, the link stays good.
    """

    actors: FreshActors
    lists: KeptLists
    reader: AccountListReader
    links: OneTimeLinks
    clock: Clock
    new_token: Callable[[], str]

    async def offer(self, actor: Actor, language: str) -> Offered | Decision:
        """A link for this person."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_look_up(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(PAGE, fresh.object_id, fresh.tenant_id, fresh.school.id, language, now + LIVES_FOR)
        await self.links.offer(token, link, (list_entry(now, fresh.object_id, fresh.school.id, "offered"),))
        return Offered(token, link.until)

    async def director(self, token: str) -> tuple[Actor, School, OneTimeLink] | None:
        """Whose link it is, if it is good for this. None is all that is said of one that is not."""
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != PAGE:
            return None
        actor = await self.actors.fresh(link.actor, link.tenant)
        if not directs(actor, link.school).allowed or actor.school is None:
            return None
        return actor, actor.school, link

    async def take(self, token: str, upload: ListUpload) -> ListTaken | None:
        """The lists of the school with what was uploaded. What can be read counts at once; the link is used up when
        nothing is left to ask. Errors: ListUnusable (the link stays good).
        """
        found = await self.director(token)
        if found is None:
            return None
        actor, school, link = found
        told = await self.lists.columns_of(school.id)
        read = await self.reader.read(upload, school_code=school.code, dated=self.clock(), columns=told)
        now = self.clock()
        entry = list_entry(now, actor.object_id, school.id, "uploaded", people=len(read.people))
        if await self.director(token) is None:  # reading takes seconds
            return None
        changed = ListChanges()
        if read.people or read.bad:

            def taken(before: KeptAccountList | None) -> KeptAccountList:
                nonlocal changed
                after, changed = taken_in(before, read, school.id, ListSource.UPLOAD, now)
                return after

            await self.lists.change_list(school.id, taken, (entry,), (resolving(school, now),))
        if not read.questions:
            # Last: what could not be kept may be sent again, and what is sent twice changes nothing.
            await self.links.use(token, now, ())
        return ListTaken(read, changed, link.language)

    async def tell(self, token: str, told: Mapping[str, Columns]) -> bool | None:
        """Remembers what stands in columns; False, and nothing remembered, where that says nothing of people. None:
        the link is not good.
        """
        found = await self.director(token)
        if found is None:
            return None
        actor, school, _ = found
        if not told or not all(map(tells_who, told.values())):
            return False
        now = self.clock()
        await self.lists.remember_columns(
            school.id, told, now, (columns_entry(now, actor.object_id, school.id, told),)
        )
        return True
