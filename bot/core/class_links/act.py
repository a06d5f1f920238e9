"""What people have done about a link: a director has the bot mend it (carried out by the worker, `carry_out.py`), a
teacher asks the director and gets an answer, both mark what was made by hand, for schools on Google Classroom.
"""

from dataclasses import dataclass, replace

from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.class_links.by_hand import LONGEST_WHERE
from bot.core.class_links.cases import MEND, NEWS, ByHand, CaseStage, LinkCase, LinkCases, Mark, Matter, Platform
from bot.core.class_links.limits import may_ask_again
from bot.core.class_links.model import IN_ORDER, Link, LinkState, Remedy, Who, who_acts
from bot.core.class_links.policy import directed_school, may_mend, may_see_links, remedy_for
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.record import case_entry, mark_entry, platform_entry
from bot.core.clock import Clock
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.tasks import NewTask

LONGEST_ANSWER = 400
"""Characters."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDirector:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    read: ReadLinks
    cases: LinkCases
    clock: Clock

    async def __call__(self, actor: Actor, key: str, operation: str) -> LinkCase | Decision:
        """The question, to every director of the school. One that is open already is not asked again."""
        if (known := await self.cases.one(operation)) is not None:
            return known if known.actor == actor.object_id else Decision(Reason.NO_LINK)
        decision = may_see_links(actor)
        if not decision.allowed or actor.role is not Role.TEACHER:
            return decision if not decision.allowed else Decision(Reason.NO_LINK)
        seen = await self.read(actor)
        if isinstance(seen, Decision):
            return seen
        link = seen.of(key)
        if link is None:
            return Decision(Reason.NO_LINK)
        if link.state in IN_ORDER or link.state is LinkState.TO_BE_MADE or who_acts(link) is Who.TEACHER:
            return Decision(Reason.LINK_CHANGED)
        now = self.clock()
        case = LinkCase(
            id=operation,
            matter=Matter.QUESTION,
            school=seen.school_of(link, actor.works_at),
            # Of a class without a row its own id, of a twin both: the card finds it again.
            class_id=link.key.rpartition("/")[0],
            teacher=link.teacher,
            title=link.title,
            at=now,
            actor=actor.object_id,
            actor_name=actor.name,
            tenant=actor.tenant_id,
        )
        news = NewTask(NEWS, f"{operation}:asked", now, {"case": operation})
        entries = (case_entry(case, now, actor.object_id, "asked"),)
        return await self.cases.ask(case, entries, (news,), lambda before: may_ask_again(before, now))

    async def case_for(self, actor: Actor, case_id: str) -> LinkCase | Decision:
        """The question, for a director of its school."""
        case = await self.cases.one(case_id)
        if case is None or case.matter is not Matter.QUESTION:
            return Decision(Reason.NOT_ANSWERABLE)
        decision = may_mend(actor, case.school.id)
        return case if decision.allowed else decision

    async def answer(self, actor: Actor, case_id: str, words: str, *, settled: bool) -> LinkCase | Decision:
        """Answers it. Words are needed for a no. Who comes second is shown what was answered."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        case = await self.case_for(fresh, case_id)
        if isinstance(case, Decision):
            return case
        if case.stage is not CaseStage.OPEN:
            return case
        answer = free_text(words, LONGEST_ANSWER)
        if not settled and not any(character.isalpha() for character in answer):
            return Decision(Reason.REASON_MISSING)
        now = self.clock()
        ended = replace(
            case,
            stage=CaseStage.DONE if settled else CaseStage.DECLINED,
            ended_at=now,
            by=fresh.object_id,
            by_name=fresh.name,
            answer=answer,
        )
        news = NewTask(NEWS, f"{case.id}:answered", now, {"case": case.id})
        kept = await self.cases.end(ended, (case_entry(ended, now, fresh.object_id, ended.stage.value),), (news,))
        return kept or await self.cases.one(case.id) or Decision(Reason.NOT_ANSWERABLE)


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
