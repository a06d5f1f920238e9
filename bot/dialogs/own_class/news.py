"""Messages about a password that a class teacher has asked for: a card to each director, which closes itself when a
password was set or the time is over, and to the teacher what became of it.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.installing import installed_now, look_again
from bot.announcer.speaking import Chat, Doubt, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.accounts.ask import ANSWERED, ASKED, OVER
from bot.core.accounts.ports import ASK_LIVES, Ask, Asks
from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Role
from bot.core.actors.permits import directs, works_at
from bot.core.passwords.ports import Operations, Rosters
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.core.transfers.ports import Installer
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from cards.account_lines import shown
from cards.actions import Button

UNREACHED = "unreached"
"""`ended` of a question that no director was told of in time."""
_TO_REACH = timedelta(minutes=5)
"""The app of a director who has none is installed and looked for within this time."""


@dataclass(frozen=True, slots=True)
class TellOfAsk(TaskHandler):
    """Task handler of `ASKED`. Without `to` it finds whom it concerns, and leaves a task for each. A director who is
    none any more gets no card, and the one there is names nobody from then on. That a single password was set, class
    teachers are told by name anyway (`bot.core.passwords.notices`); of those of a whole class they are told how many.
    """

    kind = ASKED
    urgency = Urgency.NEWS
    most_failures = 40
    first_pause = timedelta(seconds=2)

    speaking: Speaking
    _: KW_ONLY
    asks: Asks
    directors: WhoDirects
    operations: Operations
    rosters: Rosters
    installer: Installer
    queue: TaskQueue

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        found = await self.asks.one(task.payload["ask"])
        if found is None:
            return
        ask, is_open = found
        ended, to = task.payload.get("ended", ""), task.payload.get("to", "")
        if ended == UNREACHED:
            await self._look_whether_told(task, ask, is_open=is_open)
        elif not to:
            await self.queue.add(tuple(await self._each(task, ask, ended, is_open=is_open)))
        elif to == ask.teacher:
            if ended != ANSWERED or await self._was_for_a_class(task.payload["operation"]):
                await self._tell_teacher(task, ask, ended)
        else:
            await self._bring(task, ask, to, ended, is_open=is_open)

    async def _each(self, task: Task, ask: Ask, ended: str, *, is_open: bool) -> Iterable[NewTask]:
        """Every director there was or is: whether they are one now is read for each message. Of one that was answered
        before its time was over nothing is said then.
        """
        if (ended == OVER and await self.asks.answered(ask)) or (not ended and not is_open):
            return ()
        now = self.speaking.clock()
        people = [*await self.directors.may_direct(ask.school, ask.code), *([ask.teacher] if ended else [])]
        tasks = [
            NewTask(ASKED, f"{task.key}:{one}", now, {**task.payload, "to": one}) for one in dict.fromkeys(people)
        ]
        if not ended:
            given = {"ask": ask.id, "ended": UNREACHED}
            tasks.append(NewTask(ASKED, f"{ask.id}:{UNREACHED}", now + _TO_REACH, given))
        return tasks

    async def _bring(self, task: Task, ask: Ask, to: str, ended: str, *, is_open: bool) -> None:
        if not ended and not is_open:
            # What has ended it says so, unless the card was not there yet.
            ended = ANSWERED if await self.asks.answered(ask) else OVER
        receiver = await self.speaking.to(to, ask.tenant)
        if receiver is None:
            actor = await self.speaking.actors.fresh(to, ask.tenant)
            if not ended and directs(actor, ask.school).allowed:
                await installed_now(self.installer, task, to)
                raise look_again(task)
            return
        if not directs(receiver.actor, ask.school).allowed:
            reply, shown = gone(receiver), "gone"
        else:
            reply, shown = (closed(receiver, ask, ended), ended) if ended else (asked(receiver, ask), "open")
        await self.speaking.deliver(
            _key(ask, to),
            receiver.reference,
            reply,
            f"{shown}/{receiver.language}",
            failures=task.failures,
            tries=task.attempt,
            may_send=shown == "open",
        )
        now = await self.asks.one(ask.id)
        if shown == "open" and now is not None and not now[1]:
            raise TryAgain(timedelta(0), "ended-meanwhile")

    async def _look_whether_told(self, task: Task, ask: Ask, *, is_open: bool) -> None:
        """Nobody was told, and it is still open: then the teacher is to know."""
        if not is_open:
            return
        for one in await self.directors(School(ask.school, ask.code, ""), ask.tenant):
            known = await self.speaking.messages.known(_key(ask, one))
            if known is not None and known.state == "sent":
                return
        await self._tell_teacher(task, ask, UNREACHED)

    async def _was_for_a_class(self, operation_id: str) -> bool:
        operation = await self.operations.one(operation_id)
        return operation is not None and bool(operation.asked.job)

    async def _tell_teacher(self, task: Task, ask: Ask, ended: str) -> None:
        """Only who is still the student's class teacher, at that school."""
        receiver = await self.speaking.to(ask.teacher, ask.tenant)
        if receiver is None or not receiver.actor.enabled or receiver.actor.role is not Role.TEACHER:
            return
        if not works_at(receiver.actor, ask.school):
            return  # in a team of the school one may have been left
        teachers = await self.rosters.class_teachers(ask.person)
        if ask.teacher.casefold() not in {one.casefold() for one in teachers}:
            return
        await self.speaking.deliver(
            f"own-ask-{ended}:{ask.id}",
            receiver.reference,
            told(receiver, ask, ended),
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
        )


def asked(to: Scene | Chat, ask: Ask) -> Reply:
    """To a director: who asks, for whom, and the way to this student's password."""
    t = to.t
    teacher = shown(ask.teacher_name) if ask.teacher_name else t("own-asked-somebody")
    words = (t("own-asked-by", teacher=teacher, class_=shown(ask.class_)), shown(ask.name), t("own-asked-next"))
    ids = {"person": ask.person}
    button = to.presser.to("password.person", t("command-password"), ASK_LIVES, ids=ids, style="positive")
    return notice(to, t("own-asked-title"), *words, buttons=button)


def closed(to: Scene | Chat, ask: Ask, ended: str) -> Reply:
    """In the place of that card: why there is nothing to be done any more."""
    days = str(ASK_LIVES.days)
    words = to.t("own-asked-over", days=days) if ended == OVER else to.t("own-asked-answered")
    title = "own-asked-over-title" if ended == OVER else "own-asked-answered-title"
    return notice(to, to.t(title), shown(ask.name), words)


def gone(to: Scene | Chat) -> Reply:
    """In the place of the card of who directs the school no more."""
    button = to.presser.to("help", to.t("command-help"))
    return notice(to, to.t("own-asked-title"), to.t("own-asked-gone"), buttons=button)


def told(to: Scene | Chat, ask: Ask, ended: str) -> Reply:
    """To the teacher: a password was set, or nobody could be told, or nobody set one in time."""
    t = to.t
    button = Button(t("command-own-class"), to.presser.press("own.open"))
    return notice(to, t(f"own-told-{ended}-title"), shown(ask.name), t(f"own-told-{ended}"), buttons=(button,))


def _key(ask: Ask, to: str) -> str:
    return f"own-ask:{ask.id}:{to}"
