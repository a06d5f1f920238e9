"""Every kind of task there is, when the directory fails it: the worker tries again, each after its own pause."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.tasks import NewTask, Task, TaskHandler
from tests.architecture.tree import ROOT
from tests.fakes import FakeClock
from tests.unit.runtime.test_crew import MemoryQueue, until, worker, working

SECONDS = {
    "accounts.asked": 2,
    "accounts.beside": 1,
    "accounts.look": 60,
    "accounts.new": 60,
    "accounts.round": 1,
    "accounts.weekly": 60,
    "answer.late": 5,
    "lists.arrive": 30,
    "lists.resolve": 30,
    "deputy.cards": 2,
    "deputy.left": 2,
    "deputy.look": 60,
    "deputy.round": 1,
    "deputy.restored": 60,
    "links.list": 5,
    "links.mend": 1,
    "links.news": 60,
    "links.nudge": 60,
    "links.remind": 1,
    "password.alarm": 60,
    "password.burn": 1,
    "password.expire": 60,
    "password.notice": 60,
    "password.progress": 4,
    "password.reset": 1,
    "password.settle": 60,
    "transfer.card": 2,
    "transfer.carry-out": 1,
    "transfer.clock": 1,
    "transfer.notice": 60,
    "transfer.recheck": 60,
    "transfer.reminder": 60,
    "transfer.tell": 2,
    "username.alarm": 1,
}
"""The first pause of each kind: short where somebody waits, a minute where it has to outlast an outage."""


def handlers() -> list[type[TaskHandler]]:
    """Every handler of the product."""
    rooms = ("core", "announcer", "dialogs")
    for path in ((ROOT / "bot").glob("*.py"), *((ROOT / "bot" / room).rglob("*.py") for room in rooms)):
        for one in path:
            importlib.import_module(".".join(one.relative_to(ROOT).with_suffix("").parts))

    def below(kind: type[object]) -> Iterator[type[TaskHandler]]:
        for one in kind.__subclasses__():
            if issubclass(one, TaskHandler) and one.__module__.startswith("bot."):
                yield one
            yield from below(one)

    # A dataclass with slots is made twice, and the first one is garbage that may still be among the subclasses.
    return sorted({one.kind: one for one in below(TaskHandler)}.values(), key=lambda one: one.kind)


def test_there_is_one_handler_of_each_kind():
    assert {one.kind: one.first_pause.total_seconds() for one in handlers()} == SECONDS
    assert all(one.most_failures > 1 for one in handlers())


class FailedByDirectory(TaskHandler):
    """Does nothing of its own: fails as the directory does, as the handler it stands for would."""

    def __init__(self, stands_for: type[TaskHandler], error: Exception) -> None:
        self.kind, self.first_pause, self.error = stands_for.kind, stands_for.first_pause, error
        self.most_failures = 5
        self.given_up = False

    async def carry_out(self, task: Task) -> None:
        raise self.error

    async def on_dead_letter(self, task: Task, error: Exception) -> None:
        self.given_up = True


async def left(handler: FailedByDirectory, failures: int) -> tuple[str, str, int, float]:
    """What the worker leaves in the row of a task that has failed so often: status, why, failures, seconds to wait."""
    queue = MemoryQueue(FakeClock())
    await queue.add([NewTask(handler.kind, "one", queue.clock())])
    row = queue.rows[handler.kind, "one"]
    row.task = replace(row.task, failures=failures)
    async with working(worker(queue, handler)):
        await until(lambda: bool(row.why))
    return row.status, row.why, row.task.failures, (row.run_at - queue.clock()).total_seconds()


@pytest.mark.parametrize("kind", handlers(), ids=lambda kind: kind.kind)
async def test_a_directory_that_is_busy_is_left_alone_and_that_is_no_failure(kind: type[TaskHandler]):
    told = await left(FailedByDirectory(kind, DirectoryBusy(7.0)), 4)
    assert told == ("ready", "DirectoryBusy", 4, 7.0)


@pytest.mark.parametrize(
    "error",
    [DirectoryUnavailable(), DirectoryForbidden(), AccountMissing(), DirectoryMisunderstood(), DirectoryError("x")],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("kind", handlers(), ids=lambda kind: kind.kind)
async def test_any_other_answer_is_a_failure_after_which_the_pauses_grow(kind: type[TaskHandler], error: Exception):
    why, first = type(error).__name__, float(SECONDS[kind.kind])
    for failures, times in ((0, 1), (1, 2), (3, 8)):
        told = await left(FailedByDirectory(kind, error), failures)
        assert told == ("ready", why, failures + 1, first * times)


async def test_in_the_end_it_is_given_up_and_the_log_says_why(caplog: pytest.LogCaptureFixture):
    handler = FailedByDirectory(handlers()[0], DirectoryUnavailable())

    status, why, _, _ = await left(handler, 4)

    assert (status, why, handler.given_up) == ("dead", "DirectoryUnavailable", True)
    assert f"task {handler.kind} 1 is given up after 5 failures: DirectoryUnavailable" in caplog.text


async def test_a_handler_that_has_nobody_to_tell_need_not_say_so():
    class Silent(TaskHandler):
        kind = "silent"
        most_failures = 1

        async def carry_out(self, task: Task) -> None:
            raise DirectoryUnavailable

    queue = MemoryQueue(FakeClock())
    await queue.add([NewTask("silent", "one", queue.clock())])
    async with working(worker(queue, Silent())):
        await until(lambda: queue.rows["silent", "one"].status == "dead")


def test_the_pauses_end_at_half_an_hour():
    """A handler whose first pause is a minute looks again after half an hour at most: 30 times the first."""
    assert max(one.first_pause for one in handlers()) == timedelta(minutes=1)
