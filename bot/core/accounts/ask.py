"""A class teacher asks the directors for a password for a student of the own class."""

from dataclasses import dataclass

from bot.core.accounts.policy import may_ask_again, may_have_own_class
from bot.core.accounts.ports import Ask, Asks, Boards, OwnClasses
from bot.core.accounts.record import asked_entry
from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.tasks import NewTask

ASKED = "accounts.asked"
"""Task kind: tell the school's directors. Payload: `ask`."""


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
        school, name = found
        now = self.clock()
        ask = Ask(
            id=press,
            school=school,
            person=person,
            at=now,
            teacher=fresh.object_id,
            tenant=fresh.tenant_id,
            name=name,
            teacher_name=fresh.name,
        )
        task = NewTask(ASKED, press, now, {"ask": press})
        return await self.asks.ask(ask, may_ask_again, (asked_entry(ask),), (task,))

    async def _of_own_class(self, actor: Actor, person: str) -> tuple[str, str] | None:
        """The student's school and name, if it is one of the own class."""
        for own in await self.own_classes.own_classes(actor.object_id, actor.works_at):
            for row in (await self.boards.kept(own.school.id)).rows:
                if row.account.person == person and row.account.class_ == own.name:
                    return own.school.id, row.account.name
        return None
