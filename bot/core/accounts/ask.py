"""A class teacher asks the directors for a password for a student of the own class; one that is set is the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.policy import may_ask_again, may_have_own_class
from bot.core.accounts.ports import ASK_LIVES, Ask, Asks, Boards, OwnClass, OwnClasses
from bot.core.accounts.record import asked_entry
from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.tasks import NewTask

ASKED = "accounts.asked"
"""Task kind: tell those whom a question concerns. Payload: `ask`; of one that has ended also `ended` (how) and the
`operation` that answered it; of a message to one person also `to`.
"""
ANSWERED, OVER = "answered", "over"
"""How a question ends: a password was set, or nobody set one in its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForPassword:
    """One question per student, until a password was set or its time is over."""

    actors: FreshActors
    own_classes: OwnClasses
    boards: Boards
    asks: Asks
    clock: Clock

    async def __call__(self, actor: Actor, person: str, press: str) -> Ask | Decision:
        """The question, also one that was open before. Errors: DirectoryError and its kinds, StoreUnavailable."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_have_own_class(fresh)
        if not permit.allowed:
            return permit
        found = await self._of_own_class(fresh, person)
        if found is None:
            return Decision(Reason.NOT_CLASS_TEACHER)
        own, name = found
        now = self.clock()
        ask = Ask(
            id=press,
            school=own.school.id,
            person=person,
            at=now,
            teacher=fresh.object_id,
            tenant=fresh.tenant_id,
            name=name,
            teacher_name=fresh.name,
            class_=own.name,
            code=own.school.code,
        )
        tasks = (
            NewTask(ASKED, press, now, {"ask": press}),
            NewTask(ASKED, f"{press}:{OVER}", now + ASK_LIVES, {"ask": press, "ended": OVER}),
        )
        return await self.asks.ask(ask, may_ask_again, (asked_entry(ask),), tasks)

    async def _of_own_class(self, actor: Actor, person: str) -> tuple[OwnClass, str] | None:
        """The own class the student is in and the student's name, if it is one of the own class."""
        for own in await self.own_classes.own_classes(actor.object_id, actor.works_at):
            for row in (await self.boards.kept(own.school.id)).rows:
                if row.account.person == person and row.account.class_ == own.name:
                    return own, row.account.name
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsks:
    """What is to be told when a password was set that somebody of the same school had asked for: what another school
    gives its student is not for the former one to know.
    """

    asks: Asks
    clock: Clock

    async def __call__(self, person: str, school: str, asked_at: datetime, operation: str) -> Sequence[NewTask]:
        """Of the password of this operation, asked for then in the name of this school. Errors: StoreUnavailable."""
        answered = await self.asks.answered_by(person, school, asked_at)
        return [
            NewTask(
                ASKED, f"{one}:{operation}", self.clock(), {"ask": one, "ended": ANSWERED, "operation": operation}
            )
            for one in answered
        ]
