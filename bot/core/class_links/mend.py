"""A director has the bot mend a link: asked for here, carried out by the worker (`carry_out.py`)."""

from dataclasses import dataclass

from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.class_links.cases import MEND, LinkCase, LinkCases, Matter
from bot.core.class_links.model import Link, Remedy
from bot.core.class_links.policy import directed_school, remedy_for
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.record import case_entry
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.tasks import NewTask


@dataclass(frozen=True, slots=True, kw_only=True)
class MendLink:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    read: ReadLinks
    cases: LinkCases
    clock: Clock

    async def judged(self, actor: Actor, key: str, act: Remedy) -> Link | Decision:
        """The link, if this person may have this done about it as it is now."""
        school = directed_school(actor)
        if isinstance(school, Decision):
            return school
        seen = await self.read(actor)
        if isinstance(seen, Decision):
            return seen
        link = seen.of(key)
        if link is None or link.by_hand:
            return Decision(Reason.NO_LINK)
        return link if remedy_for(link) is act else Decision(Reason.LINK_CHANGED)

    async def __call__(self, actor: Actor, key: str, act: Remedy, operation: str) -> LinkCase | Decision:
        """Has it done. The same press, and another about the same link while one is open, are one case."""
        if (known := await self.cases.one(operation)) is not None:
            return known if known.actor == actor.object_id else Decision(Reason.NO_LINK)
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        link = await self.judged(fresh, key, act)
        if isinstance(link, Decision):
            return link
        if fresh.school is None:
            return Decision(Reason.SCHOOL_UNKNOWN)
        now = self.clock()
        case = LinkCase(
            id=operation,
            matter=Matter(act.value),
            school=fresh.school,
            class_id=link.class_id,
            teacher=link.teacher,
            title=link.title,
            at=now,
            actor=fresh.object_id,
            actor_name=fresh.name,
            tenant=fresh.tenant_id,
            count=len(link.missing) if act is Remedy.ADD_STUDENTS else 0,
        )
        task = NewTask(MEND, operation, now, {"case": operation})
        return await self.cases.open(case, (case_entry(case, now, fresh.object_id, "requested"),), (task,))
