"""What becomes of a temporary password in days: the whole product in this process, its clock moved on by the test."""

import asyncio
import json
import time as clock_time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.runtime import container as composition
from bot.runtime.container import RunningBot, built
from bot.runtime.settings import Settings
from demo.processes import Program, stop_all
from demo.stack import ROOT, Stack, bot_settings, clean_environment, has, simulator_command
from tests.connector import FakeTeams
from tests.integration.test_whole_bot import button, somebody, tenant, words
from tests.integration.test_whole_passwords import admin, revealed, to_confirm, to_person

__all__ = ["tenant"]
pytestmark = pytest.mark.long

SOFIA = ZoneInfo("Europe/Sofia")


class MovedClock:
    """The real time, and as much more as the test says."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def to_school_day(self, hour: time, *, days: int) -> None:
        """This hour in Sofia, at least so many days from now, from Monday to Friday."""
        day = self().astimezone(SOFIA).date() + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        self.ahead += datetime.combine(day, hour, SOFIA).astimezone(UTC) - self()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock()
    monkeypatch.setattr(composition, "utc_now", moved)
    monkeypatch.setattr(composition, "elapsed_seconds", lambda: clock_time.monotonic() + moved.ahead.total_seconds())
    return moved


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """Only the pretend tenant is a process of its own."""
    simulator = Program(
        "the simulator", simulator_command(tmp_path),
        log=tmp_path / "simulator.log", cwd=ROOT, env=clean_environment(),
    )  # fmt: skip
    said = json.loads(simulator.wait_for_line(lambda line: has(line, "graph"), seconds=60))
    yield Stack("", said, (simulator,))
    stop_all((simulator,))


@pytest.fixture
async def bot(stack: Stack, clock: MovedClock, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """The bot and its worker, with the setting on."""
    variables = bot_settings(stack.tenant, tmp_path, port=1) | {"PASSWORD_REPLACE_UNUSED": "yes"}
    async with built(Settings.read(variables)) as container:
        assert container.workers
        working = [asyncio.get_running_loop().create_task(worker.run()) for worker in container.workers]
        yield container
        for worker in working:
            worker.cancel()
        await asyncio.wait(working)


@pytest.fixture
async def teams(bot: RunningBot) -> AsyncIterator[FakeTeams]:
    async with FakeTeams(app_id="") as fake, fake.serving(bot.teams.adapter.handle):
        yield fake


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(300):
        if await true():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come true")


async def set_by_us(stack: Stack) -> dict[str, list[str]]:
    """The passwords that were set through Graph, by username."""
    found: dict[str, list[str]] = {}
    for one in (await admin(stack, "passwords"))["passwords"]:
        if one["by"] == "graph":
            found.setdefault(one["username"], []).append(one["password"])
    return found


async def test_an_unused_password_is_replaced_outside_school_hours_and_its_director_told(
    teams, bot, stack, tenant, clock
):
    director, facts = somebody(tenant, "director")
    own = [one for one in tenant["students"] if one["schoolCode"] == facts["schoolCode"] and one["state"] == "active"]
    known = (one for one in own if one["identifierKind"] == "egn" and not one["class"].startswith("1 "))
    seen, unseen, used = (next(known) for _ in range(3))
    await teams.install(director)
    first: dict[str, str] = {}
    for student in (seen, used):
        ready = await teams.press(director, button(await to_confirm(teams, director, student), "Потвърждаване"))
        assert "още не е показана" in words(await to_person(teams, director, student))
        _, first[student["username"]] = await revealed(teams, director, ready)
        assert "дадена на" in words(await to_person(teams, director, student))
    await teams.press(director, button(await to_confirm(teams, director, unseen), "Потвърждаване"))
    clock.ahead += timedelta(hours=1)
    assert "вече не може да бъде видяна" in words(await to_person(teams, director, unseen))
    await asyncio.sleep(6)  # what Graph notes within five seconds of a setting is the setting itself
    chosen = {"username": used["username"], "password": first[used["username"]], "newPassword": "Zaedno-Napred-81"}
    assert (await admin(stack, "signin", chosen))["outcome"] == "signed-in"
    assert "неизвестно от кого" in words(await to_person(teams, director, used))

    clock.to_school_day(time(10), days=4)
    await asyncio.sleep(2)  # the worker looks five times a second
    assert {len(passwords) for passwords in (await set_by_us(stack)).values()} == {1}, "in school hours"
    assert "срокът ѝ мина на" in words(await to_person(teams, director, seen))

    clock.to_school_day(time(19, 1), days=0)

    async def replaced() -> bool:
        by_user = await set_by_us(stack)
        return all(len(by_user[student["username"]]) == 2 for student in (seen, unseen))

    await until(replaced)
    old = {"username": seen["username"], "password": first[seen["username"]]}
    assert (await admin(stack, "signin", old))["outcome"] == "wrong-password"

    async def told() -> bool:
        cards = [json.dumps(each.card, ensure_ascii=False) for each in teams.sent]
        said = [card for card in cards if "Неизползваната временна парола вече не действа" in card]
        return [sum(student["name"] in card for card in said) for student in (seen, unseen, used)] == [1, 1, 0]

    await until(told)
    for student in (seen, unseen):
        assert "не действа" in words(await to_person(teams, director, student))
    assert "неизвестно от кого" in words(await to_person(teams, director, used))
    every = await set_by_us(stack)
    assert len(every[used["username"]]) == 1, "what its owner chose stays"
    messages = "".join(json.dumps(each.body) for each in (*teams.sent, *teams.updated))
    assert not [password for some in every.values() for password in some if password in messages]
    assert (await bot.database.audit.verify()).intact
