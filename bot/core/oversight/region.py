"""An expert of a regional office sees the schools of the region by figures: on a card, and as a table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_look_up
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.listed_schools import ListedSchools
from bot.core.one_time_links import LIVES, MadeFile, Offered, OneTimeLink, OneTimeLinks
from bot.core.oversight.figures import RegionSeen, region_seen
from bot.core.oversight.ports import Figures, SchoolsOfRegion

REGION = "region"
"""What the link is for."""

TABLE = "region.table"


def may_oversee(actor: Actor) -> Decision:
    """Whether the actor may see the schools of a region by figures: an expert of an office whose region is known. A
    school has its own board.
    """
    if not actor.enabled or actor.role is not Role.REGIONAL_OFFICE:
        refused = may_look_up(actor)
        return refused if not refused.allowed else Decision(Reason.OFFICE_OVERSEES)
    return ALLOWED if actor.region else Decision(Reason.REGION_UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRegion:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    schools: SchoolsOfRegion
    figures: Figures
    listed: ListedSchools

    async def __call__(self, actor: Actor) -> RegionSeen | Decision:
        """The actor's region, the right to it read now."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_oversee(fresh)
        return await self.of(fresh.region) if permit.allowed else permit

    async def of(self, region: str) -> RegionSeen:
        """A region, for whom it was judged."""
        schools = await self.schools.schools_of_region(region)
        figures = await self.figures.figures([one.id for one in schools])
        return region_seen(region, schools, figures, await self.listed.schools_listed())


@dataclass(frozen=True, slots=True)
class DownloadedRegion:
    """A region, for the file."""

    region: RegionSeen
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionTable:
    """The same figures as a table: a page for minutes, used once. The right is asked when the link is given, and
    again when it is used. Errors: as above. While the directory does not answer, the link stays good.
    """

    show: ShowRegion
    links: OneTimeLinks
    clock: Clock
    new_token: Callable[[], str]

    async def offer(self, actor: Actor, language: str) -> Offered | Decision:
        """A link for this person."""
        fresh = await self.show.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_oversee(fresh)
        if not permit.allowed:
            return permit
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(REGION, fresh.object_id, fresh.tenant_id, "", language, now + LIVES)
        entry = AuditEntry(now, fresh.object_id, TABLE, fresh.region, "offered")
        await self.links.offer(token, link, (entry,))
        return Offered(token, link.until)

    async def table(self, token: str, write: Callable[[DownloadedRegion], Awaitable[bytes]]) -> MadeFile | None:
        """The region, written to a file. None is all that is said of a link that is not good for this."""
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != REGION:
            return None
        fresh = await self.show.actors.fresh(link.actor, link.tenant)
        if not may_oversee(fresh).allowed:
            return None
        seen = await self.show.of(fresh.region)
        written = await write(DownloadedRegion(seen, link.language))

        async def use() -> bool:
            now, detail = self.clock(), {"schools": str(len(seen.schools))}
            entry = AuditEntry(now, fresh.object_id, TABLE, fresh.region, "downloaded", detail)
            return await self.links.use(token, now, (entry,))

        return MadeFile(written, use)
