"""The crews that speak: each urgency with hands of its own."""

from collections.abc import Iterable

from bot.announcer.urgency import HANDS, by_urgency
from bot.core.clock import Clock
from bot.core.tasks import TaskHandler, TaskQueue
from bot.runtime.crew import Crew


def speaking_crews(queue: TaskQueue, clock: Clock, speakers: Iterable[TaskHandler]) -> tuple[Crew, ...]:
    """One for alarms, one for news, one for reminders."""
    return tuple(
        Crew(queue, handlers, clock, hands=HANDS[urgency]) for urgency, handlers in by_urgency(speakers).items()
    )
