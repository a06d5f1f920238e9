"""The register of links made by hand, for schools on Google Classroom."""

from dataclasses import dataclass

from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.class_links.by_hand import LONGEST_WHERE
from bot.core.class_links.cases import ByHand, Mark, Platform
from bot.core.class_links.model import Link
from bot.core.class_links.policy import directed_school
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.record import mark_entry, platform_entry
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.free_text import free_text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRegister:
    """A director chooses where the classes live; a teacher marks their own links, a director any of the school.

    Errors: DirectoryError and its kinds, StoreUnavailable.
    """

    actors: FreshActors
    read: ReadLinks
    by_hand: ByHand
    clock: Clock

    async def platform(self, actor: Actor) -> Platform:
        """Where the classes of the director's school live."""
        return Platform.TEAMS if actor.school is None else await self.by_hand.platform(actor.school.id)

    async def choose(self, actor: Actor, platform: Platform) -> Decision:
        """Director only, asked now who that is."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        school = directed_school(fresh)
        if isinstance(school, Decision):
            return school
        if await self.by_hand.platform(school.id) is not platform:
            entry = platform_entry(self.clock(), fresh.object_id, school.id, platform)
            await self.by_hand.choose(school.id, platform, entry)
        return ALLOWED

    async def mark(self, actor: Actor, key: str, where: str | None) -> Decision:
        """Marks the link as made (`where`: its code or address, perhaps empty), or as not made (None)."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        found = await self._link(fresh, key)
        if isinstance(found, Decision):
            return found
        link, school_id = found
        now = self.clock()
        if where is None:
            entry = mark_entry(now, fresh.object_id, school_id, link.class_id, "removed")
            await self.by_hand.unmark(school_id, link.class_id, link.teacher, entry)
            return ALLOWED
        place = free_text(where, LONGEST_WHERE)
        mark = Mark(school_id, link.class_id, link.teacher, place, fresh.object_id, now)
        await self.by_hand.mark(mark, mark_entry(now, fresh.object_id, school_id, link.class_id, "made"))
        return ALLOWED

    async def _link(self, actor: Actor, key: str) -> tuple[Link, str] | Decision:
        seen = await self.read(actor)
        if isinstance(seen, Decision):
            return seen
        link = seen.of(key)
        if link is None or not link.by_hand:
            return Decision(Reason.NO_LINK)
        school = actor.school if actor.role is Role.DIRECTOR else seen.school_of(link, actor.works_at)
        if school is None:
            return Decision(Reason.SCHOOL_UNKNOWN)
        return link, school.id
