"""What a run used: Graph, as the pretend tenant counts it; CPU and memory of the bot's processes, over time."""

import asyncio
import json
import os
import ssl
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp

from benchmarks.cost import cpu_seconds, resident_mb
from benchmarks.national.setups import SetUp

SAMPLE_SECONDS = 1.0
AREAS = ("education", "identity", "teams", "new teams", "files")


@dataclass(frozen=True, slots=True)
class Graph:
    """Counted since the start, or between two moments."""

    requests: int
    """HTTP requests, a $batch as one."""
    items: int
    """What the limits count: each item of a $batch by itself."""
    units: Mapping[str, int]
    """By area; see `simulator/graph/quotas.py`."""
    throttled: int
    passwords: int
    """Changes of accounts that were sent."""

    def since(self, before: Self) -> "Graph":
        """The difference."""
        units = {area: self.units.get(area, 0) - before.units.get(area, 0) for area in AREAS}
        return Graph(
            self.requests - before.requests,
            self.items - before.items,
            units,
            self.throttled - before.throttled,
            self.passwords - before.passwords,
        )


async def graph(setup: SetUp) -> Graph:
    """As it is now."""
    trusted = ssl.create_default_context(cafile=setup.tenant["ca_file"])
    address = f"{setup.tenant['graph']}/_simulator/requests"
    async with aiohttp.ClientSession() as session, session.get(address, ssl=trusted) as answer:
        said: dict[str, Any] = await answer.json()
    requests, items = sum(said["requests"].values()), sum(said["batchItems"].values())
    batches = said["requests"].get("POST /$batch", 0)
    set_ = "PATCH /users/{user}"
    passwords = said["requests"].get(set_, 0) + said["batchItems"].get(set_, 0)
    return Graph(requests, requests - batches + items, said["units"], said["throttled"], passwords)


@dataclass(frozen=True, slots=True)
class Memory:
    """Of all processes of the bot together, MB. `slope` in MB an hour, over the second half of the run."""

    start: float
    median: float
    end: float
    slope: float


@dataclass(slots=True)
class Usage:
    """Samples CPU and memory while its block is open."""

    setup: SetUp
    cpu: dict[str, float] = field(default_factory=dict)
    """Seconds by process, afterwards; also of the simulator, of this process (`load`), of PostgreSQL, and of all on
    the machine (`all`).
    """
    seconds: float = 0.0
    _began: float = 0.0
    _times: list[float] = field(default_factory=list)
    _sizes: list[float] = field(default_factory=list)
    _before: dict[str, float] = field(default_factory=dict)
    _sampling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._before, self._began = self._cpu(), time.perf_counter()
        self._sampling = asyncio.create_task(self._sample())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._sampling is not None:
            self._sampling.cancel()
            await asyncio.gather(self._sampling, return_exceptions=True)
        self.seconds = time.perf_counter() - self._began
        now = self._cpu()
        self.cpu = {name: now[name] - before for name, before in self._before.items() if name in now}

    @property
    def bots(self) -> float:
        """CPU seconds of all processes of the bot."""
        return sum(self.cpu[name] for name in self.setup.processes)

    @property
    def others(self) -> float:
        """How many cores were busy with something that is no part of this."""
        ours = sum(seconds for name, seconds in self.cpu.items() if name != "all")
        return max(0.0, self.cpu.get("all", 0.0) - ours) / self.seconds if self.seconds else 0.0

    @property
    def memory(self) -> Memory:
        """Over the run."""
        half = len(self._times) // 2
        times, sizes = self._times[half:], self._sizes[half:]
        slope = statistics.linear_regression(times, sizes).slope * 3600 if len(set(times)) > 1 else 0.0
        return Memory(self._sizes[0], statistics.median(self._sizes), self._sizes[-1], slope)

    async def _sample(self) -> None:
        while True:
            self._times.append(time.perf_counter())
            self._sizes.append(sum(map(_memory, self.setup.processes.values())))
            await asyncio.sleep(SAMPLE_SECONDS)

    def _cpu(self) -> dict[str, float]:
        used = {name: cpu_seconds(pid) for name, pid in self.setup.processes.items()}
        used |= {"simulator": cpu_seconds(self.setup.simulator), "load": cpu_seconds(os.getpid())}
        if database := _servers(os.getpid()):
            used["PostgreSQL"] = sum(map(_with_children, database))
        if (everybody := _machine()) is not None:
            used["all"] = everybody
        return used


def _memory(pid: int) -> float:
    """Resident MB; without a process of its own for the question where /proc tells it."""
    told = Path(f"/proc/{pid}/statm")
    if not told.exists():
        return resident_mb(pid)
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for each in listed for one in each.read_text().split()]


def _servers(pid: int) -> list[int]:
    """PostgreSQL servers this process has started; none where there is no /proc."""
    return [one for one in _children(pid) if Path(f"/proc/{one}/comm").read_text().strip() == "postgres"]


def _with_children(pid: int) -> float:
    """CPU seconds of a server: of itself, of those it serves by now, and of those it has served."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ended = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
        return cpu_seconds(pid) + ended + sum(map(_with_children, _children(pid)))
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _machine() -> float | None:
    """CPU seconds all processes of the machine have used; None where there is no /proc."""
    told = Path("/proc/stat")
    if not told.exists():
        return None
    user, nice, system, _, _, irq, softirq, *_ = map(int, told.read_text().split(maxsplit=9)[1:9])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


async def quiet(setup: SetUp, *, least: float = 0.0, most: float = 20.0) -> None:
    """Waits until no task is due and Graph is asked nothing. In seconds."""
    began, before = time.perf_counter(), await graph(setup)
    while (gone := time.perf_counter() - began) < most:
        await asyncio.sleep(1.0)
        now = await graph(setup)
        if now == before and not await asyncio.to_thread(setup.due) and gone + 1 >= least:
            return
        before = now


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which so many are (nearest rank); 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def as_json(value: object) -> str:
    """For a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
