"""`python app.py revive`: what was given up is tried again when the operator says so."""

from datetime import timedelta

from bot.core.tasks import NewTask
from bot.runtime.commands import revive_tasks
from tests.integration.test_confirm_clock import NOW, environment, opened

__all__ = ["environment"]
LEASE = timedelta(minutes=1)


async def given_up(settings, kind, *keys):
    database = await opened(settings)
    try:
        await database.queue.add([NewTask(kind, key, NOW, {"to": key}) for key in keys])
        for task in await database.queue.claim([kind], 9, LEASE):
            await database.queue.again(task, NOW, "refused-401", failed=True)
        for task in await database.queue.claim([kind], 9, LEASE):
            await database.queue.dead_letter(task, "refused-401")
    finally:
        await database.close()


async def waiting(settings, kind):
    database = await opened(settings)
    try:
        return {task.key: (task.failures, task.payload) for task in await database.queue.claim([kind], 9, LEASE)}
    finally:
        await database.close()


async def test_without_a_kind_it_is_told_what_was_given_up_and_nothing_is_done(environment, capsys):
    await given_up(environment, "notice", "one", "two")
    await given_up(environment, "alarm", "three")

    assert await revive_tasks(environment, None) == 0

    told = capsys.readouterr().out.splitlines()
    assert told == [
        "alarm: 1 given up, refused-401, the last one on 2026-09-15",
        "notice: 2 given up, refused-401, the last one on 2026-09-15",
    ]
    assert await waiting(environment, "notice") == {}


async def test_those_of_one_kind_are_tried_again_as_if_they_were_new(environment, capsys):
    await given_up(environment, "notice", "one", "two")
    await given_up(environment, "alarm", "three")

    assert await revive_tasks(environment, "notice") == 0

    assert capsys.readouterr().out == "2 of notice are tried again.\n"
    assert await waiting(environment, "notice") == {"one": (0, {"to": "one"}), "two": (0, {"to": "two"})}
    assert await waiting(environment, "alarm") == {}


async def test_a_kind_of_which_none_was_given_up_is_said(environment, capsys):
    await given_up(environment, "alarm", "three")

    assert await revive_tasks(environment, "notice") == 1

    told = capsys.readouterr()
    assert "alarm: 1 given up" in told.out
    assert "None of notice" in told.err


async def test_where_none_was_given_up_it_says_so(environment, capsys):
    await given_up(environment, "alarm")

    assert await revive_tasks(environment, None) == 0
    assert capsys.readouterr().out == "No task was given up.\n"
