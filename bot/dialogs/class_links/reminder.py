"""Reminding a teacher, once a week at most, of the classes that wait for them."""

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.speaking import Doubt, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.class_links.cases import NUDGE
from bot.core.class_links.model import Link, State
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.remind import own_overdue
from bot.core.tasks import Task, TaskHandler
from bot.presser import Presser
from bot.seals import Holder
from bot.texts.catalog import Translate
from cards.actions import Button
from cards.notice import notice_card

_MOST_NAMED = 10


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
        now = self.speaking.clock()
        reference = await self.speaking.reference(task.payload["to"])
        if reference is None:
            return
        actor = await self.speaking.actors.fresh(task.payload["to"], self.tenant)
        links = await own_overdue(self.read, actor, now, self.after)
        if not links:
            return
        t = self.speaking.catalog.speak(await self.speaking.language(reference))
        presser = self.speaking.presser(Holder(actor.object_id, self.tenant, reference.conversation_id))
        await self.speaking.deliver(
            f"link-nudge:{task.key}",
            reference,
            _reminder(t, presser, links),
            "once",
            failures=task.failures,
            tries=task.attempt,
            doubt=Doubt.SKIP,
            urgency=Urgency.REMINDER,
        )


def _reminder(t: Translate, presser: Presser, links: tuple[Link, ...]) -> Reply:
    by_hand = any(link.state is State.TO_BE_MADE for link in links)
    titles = sorted({link.title for link in links})
    more = len(titles) - _MOST_NAMED
    paragraphs = (
        t("link-reminder-classroom" if by_hand else "link-reminder-activate"),
        "\n".join(titles[:_MOST_NAMED]),
        t("link-reminder-more", count=more) if more > 0 else "",
        t("link-next-to-be-made" if by_hand else "link-next-not-activated"),
    )
    button = Button(t("links-title"), presser.press("links.open"))
    return Reply(card=notice_card(t, title=t("link-reminder-title"), paragraphs=paragraphs, buttons=(button,)))
