"""What directors are told of their school's accounts: of new ones once, of what is left once a week."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Chat, Doubt, Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.accounts.board import Counts, counted
from bot.core.accounts.look import NEW, WEEKLY
from bot.core.accounts.model import BoardPerson, BoardState, BoardTiming, View
from bot.core.accounts.ports import Boards, SchoolChoices
from bot.core.accounts.states import state_of
from bot.core.actors.directors import WhoDirects
from bot.core.actors.permits import directs
from bot.core.calendar import WorkCalendar
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue, TryAgain
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.accounts.words import handed_word
from bot.dialogs.menu import notice
from cards.actions import Button


@dataclass(frozen=True, slots=True)
class _TellDirectors:
    """Without `to` in its payload: finds who directs the school, and leaves a task for each. With it: tells this one,
    in working hours, what is so now. One of which nobody knows whether it arrived is not sent again: the board shows
    the same.
    """

    speaking: Speaking
    _: KW_ONLY
    boards: Boards
    choices: SchoolChoices
    directors: WhoDirects
    queue: TaskQueue
    calendar: WorkCalendar
    timing: BoardTiming
    tenant: str

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        now, school = self.speaking.clock(), task.payload["school"]
        if not self.calendar.is_open(now):
            raise TryAgain(self.calendar.opening(now) - now, "closed")
        if "to" not in task.payload:
            directors = await self.directors(School(school, "", ""), self.tenant)
            told = [NewTask(task.kind, f"{task.key}:{one}", now, {**task.payload, "to": one}) for one in directors]
            await self.queue.add(told)
            return
        receiver = await self.speaking.to(task.payload["to"], self.tenant)
        if receiver is None or not directs(receiver.actor, school).allowed:
            return
        reply = await self._said(receiver, task.payload)
        if reply is not None:
            await self.speaking.deliver(
                f"{task.kind}:{task.key}",
                receiver.reference,
                reply,
                "once",
                failures=task.failures,
                tries=task.attempt,
                doubt=Doubt.SKIP,
                urgency=Urgency.REMINDER if task.kind == WEEKLY else Urgency.NEWS,
            )

    async def _said(self, to: Chat, payload: Mapping[str, str]) -> Reply | None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TellOfNew(_TellDirectors, TaskHandler):
    """Task handler of `NEW`: how many of those found by one look are not handed over yet; of none nothing is said."""

    kind = NEW
    urgency = Urgency.NEWS
    most_failures = 12
    first_pause = timedelta(minutes=1)

    async def _said(self, to: Chat, payload: Mapping[str, str]) -> Reply | None:
        rows = await self.boards.told(payload["school"], datetime.fromisoformat(payload["at"]))
        count = sum(state_of(row, self.timing) is BoardState.NEW for row in rows)
        return of_new(to, count) if count else None


@dataclass(frozen=True, slots=True)
class TellOfWeek(_TellDirectors, TaskHandler):
    """Task handler of `WEEKLY`: how far the school is, while something is left and its director wants to be told."""

    kind = WEEKLY
    urgency = Urgency.REMINDER
    most_failures = 12
    first_pause = timedelta(minutes=1)

    async def _said(self, to: Chat, payload: Mapping[str, str]) -> Reply | None:
        if not (await self.choices.choices(payload["school"])).weekly:
            return None
        kept = await self.boards.kept(payload["school"])
        counts = counted(BoardPerson(row, state_of(row, self.timing)) for row in kept.rows)
        return of_week(to, counts) if counts.left else None


def of_new(to: Chat, count: int) -> Reply:
    """So many new accounts; whose they are is for the board to say."""
    t = to.t
    return notice(
        to,
        t("accounts-news-title", count=count),
        t("accounts-news", count=count),
        buttons=(_list(to, View.NEW, t("accounts-news-new")), _board(to)),
    )


def of_week(to: Chat, counts: Counts) -> Reply:
    """How far the school is, and how many are left."""
    t = to.t
    return notice(
        to,
        t("accounts-weekly-title"),
        handed_word(counts, t),
        t("accounts-weekly-left", count=counts.left),
        buttons=(_list(to, View.NOT_HANDED, t("accounts-weekly-show")), _board(to)),
    )


def _list(to: Chat, view: View, title: str) -> Button:
    press = to.presser.press("accounts.list", ids={"what": Selection(view).word, "page": "0"})
    return Button(title, press, "positive")


def _board(to: Chat) -> Button:
    return Button(to.t("accounts-news-board"), to.presser.press("accounts.open"))
