"""A teacher asks the director for a link; the director's answer comes back."""

from dataclasses import dataclass, replace

from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import FreshActors
from bot.core.class_links.cases import NEWS, CaseStage, LinkCase, LinkCases, Matter
from bot.core.class_links.limits import may_ask_again
from bot.core.class_links.model import IN_ORDER, LinkState, Who, who_acts
from bot.core.class_links.policy import may_mend, may_see_links
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.record import case_entry
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.core.tasks import NewTask

LONGEST_ANSWER = 400
"""Characters."""


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
