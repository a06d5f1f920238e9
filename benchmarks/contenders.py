"""Who is measured: how each is started and what one turn with it is."""

import itertools
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.activities import JSON, Speaker, slack_event
from benchmarks.channel import Channel
from demo import cast
from demo.processes import Program
from demo.stack import ROOT, Stack

Turn = Callable[[str], Awaitable[None]]
"""One turn in the conversation with this id; over when the bot's reply has arrived."""

HELP = "помощ"
SEARCH = "справка"


@dataclass(frozen=True, slots=True)
class Contender:
    """One kind of turn with one running bot."""

    name: str
    pid: int
    turn: Turn
    turns: int
    """How many turns one round has."""
    program: Program | None = field(default=None, compare=False)


def rival(name: str, channel: Channel, folder: Path, *, turns: int, shared_session: bool = False) -> Contender:
    """Starts one of benchmarks/rivals and waits until it listens. Errors: ProgramFailed."""
    program = Program(
        name,
        [sys.executable, "-m", f"benchmarks.rivals.{name}_echo"],
        log=folder / f"{name}{'-shared' if shared_session else ''}.log",
        cwd=ROOT,
        env={
            **os.environ,
            "SLACK_API": f"{channel.url}/api/",
            "SLACK_SHARED_SESSION": "yes" if shared_session else "no",
        },
    )
    line = program.wait_for_line(lambda line: line.startswith('{"listening"'), seconds=60)
    address = json.loads(line)["listening"]
    speaker = Speaker("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002", channel.url)

    async def teams_turn(conversation: str) -> None:
        body = speaker.said(conversation, channel.number(), HELP)
        await channel.post(address, body, JSON)
        await channel.reply(conversation)

    async def slack_turn(conversation: str) -> None:
        body, headers = slack_event(conversation, channel.number(), HELP)
        await channel.post(address, body, headers)
        await channel.reply(conversation)

    labels = {"botbuilder": "botbuilder 4.17.1, stock, echo", "agents": "microsoft-agents 1.9.0, echo"}
    label = labels.get(name, "slack-bolt async, echo" + (", one HTTP session" if shared_session else ""))
    return Contender(label, program.pid, slack_turn if name == "slack" else teams_turn, turns, program)


@dataclass(frozen=True, slots=True)
class Director:
    """A director of the pretend tenant and the identifiers of some own students."""

    speaker: Speaker
    identifiers: Sequence[str]


class OurBot:
    """Turns with this product's bot. Each conversation is with a director of its own, as long as there are enough:
    what one director has looked up that day is read at each look-up, so one director for all would measure a day
    nobody is allowed to have.
    """

    def __init__(self, stack: Stack, channel: Channel, people: Mapping[str, Any]) -> None:
        self.stack = stack
        self._channel = channel
        self._directors = itertools.cycle(directors(people, channel.url))
        self._by_conversation: dict[str, Director] = {}

    @property
    def pid(self) -> int:
        """The bot's process."""
        return self.stack.programs[-1].pid

    def help_turn(self, turns: int) -> Contender:
        """«помощ»: the role is known, no Graph call, a card comes back."""

        async def turn(conversation: str) -> None:
            await self._say(conversation, HELP)

        return Contender("this bot, help (a card)", self.pid, turn, turns)

    def lookup_turn(self, turns: int) -> Contender:
        """The filled-in form pressed: one Graph call, audit and budget written, a card comes back in the answer."""
        waiting: dict[str, Iterator[dict[str, Any]]] = {}

        async def turn(conversation: str) -> None:
            action = next(waiting.setdefault(conversation, iter(())), None)
            if action is None:
                form = submit_of((await self._say(conversation, SEARCH))["attachments"][0]["content"])
                waiting[conversation] = (filled(form, one) for one in self._director(conversation).identifiers)
                action = next(waiting[conversation])
            speaker, number = self._director(conversation).speaker, self._channel.number()
            answer = await self._channel.post(self.stack.bot, speaker.pressed(conversation, number, action), JSON)
            shown = json.dumps(answer, ensure_ascii=False)
            if "@edu.mon.bg" not in shown:
                raise RuntimeError(f"the look-up found nobody: {shown[:600]}")

        return Contender("this bot, look-up (Graph, database, a card)", self.pid, turn, turns)

    def _director(self, conversation: str) -> Director:
        if conversation not in self._by_conversation:
            self._by_conversation[conversation] = next(self._directors)
        return self._by_conversation[conversation]

    async def _say(self, conversation: str, text: str) -> dict[str, Any]:
        speaker = self._director(conversation).speaker
        body = speaker.said(conversation, self._channel.number(), text)
        await self._channel.post(self.stack.bot, body, JSON)
        return await self._channel.reply(conversation)


def directors(people: Mapping[str, Any], service_url: str) -> list[Director]:
    """The directors some of whose students are listed with a whole ЕГН and an active account."""
    identifiers: dict[str, list[str]] = {}
    for student in filter(cast.plain, people["students"]):
        identifiers.setdefault(student["schoolCode"], []).append(student["identifier"])
    return [
        Director(Speaker(people["tenant"], person["aadObjectId"], service_url), identifiers[person["schoolCode"]])
        for person in people["people"]
        if person["role"] == "director" and person["schoolCode"] in identifiers
    ]


def submit_of(card: Mapping[str, Any]) -> dict[str, Any]:
    """The first Action.Execute of a card, as the client sends it back."""
    action = next(one for one in card["actions"] if one["type"] == "Action.Execute")
    return {key: action[key] for key in ("verb", "data", "title", "id") if key in action}


def filled(action: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """The form's action with what a director types for a student of the director's own school."""
    return {**action, "data": {**action.get("data", {}), "kind": "egn", "typed": identifier}}
