"""A new password is given at every moment at which an older one's life is just being ended."""

import itertools
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from bot.core.handover.model import Recipient
from bot.core.passwords.lapse import EndOfLife
from bot.core.passwords.model import EXPIRE, RESET, Operation, Shown
from bot.core.passwords.request import Wish
from tests.simulation.cast import DIRECTORS, OWN
from tests.simulation.records import Asked, Broken, Figures
from tests.simulation.threads import Thread
from tests.simulation.world import LEASE, World

DIRECTOR, CHAT, PERSON = DIRECTORS[0], "chat", "child"
EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
MOST_MOMENTS = 30


def calm_world(make: type[World]) -> World:
    world = next(world for seed in range(99) if (world := make(seed, Figures())).timing.replace_unused)
    world.weather.calm = True
    world.clock.now = EVENING
    world.operations.interrupt = world.queue.interrupt = None
    return world


def ask(world: World, operation: str) -> None:
    wish = Wish(operation, PERSON, OWN.id, CHAT, Recipient.STUDENT, identity=True)
    world.records.asks(operation, Asked(DIRECTOR.object_id, CHAT, OWN.id, PERSON))
    world.finish(world.press("ask", world.request(DIRECTOR, wish), lambda _: None))


def do(world: World, kind: str) -> Thread:
    """A worker that has only just begun with the task of this kind that is due."""

    async def attempt() -> None:
        (task,) = await world.queue.claim((kind,), 1, LEASE)
        thread.task, thread.since, thread.at = task, world.step, world.clock.now
        await world._attempt(task, world.handlers[kind])

    thread = Thread(kind, attempt(), world.step, world.clock.now)
    world.workers.append(thread)
    return thread


def show(world: World, operation: str) -> None:
    def seen(answer: object) -> None:
        assert isinstance(answer, Shown)
        world.records.shown(operation, answer.secret.reveal(), DIRECTOR.object_id, CHAT, thread)

    thread = world.press("look", world.reveal(DIRECTOR, CHAT, operation), lambda _: None)
    world.replies[thread] = seen
    world.finish(thread)


def at_moment(moment: int, make: type[World] = World) -> bool:
    """A second reset comes after so many moments of the first one's end; whether the end lasted that long."""
    world = calm_world(make)
    ask(world, "first")
    world.finish(do(world, RESET))
    world.clock.now = world.operations.operations["first"].expires_at or EVENING
    end = do(world, EXPIRE)
    if any(world.advance(end) for _ in range(moment)):
        return False
    ask(world, "second")
    world.finish(do(world, RESET))
    world.finish(end)
    show(world, "second")
    return True


def test_at_no_moment_the_new_password_is_dead():
    lasted = [at_moment(moment) for moment in range(MOST_MOMENTS)]

    assert True in lasted[5:]
    assert lasted[-1] is False


def test_it_would_be_if_the_end_did_not_look_again():
    class Careless(World):
        def make_handlers(self):
            carry, burn, end, *others = super().make_handlers()
            looks = itertools.count(1)

            class Hasty(EndOfLife):
                async def _followed(self, operation: Operation) -> bool:
                    return next(looks) == 1 and await super()._followed(operation)

            hasty = Hasty(**{each.name: getattr(end, each.name) for each in fields(EndOfLife)})
            return carry, burn, hasty, *others

    def at_every_moment():
        for moment in range(MOST_MOMENTS):
            at_moment(moment, Careless)

    with pytest.raises(Broken, match="dead password"):
        at_every_moment()
