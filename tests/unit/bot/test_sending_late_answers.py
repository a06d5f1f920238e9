"""Sending what came too late for its turn: once, to the conversation it was asked in, and saying so when it never comes."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation import Pressed, Reply, Turn
from bot.core.errors import DirectoryBusy, DirectoryUnavailable, OutsideError
from bot.late_answers import LATE_ANSWER, SendLateAnswer
from tests.unit.announcer.room import CATALOG, Room, reference


class World(Room):
    """A director has asked for a list."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[Turn] = []
        self.errors: list[OutsideError] = []
        self.reply: Reply | None = Reply(text="the list")
        self.never: asyncio.Event | None = None
        self.handlers[LATE_ANSWER] = SendLateAnswer(self.speaking, self._answer)

    async def _answer(self, turn: Turn) -> Reply | None:
        self.turns.append(turn)
        if self.never is not None:
            await self.never.wait()
        if self.errors:
            raise self.errors.pop(0)
        return self.reply

    def asked(self) -> None:
        self.add(
            LATE_ANSWER,
            "one",
            to="director",
            tenant="tenant",
            conversation="a:director",
            verb="links.open",
            press='{"action": {"verb": "links.open"}, "seal": "s", "group": "all"}',
        )

    @property
    def texts(self) -> list[tuple[str, str | None]]:
        return [(to, reply.text) for to, _, reply in self.messenger.sent]


@pytest.fixture
def world() -> World:
    return World()


async def test_it_is_the_answer_to_the_same_press_by_the_same_person(world):
    world.asked()
    await world.to_the_end()
    assert world.texts == [("a:director", "the list")]
    (turn,) = world.turns
    assert (turn.object_id, turn.tenant_id, turn.reference) == ("director", "tenant", reference("director"))
    data = {"action": {"verb": "links.open"}, "seal": "s", "group": "all"}
    assert turn.occasion == Pressed("links.open", data)


@pytest.mark.parametrize("error", [DirectoryUnavailable("away"), DirectoryBusy(3)])
async def test_a_failure_is_tried_again(world, error):
    world.errors = [error, error]
    world.asked()
    await world.to_the_end()
    assert world.texts == [("a:director", "the list")]
    assert len(world.turns) == 3


async def test_reading_has_an_end(world, monkeypatch):
    monkeypatch.setattr("bot.late_answers.LONGEST_READING", 0.05)
    world.never = asyncio.Event()
    world.asked()
    await world.to_the_end()
    assert world.texts == [("a:director", CATALOG.speak("bg")("answer-does-not-follow"))]
    assert len(world.turns) == SendLateAnswer.most_failures


@pytest.mark.parametrize("language", ["bg", "en"])
async def test_what_never_comes_is_said(world, language):
    world.errors = [DirectoryUnavailable("away") for _ in range(50)]
    await world.preferences.choose_language("director", language)
    world.asked()
    await world.to_the_end()
    assert world.texts == [("a:director", CATALOG.speak(language)("answer-does-not-follow"))]
    assert world.statuses == ["dead"]


async def test_it_comes_once_however_often_its_task_is_run(world):
    world.asked()
    await world.to_the_end()
    world.run_again()
    await world.to_the_end()
    assert len(world.texts) == 1


async def test_nothing_is_read_or_sent_where_the_conversation_is_gone_or_another(world):
    world.references["director"] = replace(reference("director"), conversation_id="a:another")
    world.asked()
    await world.to_the_end()
    del world.references["director"]
    world.run_again()
    await world.to_the_end()
    assert (world.turns, world.texts) == ([], [])


async def test_there_may_be_no_answer_any_more(world):
    world.reply = None
    world.asked()
    await world.to_the_end()
    assert world.texts == []
    assert world.statuses == ["done"]
