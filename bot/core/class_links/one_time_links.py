"""What the chat cannot carry: a table of all links to download, a list to upload. Each has a page for minutes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.class_links.expected import ExpectedList
from bot.core.class_links.policy import directed_school, may_mend
from bot.core.class_links.ports import UPLOADED, ExpectedLists, KeptList, RosterReader, UploadedForm
from bot.core.class_links.read import LinksSeen, ReadLinks
from bot.core.class_links.record import page_entry
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.one_time_links import LIVES, MadeFile, Offered, OneTimeLink, OneTimeLinks


class LinkPage(StrEnum):
    """What the link is for."""

    TABLE = "table"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class DownloadedLinks:
    """All links of a school, for the file."""

    seen: LinksSeen
    school: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimePages:
    """Only for the director of the school: asked when the link is given, and again when it is used.

    Errors: DirectoryError and its kinds, StoreUnavailable. While the directory does not answer, the link stays good.
    """

    actors: FreshActors
    read: ReadLinks
    lists: ExpectedLists
    reader: RosterReader
    links: OneTimeLinks
    clock: Clock
    new_token: Callable[[], str]

    async def offer(self, actor: Actor, link_page: LinkPage, language: str) -> Offered | Decision:
        """A link for this person."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        school = directed_school(fresh)
        if isinstance(school, Decision):
            return school
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(link_page, fresh.object_id, fresh.tenant_id, school.id, language, now + LIVES)
        entry = page_entry(now, fresh.object_id, link_page.value, school, "offered")
        await self.links.offer(token, link, (entry,))
        return Offered(token, link.until)

    async def director(self, token: str, link_page: LinkPage) -> Actor | None:
        """Whose link it is, if it is good for this. None is all that is said of one that is not."""
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != link_page:
            return None
        actor = await self.actors.fresh(link.actor, link.tenant)
        return actor if may_mend(actor, link.school).allowed else None

    async def table(self, token: str, write: Callable[[DownloadedLinks], Awaitable[bytes]]) -> MadeFile | None:
        """All links of the school, written to a file."""
        actor = await self.director(token, LinkPage.TABLE)
        link = await self.links.one(token, self.clock())
        if actor is None or link is None or actor.school is None:
            return None
        seen, school = await self.read(actor), actor.school
        if isinstance(seen, Decision):
            return None
        count = len(seen.links)
        written = await write(DownloadedLinks(seen, school.name, link.language))

        async def use() -> bool:
            now = self.clock()
            entry = page_entry(now, link.actor, LinkPage.TABLE.value, school, "downloaded", count=count)
            return await self.links.use(token, now, (entry,))

        return MadeFile(written, use)

    async def take(self, token: str, form: UploadedForm) -> ExpectedList | None:
        """The uploaded list in the place of what was kept. Errors: RosterUnusable (the link stays good)."""
        actor = await self.director(token, LinkPage.LIST)
        if actor is None or actor.school is None:
            return None
        now, school = self.clock(), actor.school
        read = await self.reader.read(form, school_code=school.code, dated=now)
        if await self.director(token, LinkPage.LIST) is None:  # reading takes seconds
            return None
        entry = page_entry(now, actor.object_id, LinkPage.LIST.value, school, "uploaded", count=len(read.classes))
        kept = KeptList(now, read, read.faults, f"{UPLOADED}{now.isoformat()}")
        await self.lists.change(school.code, lambda _: kept, (entry,))
        # Last: what could not be kept may be sent again, and what is sent twice changes nothing.
        await self.links.use(token, self.clock(), ())
        return read


def still_stands(kept: KeptList | None, dated: datetime | None) -> bool:
    """Whether an uploaded list outlives what lies in the folder now (`dated`; None: nothing)."""
    if kept is None or kept.list is None or not kept.uploaded:
        return False
    return dated is None or dated <= kept.list.dated
