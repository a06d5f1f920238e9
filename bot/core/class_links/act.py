"""What people have done about a link: a director has the bot mend it (carried out by the worker, `carry_out.py`), a
teacher asks the director and gets an answer, both mark what was made by hand, for schools on Google Classroom.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.class_links.by_hand import LONGEST_WHERE
from bot.core.class_links.cases import (
    MEND,
    NEWS,
    UNREACHED,
    ByHand,
    CaseStage,
    LinkCase,
    LinkCases,
    Mark,
    MarkedLink,
    Matter,
    Platform,
)
from bot.core.class_links.limits import may_ask_again
from bot.core.class_links.model import Link, LinkState, Remedy
from bot.core.class_links.policy import directed_school, may_be_asked_about, may_mend, may_see_links, remedy_for
from bot.core.class_links.read import LinksSeen, ReadLinks
from bot.core.class_links.record import case_entry, mark_entry, platform_entry
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.tasks import NewTask, Tasks

LONGEST_ANSWER = 400
"""Characters."""
_TO_REACH = timedelta(minutes=5)
"""The app of a director who has none is installed and looked for within this time; then the teacher is to know."""


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
    tasks: Tasks
    clock: Clock

    async def __call__(self, actor: Actor, key: str, operation: str) -> LinkCase | Decision:
        """The question, to every director of the school that the class is of. One that is open already is not asked
        again: it is brought to whoever has not got it.
        """
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
        if not may_be_asked_about(link):
            return Decision(Reason.LINK_CHANGED)
        school = await self.read.whose(seen, link, actor.works_at)
        if school is None:
            return Decision(Reason.LINK_OF_WHICH_SCHOOL)
        now = self.clock()
        case = LinkCase(
            id=operation,
            matter=Matter.QUESTION,
            school=school,
            # Of a class without a row its own id, of a twin both: the card finds it again.
            class_id=link.key.rpartition("/")[0],
            teacher=link.teacher,
            title=link.title,
            at=now,
            actor=actor.object_id,
            actor_name=actor.name,
            tenant=actor.tenant_id,
        )
        entries = (case_entry(case, now, actor.object_id, "asked"),)
        news = _brought(operation, operation, now)
        asked = await self.cases.ask(case, entries, news, lambda before: may_ask_again(before, now))
        if isinstance(asked, LinkCase) and asked.id != operation:
            await self.tasks.add(_brought(operation, asked.id, now))
        return asked

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


def _brought(press: str, case_id: str, now: datetime) -> tuple[NewTask, ...]:
    """The question is brought to the directors, and it is looked whether it has reached one."""
    look = {"case": case_id, "look": UNREACHED}
    return (
        NewTask(NEWS, f"{press}:asked", now, {"case": case_id}),
        NewTask(NEWS, f"{press}:{UNREACHED}", now + _TO_REACH, look),
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """The links that were marked together, and when: `at` tells these marks from others of the same person."""

    links: tuple[Link, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRegister:
    """A director chooses where the classes live; a teacher marks their own links, a director any of the school.

    Errors: DirectoryError and its kinds, StoreUnavailable.
    """

    actors: FreshActors
    read: ReadLinks
    by_hand: ByHand
    clock: Clock

    async def would_be(self, actor: Actor) -> tuple[Platform, tuple[Link, ...]] | Decision:
        """Where the classes of the director's school live, and its links as they are, or would be, in Classroom."""
        school = directed_school(actor)
        if isinstance(school, Decision):
            return school
        return await self.by_hand.platform(school.id), await self.read.in_classroom(school)

    async def choose(self, actor: Actor, school_id: str, platform: Platform) -> Decision:
        """For the school of the card, if its director it still is, asked now who that is."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        decision = may_mend(fresh, school_id)
        if decision.allowed and await self.by_hand.platform(school_id) is not platform:
            entry = platform_entry(self.clock(), fresh.object_id, school_id, platform)
            await self.by_hand.choose(school_id, platform, entry)
        return decision

    async def mark(self, actor: Actor, key: str, where: str) -> Marked | Decision:
        """Marks one link as made, or what was marked anew. `where`: its code or address, perhaps empty."""
        fresh, seen = await self._seen(actor)
        if isinstance(seen, Decision):
            return seen
        link = seen.of(key)
        if link is None or not link.by_hand:
            return Decision(Reason.NO_LINK)
        return await self._marked(fresh, seen, (link,), where)

    async def mark_several(self, actor: Actor, keys: Collection[str]) -> Marked | Decision:
        """Marks those of these links that nobody has marked: all of them or, when the store fails, none."""
        fresh, seen = await self._seen(actor)
        if isinstance(seen, Decision):
            return seen
        wanted = frozenset(keys)
        some = [link for link in seen.links if link.key in wanted and link.state is LinkState.TO_BE_MADE]
        return await self._marked(fresh, seen, some, "")

    async def unmark(self, actor: Actor, key: str) -> int | Decision:
        """Takes the mark of one link away; 0 when it has none any more."""
        fresh, seen = await self._seen(actor)
        if isinstance(seen, Decision):
            return seen
        link = seen.of(key)
        if link is None or not link.by_hand:
            return Decision(Reason.NO_LINK)
        return await self._unmarked(fresh, [(_school(fresh, seen, link), link.class_id, link.teacher)])

    async def unmark_several(self, actor: Actor, at: str) -> int | Decision:
        """Takes away what this person marked at that moment (`Marked.at`, written out); how many those still are."""
        fresh, seen = await self._seen(actor)
        if isinstance(seen, Decision):
            return seen
        own = {(_school(fresh, seen, link), link.class_id, link.teacher) for link in seen.links if link.by_hand}
        marks = [mark for school in {school for school, _, _ in own} for mark in await self.by_hand.marks(school)]
        these = [one.link for one in marks if one.by == fresh.object_id and one.at.isoformat() == at]
        return await self._unmarked(fresh, [link for link in these if link in own])

    async def _seen(self, actor: Actor) -> tuple[Actor, LinksSeen | Decision]:
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        return fresh, await self.read(fresh)

    async def _marked(self, actor: Actor, seen: LinksSeen, links: Sequence[Link], where: str) -> Marked:
        now = self.clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as it comes back from the store
        place, by = free_text(where, LONGEST_WHERE), actor.object_id
        marks = [Mark(_school(actor, seen, one), one.class_id, one.teacher, place, by, now) for one in links]
        if marks:
            entries = [mark_entry(now, by, mark.school, mark.class_id, "made") for mark in marks]
            await self.by_hand.mark(marks, entries)
        return Marked(tuple(links), now)

    async def _unmarked(self, actor: Actor, links: Sequence[MarkedLink]) -> int:
        now, by = self.clock(), actor.object_id
        entries = [mark_entry(now, by, school, class_id, "removed") for school, class_id, _ in links]
        return await self.by_hand.unmark(links, entries) if links else 0


def _school(actor: Actor, seen: LinksSeen, link: Link) -> str:
    """Whose the link is, of those the person may see."""
    if actor.role is Role.DIRECTOR and actor.school is not None:
        return actor.school.id
    return seen.school_of(link, actor.works_at).id
