"""Coroutines stepped by hand, without an event loop: who goes on, and who never comes back, is for the world to say."""

import types
from collections.abc import Coroutine, Generator
from datetime import datetime
from typing import Any

from bot.core.tasks import Task


@types.coroutine
def a_while() -> Generator[None, None, None]:
    """A moment at which others may have their turn, or this one its end."""
    yield


class Thread:
    """One coroutine in its course. `since` and `at` are the step and the time at which what it rests on was begun (a
    press, or the claiming of a task); `task` is what a worker's thread has claimed.
    """

    __slots__ = ("at", "coroutine", "frozen", "name", "result", "since", "task")

    def __init__(self, name: str, coroutine: Coroutine[Any, Any, Any], since: int, at: datetime) -> None:
        self.name = name
        self.coroutine = coroutine
        self.since = since
        self.at = at
        self.task: Task | None = None
        self.frozen = False
        self.result: Any = None

    def step(self) -> bool:
        """Goes on to the next moment; whether it has come to its end."""
        try:
            self.coroutine.send(None)
        except StopIteration as end:
            self.result = end.value
            return True
        return False

    def kill(self) -> None:
        """It never goes on."""
        self.coroutine.close()
