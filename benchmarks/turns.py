"""CPU per turn: everybody in turn, several rounds, the median of the rounds."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.contenders import Contender
from benchmarks.cost import cpu_seconds, resident_mb

AT_ONCE = 4
"""Conversations going on at the same time."""
WARM_UP = 60


@dataclass(frozen=True, slots=True)
class TurnCost:
    """Medians over the rounds."""

    name: str
    cpu_ms: float
    """CPU of the bot's process per turn."""
    spread: float
    """(highest − lowest round) ÷ median: how far the machine was disturbed."""
    per_second: float
    memory_mb: float
    """Resident memory after the last round."""


async def measure(contenders: Sequence[Contender], *, rounds: int) -> list[TurnCost]:
    """One line per contender, in the order given. Errors: RuntimeError when a bot does not answer properly."""
    for contender in contenders:
        await go(contender, WARM_UP)
    cpu: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    speed: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            cpu_before, before = cpu_seconds(contender.pid), time.perf_counter()
            await go(contender, contender.turns)
            speed[contender.name].append(contender.turns / (time.perf_counter() - before))
            cpu[contender.name].append((cpu_seconds(contender.pid) - cpu_before) / contender.turns * 1000)
    return [
        TurnCost(
            name=one.name,
            cpu_ms=statistics.median(cpu[one.name]),
            spread=(max(cpu[one.name]) - min(cpu[one.name])) / statistics.median(cpu[one.name]),
            per_second=statistics.median(speed[one.name]),
            memory_mb=resident_mb(one.pid),
        )
        for one in contenders
    ]


async def go(contender: Contender, turns: int) -> None:
    """So many turns, spread over AT_ONCE conversations."""

    async def talk(conversation: str, count: int) -> None:
        for _ in range(count):
            await contender.turn(conversation)

    async with asyncio.TaskGroup() as group:
        for number in range(AT_ONCE):
            group.create_task(talk(f"a:conversation-{number}", turns // AT_ONCE))
