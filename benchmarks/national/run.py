"""Plays a week: first each intent alone, to see what it costs, then everything as it comes."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from random import Random

from benchmarks.national.acts import Acts
from benchmarks.national.chat import Chat, NotAnswered, Tally, Words
from benchmarks.national.country import Class, Country
from benchmarks.national.demand import Intent, Wanted
from benchmarks.national.setups import SetUp
from benchmarks.national.teams import Teams
from benchmarks.national.usage import Graph, Memory, Usage, graph, quiet

OF_A_CLASS = 6
"""Students of a class who get a password together where an intent is played alone: a quarter of a class."""

IDLE_SECONDS = 5.0
"""For so long the bot is watched doing nothing, which is taken off what a wish costs."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What one wish costs when nothing else happens; means over several."""

    requests: float
    items: float
    units: dict[str, float]
    cpu_ms: float
    turns: float


@dataclass(slots=True)
class Figures:
    """A run of one set-up. Times in seconds."""

    setup: str
    alone: dict[Intent, Alone] = field(default_factory=dict)
    tallies: dict[Intent, Tally] = field(default_factory=dict)
    offered_seconds: float = 0.0
    """For so long people came."""
    seconds: float = 0.0
    """Until everybody was answered, or nobody waited longer."""
    unfinished: int = 0
    """Wishes that were still going on then."""
    graph: Graph | None = None
    cpu: dict[str, float] = field(default_factory=dict)
    bots_cpu: float = 0.0
    memory: Memory | None = None
    other_work: float = 0.0
    """Cores busy with something else."""
    late: list[float] = field(default_factory=list)
    """By how much this program itself was late in beginning each wish."""

    @property
    def turns(self) -> int:
        """All that were answered or given up."""
        return sum(len(tally.turns) for tally in self.tallies.values())

    @property
    def failed(self) -> Counter[str]:
        """Kind → how many wishes of all intents ended so."""
        counted: Counter[str] = Counter()
        for tally in self.tallies.values():
            counted.update(tally.failed)
        return counted

    def plain(self) -> dict[str, object]:
        """For a file."""
        tallies = {
            intent: {**{one.name: getattr(tally, one.name) for one in fields(tally)}, "failed": dict(tally.failed)}
            for intent, tally in self.tallies.items()
        }
        return {**asdict(replace(self, tallies={})), "tallies": tallies}


@dataclass(slots=True)
class Play:
    """One set-up, one week."""

    setup: SetUp
    country: Country
    teams: Teams
    words: Words
    random: Random
    figures: Figures
    tallies: defaultdict[Intent, Tally] = field(default_factory=lambda: defaultdict(Tally))
    people: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """Whose chat is being used."""

    async def alone(self, wishes: Sequence[Sequence[Wanted]]) -> None:
        """Each list is of one intent; its wishes are fulfilled one after the other, the first of them to warm up.

        Errors: NotAnswered.
        """
        acts = self._acts()
        await quiet(self.setup)
        async with Usage(self.setup) as idle:
            await quiet(self.setup, least=IDLE_SECONDS)
        for first, *several in wishes:
            await acts(first, Session(self, Tally(), time.perf_counter()).chat)
            await quiet(self.setup)
            tally, before = Tally(), await graph(self.setup)
            async with Usage(self.setup) as usage:
                for one in several:
                    await acts(one, Session(self, tally, time.perf_counter()).chat)
                await quiet(self.setup)
            spent, count = (await graph(self.setup)).since(before), len(several)
            resting = idle.bots / idle.seconds * usage.seconds
            self.figures.alone[first.intent] = Alone(
                spent.requests / count,
                spent.items / count,
                {area: units / count for area, units in spent.units.items()},
                max(0.0, usage.bots - resting) * 1000 / count,
                len(tally.turns) / count,
            )

    async def all(self, wishes: Sequence[Wanted], seconds: float, *, drain: float) -> None:
        """Each when it is due, whether or not those before it are over; after the last, waits `drain` seconds."""
        acts, running = self._acts(), set[asyncio.Task[None]]()
        before = await graph(self.setup)
        async with Usage(self.setup) as usage:
            began = time.perf_counter()
            for one in wishes:
                await asyncio.sleep(began + one.at - time.perf_counter())
                self.figures.late.append(time.perf_counter() - began - one.at)
                task = asyncio.create_task(self._one(acts, one, began + one.at))
                running.add(task)
                task.add_done_callback(running.discard)
            await asyncio.sleep(began + seconds - time.perf_counter())
            if running:
                await asyncio.wait(running, timeout=drain)
            self.figures.seconds = time.perf_counter() - began
            left = list(running)
            self.figures.unfinished = len(left)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        self.figures.graph = (await graph(self.setup)).since(before)
        self.figures.offered_seconds, self.figures.tallies = seconds, dict(self.tallies)
        self.figures.cpu, self.figures.bots_cpu = usage.cpu, usage.bots
        self.figures.memory, self.figures.other_work = usage.memory, usage.others

    async def _one(self, acts: Acts, wanted: Wanted, due: float) -> None:
        tally = self.tallies[wanted.intent]
        tally.begun += 1
        session = Session(self, tally, due)
        try:
            await acts(wanted, session.chat)
        except NotAnswered as error:
            tally.failed[str(error)] += 1
        else:
            tally.whole.append(time.perf_counter() - session.began)

    def _acts(self) -> Acts:
        return Acts(self.country, self.words, self.random)


class Session:
    """One wish: whose chats it takes, and when its first person began. `due` on `time.perf_counter`."""

    def __init__(self, play: Play, tally: Tally, due: float) -> None:
        self._play, self._tally, self._due = play, tally, due
        self.began = 0.0

    @asynccontextmanager
    async def chat(self, person: str) -> AsyncIterator[Chat]:
        """A person does one thing after the other, and the bot answers one message of a chat after the other: who is
        still busy begins later, and that wait is not the bot's. Otherwise the wish counts from when it was due.
        """
        play = self._play
        free = play.people[person]
        waits, first = free.locked(), not self.began
        async with free:
            if first:
                self._tally.busy += waits
                self.began = time.perf_counter() if waits else self._due
            yield Chat(
                play.teams,
                play.setup.bots,
                person,
                play.setup.tenant["tenant"],
                tally=self._tally,
                words=play.words,
                random=play.random,
                due=self.began if first else 0.0,
            )


def one_by_one(country: Country, random: Random, each: int) -> list[list[Wanted]]:
    """`each` wishes of every intent and one more, of schools of their own as far as there are so many."""
    by_school: dict[int, list[Class]] = defaultdict(list)
    for class_ in country.classes:
        by_school[class_.school].append(class_)
    places = [place for place, school in enumerate(country.schools) if by_school[school.number]]
    turn, wishes = 0, []
    for intent in Intent:
        several = []
        for _ in range(each + 1):
            school, other = places[turn % len(places)], places[(turn + 1) % len(places)]
            whose = country.schools[other if intent is Intent.TRANSFER else school].number
            several.append(Wanted(0.0, intent, school, random.choice(by_school[whose]), OF_A_CLASS))
            turn += 1
        wishes.append(several)
    return wishes
