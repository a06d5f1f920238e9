"""Transfer requests through the whole product: what thousands of open ones cost while nothing happens, and how long
it takes from a director's press to the student being in the new school.
"""

import asyncio
import itertools
import json
import sqlite3
import ssl
import statistics
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import aiohttp

from benchmarks.activities import Speaker
from benchmarks.channel import Channel
from benchmarks.cost import cpu_seconds
from benchmarks.talk import Talk, parts
from bot.core.decision import ALLOWED
from bot.core.people.model import School
from bot.core.tasks import NewTask
from bot.core.transfers.finish import LOOK_EVERY
from bot.core.transfers.model import CLOCK, Asked, Basis, Deadlines, State, Transfer
from bot.core.transfers.ports import Kept
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime.keys import master_key
from demo import cast, stack
from demo.processes import Program, free_port, stop_all

OPEN = 10_000
LATENCY = 100
"""Milliseconds the pretend Graph takes for every request here."""
TENANT_OPTIONS = ("--students", "12000", "--schools", "20", "--latency", str(LATENCY))
SETTLE, IDLE, BUSY = 10, 30, 90
"""Seconds: until the bot has started, measured without requests, measured with them."""
MOVED = 7


@dataclass(frozen=True, slots=True)
class TransferFigures:
    """Shares are of one core. `done_seconds`: from the press of approval to DONE being written down."""

    open: int
    idle_share: float
    """The bot without any request."""
    waiting_share: float
    """With them: working hours, each looked at in the directory every four."""
    done_seconds: float
    slowest_seconds: float


