"""Messages about class links: a teacher's question to the directors, the answer, what became of an act, and once a
week at most which classes wait for their teacher.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.installing import look_again, tries_now
from bot.announcer.speaking import Chat, Doubt, Receiver, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor
from bot.core.actors.permits import works_at
from bot.core.class_links.cases import NEWS, NUDGE, UNREACHED, CaseStage, LinkCase, LinkCases, Matter
from bot.core.class_links.limits import DAY
from bot.core.class_links.lists import own_overdue
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.policy import may_mend, may_see_links
from bot.core.class_links.read import LinksSeen, ReadLinks
from bot.core.errors import AccountMissing, DirectoryForbidden, DirectoryMisunderstood
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.core.transfers.ports import Installer
from bot.dialogs.class_links.one_link import question, see
from bot.dialogs.class_links.words import became
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from cards.actions import Button

_MOST_NAMED = 10
_DAYS = 14
"""On so many days after it a question is brought to directors who have not got it; then when it is asked again."""


@dataclass(frozen=True, slots=True)
class TellOfLink(TaskHandler):
    """Task handler of `NEWS`. Payload: `case`; of a message to one person also `to`, and `until` when they are looked
    for who have no app; `look`: whether a question has reached anybody.

    Without `to` it finds whom it concerns, and leaves a task for each; while a question is open also of the next day,
    for whoever directs the school then. What became of something is not sent again where nobody knows whether it
    arrived: the list shows the same. A question is, for nothing else shows it. One that was answered closes itself in
    every director's chat; of who directs the school no more the card names nobody from then on.
    """

    kind = NEWS
    urgency = Urgency.NEWS
    most_failures = 12
    first_pause = timedelta(minutes=1)

    speaking: Speaking
    _: KW_ONLY
    cases: LinkCases
    directors: WhoDirects
    read: ReadLinks
    installer: Installer
    queue: TaskQueue

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        case = await self.cases.one(task.payload["case"])
        if case is None:
            return
        if task.payload.get("look") == UNREACHED:
            await self._look_whether_told(task, case)
            return
        if "to" not in task.payload:
            await self.queue.add(tuple(await self._each(task, case)))
            return
        receiver = await self.speaking.to(task.payload["to"], case.tenant)
        if receiver is None:
            await self._look_for(task, case)
        elif case.matter is Matter.QUESTION and receiver.actor.object_id != case.actor:
            await self._bring(task, case, receiver)
        else:
            await self._tell(task, receiver, case, f"link-news:{case.id}", outcome)

    async def _each(self, task: Task, case: LinkCase) -> list[NewTask]:
        """A question goes to whoever may answer it, which is read for each message; everything else, also an answer,
        to whoever began it.
        """
        now = self.speaking.clock()
        question = case.matter is Matter.QUESTION
        known = await self.directors.may_direct(case.school.id, case.school.code) if question else ()
        people = [one for one in known if one != case.actor]
        if not question or case.stage is not CaseStage.OPEN:
            given = {"case": case.id}
            return [NewTask(NEWS, f"{task.key}:{one}", now, {**given, "to": one}) for one in (case.actor, *people)]
        given = {"case": case.id, "until": (now + DAY).isoformat()}
        untold = [one for one in people if not await self._was_told(case, one)]
        tasks = [NewTask(NEWS, f"{task.key}:{one}", now, {**given, "to": one}) for one in untold]
        day = (now - case.at) // DAY + 1
        if day <= _DAYS:
            tasks.append(NewTask(NEWS, f"{case.id}:day-{day}", case.at + day * DAY, {"case": case.id}))
        return tasks

    async def _look_for(self, task: Task, case: LinkCase) -> None:
        """A director without the app: it is installed where that is allowed, and they are looked for as long as the
        question waits for them, and no next day has come that does the same.
        """
        until = task.payload.get("until", "")
        now = self.speaking.clock()
        if not until or case.stage is not CaseStage.OPEN or now >= datetime.fromisoformat(until):
            return
        if tries_now(task):
            actor = await self.speaking.actors.fresh(task.payload["to"], case.tenant)
            if not may_mend(actor, case.school.id).allowed:
                return
            await self.installer.install(actor.object_id)
        raise look_again(task)

    async def _look_whether_told(self, task: Task, case: LinkCase) -> None:
        """No director was told, and it is open still: then the teacher is to know."""
        if case.stage is not CaseStage.OPEN:
            return
        for one in await self.directors(case.school, case.tenant):
            if await self._was_told(case, one):
                return
        receiver = await self.speaking.to(case.actor, case.tenant)
        if receiver is not None:
            await self._tell(task, receiver, case, f"link-unreached:{task.key}", unreached)

    async def _was_told(self, case: LinkCase, director: str) -> bool:
        known = await self.speaking.messages.known(_key(case, director))
        return known is not None and known.state == "sent"

    async def _tell(
        self,
        task: Task,
        receiver: Receiver,
        case: LinkCase,
        key: str,
        what: Callable[[Receiver, LinkCase], Reply],
    ) -> None:
        if receiver.actor.enabled and _concerns(case, receiver.actor):
            await self.speaking.deliver(
                key,
                receiver.reference,
                what(receiver, case),
                "once",
                failures=task.failures,
                tries=task.attempt,
                doubt=Doubt.SKIP,
            )

    async def _bring(self, task: Task, case: LinkCase, receiver: Receiver) -> None:
        """One card per director and question; who has not got it when it is answered needs it no more."""
        directs = may_mend(receiver.actor, case.school.id).allowed
        await self.speaking.deliver(
            _key(case, receiver.actor.object_id),
            receiver.reference,
            question(receiver, case, await self._seen(case)) if directs else gone(receiver),
            case.stage.value if directs else "gone",
            failures=task.failures,
            tries=task.attempt,
            may_send=directs and case.stage is CaseStage.OPEN,
        )
        now = await self.cases.one(case.id)
        if directs and now is not None and now.stage is not case.stage:
            raise TryAgain(timedelta(0), "answered-meanwhile")

    async def _seen(self, case: LinkCase) -> LinksSeen | None:
        """The asker's links, which only adorn the question: of who has left the school, or the roster, there are none
        to be read.
        """
        asker = await self.speaking.actors.fresh(case.actor, case.tenant)
        if not works_at(asker, case.school.id):
            return None
        try:
            return await self.read.of_teacher(asker)
        except (AccountMissing, DirectoryForbidden, DirectoryMisunderstood):
            return None


def _concerns(case: LinkCase, receiver: Actor) -> bool:
    """Whether what became of it is still the business of who began it: not after they have left the school."""
    if case.matter is Matter.QUESTION and receiver.object_id == case.actor:
        return may_see_links(receiver).allowed and works_at(receiver, case.school.id)
    return may_mend(receiver, case.school.id).allowed


def gone(to: Scene | Chat) -> Reply:
    """In the place of the question, for who directs the school no more."""
    button = to.presser.to("help", to.t("command-help"))
    return notice(to, to.t("link-question-card-title"), to.t("link-question-gone"), buttons=button)


def unreached(to: Scene | Chat, case: LinkCase) -> Reply:
    """To the teacher: no director was told yet."""
    words = to.t("link-news-unreached", title=case.title)
    return notice(to, to.t("link-news-title-unreached"), words, buttons=(see(to, case),))


def _key(case: LinkCase, director: str) -> str:
    return f"link-question:{case.id}:{director}"


def outcome(to: Scene | Chat, case: LinkCase) -> Reply:
    """What became of an act, or of a question, for whoever began it."""
    return notice(to, *became(case, to.t), buttons=(see(to, case),))


@dataclass(frozen=True, slots=True)
class RemindTeacher(TaskHandler):
    """Task handler of `NUDGE`. Payload: `to`. Says what is so now."""

    kind = NUDGE
    urgency = Urgency.REMINDER
    most_failures = 6
    first_pause = timedelta(minutes=1)

    speaking: Speaking
    _: KW_ONLY
    read: ReadLinks
    tenant: str
    after: int

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        receiver = await self.speaking.to(task.payload["to"], self.tenant)
        if receiver is None:
            return
        links = await own_overdue(self.read, receiver.actor, self.speaking.clock(), self.after)
        if not links:
            return
        await self.speaking.deliver(
            f"link-nudge:{task.key}",
            receiver.reference,
            reminder(receiver, links),
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
            urgency=Urgency.REMINDER,
        )


def reminder(to: Scene | Chat, links: tuple[Link, ...]) -> Reply:
    """Which classes wait for the teacher, and what to do."""
    t = to.t
    by_hand = any(link.state is LinkState.TO_BE_MADE for link in links)
    titles = sorted({link.title for link in links})
    more = len(titles) - _MOST_NAMED
    paragraphs = (
        t("link-reminder-classroom" if by_hand else "link-reminder-activate"),
        "\n".join(titles[:_MOST_NAMED]),
        t("link-reminder-more", count=more) if more > 0 else "",
        t("link-next-to-be-made" if by_hand else "link-next-not-activated"),
    )
    button = Button(t("links-title"), to.presser.press("links.open"))
    return notice(to, t("link-reminder-title"), *paragraphs, buttons=(button,))
