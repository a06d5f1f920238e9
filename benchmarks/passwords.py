"""Temporary passwords through the whole product: how long one person waits, and how many a minute classes get."""

import asyncio
import json
import ssl
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.activities import Speaker
from benchmarks.channel import Channel
from benchmarks.cost import cpu_seconds
from benchmarks.talk import Talk, parts
from demo import cast, stack
from demo.processes import stop_all

LATENCY = 100
"""Milliseconds the pretend Graph takes for every request here."""
FASTEST = {"PASSWORD_WRITES_PER_SECOND": "20"}
"""The most the setting takes: Graph's published 3,000 writes in 150 s."""
SINGLE = 12
CLASSES = ("1 а", "2 а", "3 а", "4 а", "5 а", "6 а")


@dataclass(frozen=True, slots=True)
class PasswordFigures:
    """`ready_seconds`: from the press on „Потвърждаване“ to the answer that it is ready, median and slowest."""

    ready_seconds: float
    slowest_seconds: float
    set_in_classes: int
    seconds: float
    refused: int
    """Writes that Graph answered with 429."""
    cpu_ms: float
    """CPU of the bot (conversation, tasks, database) per password of a class."""

    @property
    def per_minute(self) -> float:
        """Passwords a minute."""
        return self.set_in_classes / self.seconds * 60


async def measure(folder: Path) -> PasswordFigures:
    """Starts a product of its own. Errors: RuntimeError when an answer is not what is to be measured."""
    standing = stack.start(folder, simulator_options=("--latency", str(LATENCY)), more_settings=FASTEST)
    try:
        async with Channel() as channel:
            people = cast.read_people(standing.tenant)
            chosen = cast.choose(people)
            speaker = Speaker(people["tenant"], chosen.first_director.object_id, channel.url)
            talk = Talk(channel, standing.bot, speaker)
            own = [
                student["identifier"]
                for student in filter(cast.plain, people["students"])
                if student["schoolCode"] == chosen.first_director.school_code and not student["case"]
            ]
            waits = [await _one(talk, identifier) for identifier in own[:SINGLE]]
            return await _classes(talk, standing, waits)
    finally:
        stop_all(standing.programs)


async def _one(talk: Talk, identifier: str) -> float:
    start = await talk.says("парола", "password.find")
    person = await talk.presses(start, "password.find", kind="egn", typed=identifier)
    sure = await talk.presses(person, "password.recipient", recipient="student", identity="true")
    before = time.perf_counter()
    ready = await talk.presses(sure, "password.confirm")
    waited = time.perf_counter() - before
    if not any(part.get("verb") == "password.reveal" for part in parts(ready)):
        raise RuntimeError(f"not ready: {json.dumps(ready, ensure_ascii=False)[:600]}")
    return waited


async def _classes(talk: Talk, standing: stack.Stack, waits: list[float]) -> PasswordFigures:
    before = (await _asked(standing, "requests"))["requests"].get("PATCH /users/{user}", 0)
    known = len((await _asked(standing, "passwords"))["passwords"])
    bot = standing.programs[-1].pid
    cpu, began = cpu_seconds(bot), time.perf_counter()
    running = [await _class(talk, name) for name in CLASSES]
    while running:
        await asyncio.sleep(0.2)
        running = [
            progress
            for progress in [await talk.presses(card, "class.progress") for card in running]
            if any(part.get("verb") == "class.cancel" for part in parts(progress))
        ]
    seconds = time.perf_counter() - began
    done = len((await _asked(standing, "passwords"))["passwords"]) - known
    sent = (await _asked(standing, "requests"))["requests"]["PATCH /users/{user}"] - before
    spent = (cpu_seconds(bot) - cpu) / done * 1000
    return PasswordFigures(statistics.median(waits), max(waits), done, seconds, sent - done, spent)


async def _class(talk: Talk, name: str) -> Mapping[str, Any]:
    start = await talk.says("парола", "password.find")
    pick = await talk.presses(start, "class.open")
    one = next(
        (part["selectAction"] for part in parts(pick) if part.get("selectAction", {}).get("title") == name), pick
    )
    students = await talk.presses(one, "class.students", **{"class": name})
    ticked = next(part["value"] for part in parts(students) if part.get("id") == "students")
    answer = await talk.presses(students, "class.choose", students=ticked, recipient="student", identity="true")
    asked = any(part.get("verb") == "class.confirm" for part in parts(answer))
    return await talk.presses(answer, "class.confirm") if asked else answer


async def _asked(standing: stack.Stack, what: str) -> dict[str, Any]:
    trusted = ssl.create_default_context(cafile=standing.tenant["ca_file"])
    address = f"{standing.tenant['graph']}/_simulator/{what}"
    async with aiohttp.ClientSession() as session, session.get(address, ssl=trusted) as answer:
        said: dict[str, Any] = await answer.json()
        return said