async def measure(folder: Path) -> TransferFigures:
    """Starts a product of its own. Errors: RuntimeError when an answer is not what is to be measured."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 -- nothing runs yet
    programs = [_program("the simulator", folder, stack.simulator_command(folder)[1:])]
    try:
        tenant = json.loads(programs[0].wait_for_line(lambda line: stack.has(line, "graph"), seconds=120))
        settings = stack.bot_settings(tenant, folder, port=free_port()) | _always_working(folder)
        bot, _ = _started(programs, folder, settings)
        idle = await _share(bot, IDLE)
        programs.pop().stop()
        people = cast.read_people(tenant)
        await _fill(folder, tenant, people)
        bot, address = _started(programs, folder, settings)
        waiting = await _share(bot, BUSY)
        waits = await _moves(address, people, folder)
    finally:
        stop_all(programs)
    return TransferFigures(OPEN, idle, waiting, statistics.median(waits), max(waits))


def _program(name: str, folder: Path, command: Sequence[str], env: Mapping[str, str] | None = None) -> Program:
    options = TENANT_OPTIONS if "simulator" in command else ()
    return Program(
        name,
        [sys.executable, *command, *options],
        log=folder / f"{name.rsplit(maxsplit=1)[-1]}.log",
        cwd=stack.ROOT,
        env={**stack.clean_environment(), **(env or {})},
    )


def _started(programs: list[Program], folder: Path, settings: Mapping[str, str]) -> tuple[int, str]:
    bot = _program("the bot", folder, ["app.py"], settings)
    programs.append(bot)
    line = json.loads(bot.wait_for_line(lambda line: stack.has(line, "listening"), seconds=60))
    return bot.pid, line["listening"]


def _always_working(folder: Path) -> dict[str, str]:
    """Working hours, whenever it is measured."""
    days = stack.without_patience(folder)
    return {name: days[name] for name in ("SCHOOL_DAYS_FILE", "WORKING_HOURS")}


async def _share(pid: int, seconds: float) -> float:
    await asyncio.sleep(SETTLE)
    before, began = cpu_seconds(pid), time.perf_counter()
    await asyncio.sleep(seconds)
    return (cpu_seconds(pid) - before) / (time.perf_counter() - began)


async def _fill(folder: Path, tenant: Mapping[str, Any], people: Mapping[str, Any]) -> None:
    """Open requests for students of every school but those of the two directors who move some later."""
    chosen = cast.choose(dict(people))
    spared = {chosen.first_director.school_code, chosen.second_director.school_code}
    by_school = [(school, ids) async for school, ids in _students(tenant) if school.code not in spared]
    rows = [(school, student) for school, ids in by_school for student in ids][:OPEN]
    if len(rows) < OPEN:
        raise RuntimeError(f"the pretend tenant has only {len(rows)} students for this")
    url = f"sqlite:///{folder / 'bot.db'}"
    keys = DatabaseKeys.derive(master_key(folder / "keys" / "master.key", may_make=False))
    database = await Database.open(url, keys, lambda: datetime.now(UTC))
    receiving = itertools.cycle(school for school, _ in by_school)  # a school's own week is read at each request
    random = Random(1)  # noqa: S311 - spreads times
    try:
        for number, (school, student) in enumerate(rows):
            other = next(one for one in receiving if one.id != school.id)
            await _one(database, random, number, (other, school, student, tenant["tenant"]))
    finally:
        await database.close()


async def _one(database: Database, random: Random, number: int, what: tuple[School, School, str, str]) -> None:
    receiving, releasing, student, tenant = what
    now = datetime.now(UTC)
    asked = Asked(
        id=f"bench-{number}",
        at=now,
        actor="00000000-0000-4000-8000-000000000001",
        actor_name="Проба Пробна Пробева",
        tenant=tenant,
        conversation="a:bench",
        receiving=receiving,
        releasing=releasing,
        person=student,
        name="Ученик Пробен Образцов",
        username=f"bench{number}@edu.mon.bg",
        class_="5 а",
        masked="••••••0000",
        to_class="5 а",
        basis=Basis.APPLICATION,
    )
    later = [now + timedelta(days=days) for days in (1, 3, 5, 30)]

    def kept(transfer: Transfer) -> Kept:
        """As it is some hours later: the looks of all requests are spread."""
        at = now + random.random() * LOOK_EVERY
        return Kept(tasks=(NewTask(CLOCK, f"{transfer.id}:0", at, {"transfer": transfer.id, "round": "0"}),))

    await database.transfers.submit(asked, Deadlines(*later), State.REQUESTED, kept, lambda _: ALLOWED)


async def _students(tenant: Mapping[str, Any]) -> AsyncIterator[tuple[School, list[str]]]:
    """Each school with the directory ids of its students."""
    trusted = ssl.create_default_context(cafile=tenant["ca_file"])
    reader = tenant["clients"]["reader"]
    form = {
        "client_id": reader["id"],
        "client_secret": reader["secret"],
        "grant_type": "client_credentials",
        "scope": "https://graph.microsoft.com/.default",
    }
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted)) as session:
        address = f"{tenant['authority']}/{tenant['tenant']}/oauth2/v2.0/token"
        async with session.post(address, data=form) as answer:
            session.headers["Authorization"] = f"Bearer {(await answer.json())['access_token']}"
        async for one in _pages(session, f"{tenant['graph']}/v1.0/education/schools"):
            school = School(one["id"], one["externalId"], one["displayName"], "Град", "Област")
            users = f"{tenant['graph']}/v1.0/education/schools/{one['id']}/users?$select=id,primaryRole"
            yield school, [user["id"] async for user in _pages(session, users) if user["primaryRole"] == "student"]


async def _pages(session: aiohttp.ClientSession, address: str) -> AsyncIterator[dict[str, Any]]:
    while address:
        async with session.get(address) as answer:
            page = await answer.json()
        for one in page["value"]:
            yield one
        address = page.get("@odata.nextLink", "")


async def _moves(bot: str, people: Mapping[str, Any], folder: Path) -> list[float]:
    chosen = cast.choose(dict(people))
    students = [
        one
        for one in filter(cast.plain, people["students"])
        if one["schoolCode"] == chosen.second_director.school_code and not one.get("case")
    ][:MOVED]
    async with Channel() as channel:
        asks, decides = (
            Talk(channel, bot, Speaker(people["tenant"], who.object_id, channel.url))
            for who in (chosen.first_director, chosen.second_director)
        )
        with closing(sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True)) as database:
            return [await _move(asks, decides, database, one["identifier"]) for one in students]


async def _move(asks: Talk, decides: Talk, database: sqlite3.Connection, identifier: str) -> float:
    start = await asks.says("ново искане", "transfer.find")
    form = await asks.presses(start, "transfer.find", kind="egn", typed=identifier)
    classes = next(part for part in parts(form) if part.get("id") == "to_class")["choices"]
    await asks.presses(form, "transfer.submit", basis="application", to_class=classes[0]["value"])
    listed = await decides.says("искания", "request.open")
    opens = next(part for part in parts(listed) if part.get("verb") == "request.open")
    one = opens["data"]["action"]["ids"]["request"]
    card = await decides.presses(listed, "request.open")
    sure = await decides.presses(card, "request.ask")
    before = time.perf_counter()
    await decides.presses(sure, "request.do")
    while database.execute("SELECT state FROM transfer WHERE id = ?", (one,)).fetchone() != ("done",):
        if time.perf_counter() - before > 30:
            raise RuntimeError("it was not carried out")
        await asyncio.sleep(0.01)
    return time.perf_counter() - before
