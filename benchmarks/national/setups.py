"""The two ways to run the bot that are measured, beside a pretend tenant that holds to Microsoft's limits."""

import json
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo import stack
from demo.processes import Program, free_port, stop_all
from tests.postgres import running_server

SQLITE, POSTGRES = "sqlite", "postgres"
TITLES = {
    SQLITE: "one process, SQLite",
    POSTGRES: "two webs and two workers, PostgreSQL",
}
_DURABLE = ("max_connections=100",)
"""Otherwise PostgreSQL as it comes: what it has confirmed is on the disk."""
_WEB_SHARE = {"GRAPH_REQUESTS_PER_SECOND": "180", "GRAPH_TEAMS_REQUESTS_PER_SECOND": "11"}
_WORKER_SHARE = {"GRAPH_REQUESTS_PER_SECOND": "180", "GRAPH_TEAMS_REQUESTS_PER_SECOND": "3"}
"""Four processes read as one application, whose limits they divide as `docs/settings.md` says."""
_NO_WRITER = {"GRAPH_WRITER_CLIENT_ID": "", "GRAPH_WRITER_CLIENT_SECRET": ""}


@dataclass(frozen=True, slots=True)
class SetUp:
    """A running product. `bots`: where Teams posts to, one address for each process that answers."""

    name: str
    bots: tuple[str, ...]
    tenant: Mapping[str, Any]
    simulator: int
    processes: Mapping[str, int] = field(default_factory=dict)
    """Name → process id of every process of the bot."""

    def due(self) -> int:
        """Tasks that could be done now, as the health page tells (it counts every two seconds)."""
        page = self.bots[0].partition("/api")[0] + "/health"
        with urllib.request.urlopen(page, timeout=10) as answer:  # noqa: S310 -- our own bot
            return int(json.load(answer)["tasks"]["due"])


@contextmanager
def started(
    name: str, folder: Path, simulator_options: tuple[str, ...], settings: Mapping[str, str]
) -> Iterator[SetUp]:
    """One of the two, stopped afterwards. Errors: ProgramFailed."""
    folder.mkdir(parents=True)
    days = stack.without_patience(folder)
    settings = {**settings, **{name: days[name] for name in ("SCHOOL_DAYS_FILE", "WORKING_HOURS")}}
    with ExitStack() as cleanup:
        if name == SQLITE:
            standing = stack.start(folder, simulator_options=simulator_options, more_settings=settings)
            cleanup.callback(stop_all, standing.programs)
            processes = {"bot": standing.programs[1].pid}
            yield SetUp(name, (standing.bot,), standing.tenant, standing.programs[0].pid, processes)
            return
        url = cleanup.enter_context(cleanup.enter_context(running_server(_DURABLE)).database())
        shared = {**settings, "DATABASE_URL": url}
        web = {**shared, "PROCESS": "web", **_WEB_SHARE, **_NO_WRITER}
        standing = stack.start(folder, simulator_options=simulator_options, more_settings=web)
        cleanup.callback(stop_all, standing.programs)
        bots, processes = [standing.bot], {"web 1": standing.programs[1].pid}
        worker = {**shared, "PROCESS": "worker", **_WORKER_SHARE}
        for title, own in (("web 2", web), ("worker 1", worker), ("worker 2", worker)):
            program = _program(title, standing, folder, own)
            cleanup.callback(program.stop)
            line = program.wait_for_line(lambda line: stack.has(line, "listening"), seconds=stack.READY_SECONDS)
            processes[title] = program.pid
            if own is web:
                bots.append(json.loads(line)["listening"])
        yield SetUp(name, tuple(bots), standing.tenant, standing.programs[0].pid, processes)


def _program(title: str, standing: stack.Stack, folder: Path, own: Mapping[str, str]) -> Program:
    public = {"PUBLIC_URL": standing.bot.partition("/api")[0]}
    settings = stack.bot_settings(standing.tenant, folder, port=free_port()) | public | dict(own)
    return Program(
        title,
        [sys.executable, "app.py"],
        log=folder / f"{title.replace(' ', '-')}.log",
        cwd=stack.ROOT,
        env={**stack.clean_environment(), **settings},
    )
