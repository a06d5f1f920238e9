"""Durable work: what is to be done later, or after a restart, by whichever worker is free.

A task is a row. `run_at` is timer and visibility time-out at once; `attempt` is the fencing token: what a worker
writes for a task is refused once another worker has claimed it. See docs/adr/0012.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewTask:
    """Work to be written down in the transaction that makes it necessary. (`kind`, `key`) is unique: the same work
    written twice is written once. `payload` is stored encrypted and holds opaque ids only; a `version` of it that a
    release does not know is left to the one that does (docs/adr/0044).
    """

    kind: str
    key: str
    run_at: datetime
    payload: Mapping[str, str] = field(default_factory=dict)
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Task:
    """Work claimed by this worker until its lease ends. `attempt` counts claims from 1, `failures` failed ones."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, str] = field(repr=False)
    attempt: int
    failures: int = 0


class TaskLost(Exception):
    """Another worker holds the task now: nothing of this attempt may be kept."""


class TryAgain(Exception):
    """The task is to be run again `after` this time. `failed`: counts towards the attempts after which one gives up;
    waiting one's turn, or for a throttled service, does not.
    """

    def __init__(self, after: timedelta, why: str, *, failed: bool = False) -> None:
        super().__init__(why)
        self.after = after
        self.why = why
        self.failed = failed


class TaskHandler(ABC):
    """Does the tasks of one kind. May be run more than once for one task, also after having done everything."""

    __slots__ = ()

    kind: str
    """The kind it does."""
    most_failures: int
    """After this many failures it is given up."""
    first_pause: timedelta = timedelta(seconds=1)
    """The wait after the directory failed for the first time; later ones are longer (`bot.core.turns.back_off`)."""
    in_background: bool = False
    """Whether nobody waits for it and it may take long: a worker of its own does it, so that it delays nobody."""

    @abstractmethod
    async def carry_out(self, task: Task) -> None:
        """Does it. Returning means done; TryAgain means later; TaskLost ends the attempt.

        A DirectoryError means later, too: after `first_pause`, or the time the directory asked for. Any other
        exception is a bug and is tried again, later each time, until `most_failures`.
        """

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: B027 -- most kinds have nobody to tell
        """After the last failure, before the task is marked dead: tells whoever waits for it. Unless a handler says
        more, nobody does, and the worker's log line is all there is.
        """


def code_of(error: Exception) -> str:
    """What ended a task, for the log and the table: a short code without data."""
    return error.why if isinstance(error, TryAgain) else type(error).__name__


class Tasks(Protocol):
    """Where tasks are written down. Errors: StoreUnavailable."""

    async def add(self, tasks: Collection[NewTask]) -> None:
        """Writes tasks down in a transaction of their own."""
        ...


class AskedTasks(Tasks, Protocol):
    """Tasks for which somebody waits who may ask for the same again. Errors: StoreUnavailable."""

    async def is_over(self, kind: str, key: str) -> bool:
        """Whether this task is done or dead: written down again it would not be done again."""
        ...


class TaskQueue(Tasks, Protocol):
    """Where tasks are, and where workers claim them. Errors of all calls: StoreUnavailable."""

    async def claim(self, kinds: Collection[str], most: int, lease: timedelta) -> tuple[Task, ...]:
        """At most `most` tasks that are due, the longest due first, made this worker's for `lease`."""
        ...

    async def renew(self, task: Task, lease: timedelta) -> None:
        """Extends the lease. TaskLost when it is another worker's."""
        ...

    async def done(self, task: Task) -> None:
        """It is finished. Nothing when it already was by this attempt; TaskLost when it is another worker's."""
        ...

    async def again(self, task: Task, at: datetime, why: str, *, failed: bool) -> None:
        """It is to be run again at this time. `why`: a short code for operators, without data. TaskLost: see done."""
        ...

    async def dead_letter(self, task: Task, why: str) -> None:
        """It is given up: kept as dead, for operators. TaskLost: see done."""
        ...


class RateLimit(Protocol):
    """A limit shared by all workers and replicas. Errors: StoreUnavailable."""

    async def take(self, name: str, interval: timedelta, burst: int, count: int = 1) -> timedelta:
        """Zero when `count` more may go now (and they are counted), otherwise how long to wait before asking again.

        Those who are refused are told to come one after the other, not all of them at the next turn, for which all
        but one would come in vain. It is no promise: whoever comes then asks like everybody else.
        ValueError when so many never fit into the burst.
        """
        ...

    async def pause(self, name: str, until: datetime) -> None:
        """Nobody goes before this moment."""
        ...
