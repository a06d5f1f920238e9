"""Who is measured: how each is started and what one turn with it is."""

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


@dataclass(slots=True)
class OurBot:
    """Turns with this product's bot, as a director of the pretend tenant."""

    stack: Stack
    channel: Channel
    people: Mapping[str, Any]

    @property
    def speaker(self) -> Speaker:
        """The director who speaks."""
        director = cast.choose(dict(self.people)).first_director
        return Speaker(self.people["tenant"], director.object_id, self.channel.url)

    @property
    def pid(self) -> int:
        """The bot's process."""
        return self.stack.programs[-1].pid

    def help_turn(self, turns: int) -> Contender:
        """«помощ»: the role is known, no Graph call, a card comes back."""
        speaker = self.speaker

        async def turn(conversation: str) -> None:
            body = speaker.said(conversation, self.channel.number(), HELP)
            await self.channel.post(self.stack.bot, body, JSON)
            await self.channel.reply(conversation)

        return Contender("this bot, help (a card)", self.pid, turn, turns)

    async def lookup_turn(self, turns: int) -> Contender:
        """The filled-in form pressed: one Graph call, audit and budget written, a card comes back in the answer."""
        speaker = self.speaker
        identifiers = self._own_identifiers()
        forms: dict[str, dict[str, Any]] = {}
        work: dict[str, Iterator[str]] = {}

        async def turn(conversation: str) -> None:
            identifier = next(work.setdefault(conversation, iter(())), None)
            if identifier is None:
                forms[conversation] = await self._form(speaker, conversation)
                work[conversation] = iter(identifiers)
                identifier = next(work[conversation])
            action = filled(forms[conversation], identifier)
            answer = await self.channel.post(
                self.stack.bot, speaker.pressed(conversation, self.channel.number(), action), JSON
            )
            if "@" not in json.dumps(answer, ensure_ascii=False):
                raise RuntimeError(f"the look-up found nobody: {json.dumps(answer, ensure_ascii=False)[:600]}")

        return Contender("this bot, look-up (Graph, database, a card)", self.pid, turn, turns)

    async def _form(self, speaker: Speaker, conversation: str) -> dict[str, Any]:
        await self.channel.post(self.stack.bot, speaker.said(conversation, self.channel.number(), SEARCH), JSON)
        reply = await self.channel.reply(conversation)
        return submit_of(reply["attachments"][0]["content"])

    def _own_identifiers(self) -> Sequence[str]:
        director = cast.choose(dict(self.people)).first_director
        return [
            student["identifier"]
            for student in self.people["students"]
            if student["schoolCode"] == director.school_code and cast.plain(student)
        ]


def submit_of(card: Mapping[str, Any]) -> dict[str, Any]:
    """The first Action.Execute of a card, as the client sends it back."""
    action = next(one for one in card["actions"] if one["type"] == "Action.Execute")
    return {key: action[key] for key in ("verb", "data", "title", "id") if key in action}


def filled(action: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """The form's action with what a director types for a student of the own school."""
    return {**action, "data": {**action.get("data", {}), "kind": "egn", "typed": identifier, "purpose": ""}}
