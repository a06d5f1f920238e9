"""Reminding a teacher, once a week at most, of the classes that wait for them."""

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.announcer.speaking import Chat, Doubt, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.class_links.cases import NUDGE
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.remind import own_overdue
from bot.core.tasks import Task, TaskHandler
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from cards.actions import Button

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
