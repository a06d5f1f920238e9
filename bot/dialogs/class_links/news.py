"""Messages about class links: a teacher's question to the directors, the answer, what became of an act, and once a
week at most which classes wait for their teacher.
"""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.speaking import Chat, Doubt, Receiver, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor
from bot.core.actors.permits import works_at
from bot.core.class_links.cases import NEWS, NUDGE, CaseStage, LinkCase, LinkCases, Matter
from bot.core.class_links.lists import own_overdue
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.policy import may_mend, may_see_links
from bot.core.class_links.read import LinksSeen, ReadLinks
from bot.core.errors import AccountMissing, DirectoryForbidden, DirectoryMisunderstood
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.dialogs.class_links.one_link import question, see
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from bot.texts.catalog import Translate
from cards.actions import Button

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class TellOfLink(TaskHandler):
    """Task handler of `NEWS`. Payload: `case`; of a message to one person also `to`.

    Without `to` it finds whom it concerns, and leaves a task for each. One of which nobody knows whether it arrived
    is not sent again: the list shows the same. A question that was answered closes itself in every director's chat;
    of who directs the school no more the card names nobody from then on.
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
    queue: TaskQueue

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        case = await self.cases.one(task.payload["case"])
        if case is None:
            return
        if "to" not in task.payload:
            await self.queue.add(tuple(await self._each(task, case)))
            return
        receiver = await self.speaking.to(task.payload["to"], case.tenant)
        if receiver is None:
            return
        if case.matter is Matter.QUESTION and receiver.actor.object_id != case.actor:
            await self._bring(task, case, receiver)
        elif receiver.actor.enabled and _concerns(case, receiver.actor):
            await self.speaking.deliver(
                f"link-news:{task.key}",
                receiver.reference,
                outcome(receiver, case),
                "once",
                failures=task.failures,
                tries=task.attempt,
                doubt=Doubt.SKIP,
            )

    async def _each(self, task: Task, case: LinkCase) -> list[NewTask]:
        """A question goes to whoever may answer it, which is read for each message; everything else, also an answer,
        to whoever began it.
        """
        now = self.speaking.clock()
        question = case.matter is Matter.QUESTION
        known = await self.directors.may_direct(case.school.id, case.school.code) if question else ()
        people = [one for one in known if one != case.actor]
        if not question or case.stage is not CaseStage.OPEN:
            people.insert(0, case.actor)
        return [NewTask(NEWS, f"{task.key}:{one}", now, {"case": case.id, "to": one}) for one in people]

    async def _bring(self, task: Task, case: LinkCase, receiver: Receiver) -> None:
        """One card per director and question; who has not got it when it is answered needs it no more."""
        to = receiver.actor.object_id
        directs = may_mend(receiver.actor, case.school.id).allowed
        await self.speaking.deliver(
            f"link-question:{case.id}:{to}",
            receiver.reference,
            question(receiver, case, await self._seen(case)) if directs else gone(receiver),
            case.stage.value if directs else "gone",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
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


def outcome(to: Scene | Chat, case: LinkCase) -> Reply:
    """What became of an act, or of a question, for whoever began it."""
    title = "link-news-title-answer"
    if case.matter is not Matter.QUESTION:
        title = "link-news-title-done" if case.stage is CaseStage.DONE else "link-news-title-failed"
    return notice(to, to.t(title), *_words(to.t, case), buttons=(see(to, case),))


def _words(t: Translate, case: LinkCase) -> Iterator[str]:
    match case.stage:
        case CaseStage.FAILED:
            yield t("link-news-failed", title=case.title)
            if case.trouble is not None:
                yield t(f"link-trouble-{case.trouble}")
        case CaseStage.DECLINED:
            yield t("link-news-declined", title=case.title)
        case _ if case.matter is Matter.QUESTION:
            yield t("link-news-settled", title=case.title)
        case _:
            yield _done(t, case)
            yield t("link-act-source")
    if case.matter is Matter.QUESTION:
        yield case.answer
        yield t("link-news-by", name=case.by_name)


def _done(t: Translate, case: LinkCase) -> str:
    match case.matter:
        case Matter.ADD_STUDENTS:
            return t("link-news-add-students", title=case.title, count=str(case.count))
        case Matter.CREATE:
            return t("link-news-create", title=case.title)
        case _:
            return t("link-news-add-owner", title=case.title)


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
