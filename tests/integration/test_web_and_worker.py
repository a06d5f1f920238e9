"""Production's set-up: what answers Teams cannot set a password, what sets them answers nobody; PostgreSQL between."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from demo.processes import Program, free_port, stop_all
from demo.stack import ROOT, Stack, bot_settings, clean_environment, has, start
from tests.connector import FakeTeams
from tests.connector.records import Sent
from tests.integration.test_whole_bot import a_student, button, somebody, tenant, words
from tests.integration.test_whole_passwords import (
    admin,
    class_started,
    fetched,
    finished,
    link_and_pin,
    pdf_text,
    revealed,
    to_confirm,
)

__all__ = ["tenant"]
pytestmark = pytest.mark.slow

NO_WRITER = {"GRAPH_WRITER_CLIENT_ID": "", "GRAPH_WRITER_CLIENT_SECRET": ""}
LEASE = 60
"""Seconds for which nobody takes over what a killed worker held (`bot.runtime.task_worker.LEASE`)."""

StartWorker = Callable[..., Program]


@pytest.fixture
def web(tmp_path: Path, new_postgres_url: str) -> Iterator[Stack]:
    """The pretend tenant and a bot that answers and does nothing else."""
    running = start(tmp_path, more_settings={"PROCESS": "web", "DATABASE_URL": new_postgres_url, **NO_WRITER})
    yield running
    stop_all(running.programs)


@pytest.fixture
def start_worker(web: Stack, tmp_path: Path, new_postgres_url: str) -> Iterator[StartWorker]:
    """Starts a process that only works; each is ended with the test."""
    with ExitStack() as running:

        def begin(name: str = "worker", **settings: str) -> Program:
            own = {"PROCESS": "worker", "DATABASE_URL": new_postgres_url, "PUBLIC_URL": web.bot.partition("/api")[0]}
            environment = clean_environment() | bot_settings(web.tenant, tmp_path, port=free_port()) | own | settings
            command = [sys.executable, "app.py"]
            worker = Program(name, command, log=tmp_path / f"{name}.log", cwd=ROOT, env=environment)
            running.callback(worker.stop)
            worker.wait_for_line(lambda line: has(line, "listening"), seconds=60)
            return worker

        yield begin


@pytest.fixture
async def teams(web):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = web.bot
        yield fake


def listening(program: Program) -> str:
    line = program.wait_for_line(lambda line: has(line, "listening"), seconds=1)
    return str(json.loads(line)["listening"]).partition("/api")[0]


async def health(at: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{at}/health") as answer:
        assert answer.status == 200
        said: dict[str, Any] = await answer.json()
        return said


def moving(teams: FakeTeams) -> list[Sent]:
    """The card of the class in all its states, as the channel got them."""
    return [each for each in (*teams.sent, *teams.updated) if "Готови" in json.dumps(each.body, ensure_ascii=False)]


async def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 -- what is waited for happens in other processes
            await asyncio.sleep(0.02)


async def sent_to_graph(web: Stack) -> list[dict[str, Any]]:
    passwords: list[dict[str, Any]] = (await admin(web, "passwords"))["passwords"]
    return passwords


def one_each(sent: list[dict[str, Any]]) -> dict[str, str]:
    """The password of each, of whom only one was ever sent."""
    by_user: dict[str, set[str]] = {}
    for one in sent:
        by_user.setdefault(one["user"], set()).add(one["password"])
    assert all(len(passwords) == 1 for passwords in by_user.values())
    return {user: next(iter(passwords)) for user, passwords in by_user.items()}


async def test_the_web_asks_and_shows_and_only_a_worker_sets(web, teams, tenant, start_worker):
    director, facts = somebody(tenant, "director")
    student = a_student(tenant, schoolCode=facts["schoolCode"], state="active", identifierKind="egn")
    await teams.install(director)
    confirm = await to_confirm(teams, director, student)

    waiting = await teams.press(director, button(confirm, "Потвърждаване"))

    assert "Временната парола е създадена" not in words(waiting)
    assert await sent_to_graph(web) == []
    assert (await health(listening(web.programs[1])))["tasks"]["due"] == 1
    worker = start_worker()
    await until(lambda: student["name"] in json.dumps(teams.sent[-1].body, ensure_ascii=False))  # the lasting receipt
    ready = await teams.press(director, button(waiting, "Обновяване"))
    _, password = await revealed(teams, director, ready)
    (sent,) = await sent_to_graph(web)
    assert (sent["password"], sent["username"]) == (password, student["username"])
    assert password not in json.dumps([each.body for each in (*teams.sent, *teams.updated)])
    for program in (web.programs[1], worker):
        said = await health(listening(program))
        assert (said["database"], said["tasks"]["state"]) == ("available", "running")
        assert password not in program.log.read_text()
    async with aiohttp.ClientSession() as session, session.post(f"{listening(worker)}/api/messages") as answer:
        assert answer.status == 404, "a worker answers nobody"


@pytest.mark.long
@pytest.mark.timeout(240)
async def test_another_worker_finishes_the_class_of_one_that_was_killed(web, teams, tenant, start_worker, tmp_path):
    director, _ = somebody(tenant, "director")
    await teams.install(director)
    await admin(web, "settings", {"latency": 200})
    first = start_worker("first", PASSWORD_WRITES_PER_SECOND="3")
    progress = await class_started(teams, director, "5 а")
    await until(lambda: len(teams.updated) >= 1)  # so its message is recorded
    os.kill(first.pid, signal.SIGKILL)
    await until(lambda: not first.running)
    await admin(web, "settings", {"latency": 0})
    before, shown_before = one_each(await sent_to_graph(web)), len(moving(teams))

    start_worker("second")
    for _ in range(2 * LEASE):  # what the dead one held is somebody else's after its lease
        progress = await teams.press(director, button(progress, "Обновяване"))
        if "приключи" in words(progress):
            break
        await asyncio.sleep(1)

    after = one_each(await sent_to_graph(web))
    assert len(before) < len(after), "the kill came too late to prove anything"
    assert before.items() <= after.items()
    assert f"Готови: {len(after)} от {len(after)}" in words(progress)
    await until(lambda: "приключи" in json.dumps(moving(teams)[-1].body, ensure_ascii=False), seconds=LEASE + 10)
    assert len({each.id for each in moving(teams)}) == 1, "one message that moves"
    assert len(moving(teams)) > shown_before
    link, pin = link_and_pin(await teams.press(director, button(progress, "Отпечатване на бележките")))
    paper = pdf_text(await fetched(link), pin, tmp_path)
    assert all(password in paper for password in after.values())


@pytest.mark.long
async def test_two_workers_share_a_class_and_its_pace(web, teams, tenant, start_worker):
    per_second = 4
    director, _ = somebody(tenant, "director")
    await teams.install(director)
    for name in ("first", "second"):
        start_worker(name, PASSWORD_WRITES_PER_SECOND=str(per_second))
    asked_at = datetime.now(UTC)

    progress = await finished(teams, director, await class_started(teams, director, "5 а"))

    sent = await sent_to_graph(web)
    after = one_each(sent)
    assert len(sent) == len(after), "nobody's was sent twice"
    assert f"Готови: {len(after)} от {len(after)}" in words(progress)
    times = sorted(datetime.fromisoformat(one["at"]) for one in sent)
    print(f"\n{len(sent)} writes in {(times[-1] - asked_at).total_seconds():.2f} s after the first question")
    # None comes before its turn. After it, a busy machine may hold it up as long as it likes, and two come together.
    turns = [asked_at + number * timedelta(seconds=1 / per_second) for number in range(len(times))]
    assert all(turn <= one for turn, one in zip(turns, times, strict=True))
    tokens = (await admin(web, "requests"))["authority"]["POST token"]
    assert tokens == 5, "the reader's for each of three processes, the writer's for both workers: both have worked"
    await until(lambda: "приключи" in json.dumps(moving(teams)[-1].body, ensure_ascii=False))
    assert len({each.id for each in moving(teams)}) == 1
    names = Counter(json.dumps(each.body, ensure_ascii=False) for each in teams.sent)
    assert max(names.values()) == 1


@pytest.mark.long
async def test_a_worker_that_is_asked_to_stop_gives_back_what_it_holds(web, teams, tenant, start_worker):
    director, _ = somebody(tenant, "director")
    await teams.install(director)
    await admin(web, "settings", {"latency": 200})
    first = start_worker("first", PASSWORD_WRITES_PER_SECOND="3")
    progress = await class_started(teams, director, "5 а")
    await until(lambda: len(teams.updated) >= 1)

    os.kill(first.pid, signal.SIGTERM)
    await until(lambda: not first.running)

    assert first._process.returncode == 0
    assert "raceback" not in first.log.read_text(), first.log.read_text()
    await admin(web, "settings", {"latency": 0})
    before = one_each(await sent_to_graph(web))
    start_worker("second")
    progress = await finished(teams, director, progress)  # within half a lease: nothing waits for one
    after = one_each(await sent_to_graph(web))
    assert len(before) < len(after), "the stop came too late to prove anything"
    assert before.items() <= after.items()
    assert f"Готови: {len(after)} от {len(after)}" in words(progress)
    await until(lambda: "приключи" in json.dumps(moving(teams)[-1].body, ensure_ascii=False))
    assert len({each.id for each in moving(teams)}) == 1


@pytest.mark.long
async def test_a_single_process_that_is_asked_to_stop_leaves_the_class_to_its_next_start(tenant, tmp_path):
    """The embedded set-up: SQLite, one process that answers and works; what it held is free at once."""
    settings = {"PASSWORD_WRITES_PER_SECOND": "3"}
    director, _ = somebody(tenant, "director")
    stack = start(tmp_path, simulator_options=("--latency", "150"), more_settings=settings)
    with ExitStack() as running:
        running.callback(stop_all, stack.programs)
        bot = stack.programs[1]
        async with FakeTeams(app_id="") as teams:
            teams.bot_url = stack.bot
            await teams.install(director)
            progress = await class_started(teams, director, "5 а")
            await until(lambda: len(teams.updated) >= 1)
            os.kill(bot.pid, signal.SIGTERM)
            await until(lambda: not bot.running)
            assert bot._process.returncode == 0
            assert "raceback" not in bot.log.read_text(), bot.log.read_text()
            before = one_each(await sent_to_graph(stack))
            await admin(stack, "settings", {"latency": 0})

            environment = clean_environment() | bot_settings(stack.tenant, tmp_path, port=free_port())
            command = [sys.executable, "app.py"]
            again = Program("again", command, log=tmp_path / "again.log", cwd=ROOT, env=environment)
            running.callback(again.stop)
            again.wait_for_line(lambda line: has(line, "listening"), seconds=60)
            teams.bot_url = f"{listening(again)}/api/messages"
            progress = await finished(teams, director, progress)
            after = one_each(await sent_to_graph(stack))
            assert len(before) < len(after), "the stop came too late to prove anything"
            assert before.items() <= after.items()
            assert f"Готови: {len(after)} от {len(after)}" in words(progress)
            await until(lambda: "приключи" in json.dumps(moving(teams)[-1].body, ensure_ascii=False))
            assert len({each.id for each in moving(teams)}) == 1


# What does not start.


def refused(tmp_path: Path, **settings: str) -> str:
    """What a bot that does not start says."""
    tenant = {
        "tenant": "3f7a0000-0000-4000-8000-000000000001",
        "domain": "edu.mon.bg",
        "graph": "https://127.0.0.1:9",
        "authority": "https://127.0.0.1:9",
        "ca_file": "",
        "clients": {
            "reader": {"id": "r", "secret": "reader-s3cret"},
            "writer": {"id": "w", "secret": "writer-s3cret"},
        },
        "role_extension": "extension_role",
        "identifier_extension": "extension_id",
        "app_roles": {},
    }
    environment = clean_environment() | bot_settings(tenant, tmp_path, port=free_port()) | settings
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr + done.stdout
    assert "listening" not in done.stdout
    return done.stderr


@pytest.mark.parametrize("kept", [{}, {"GRAPH_WRITER_CLIENT_ID": ""}, {"GRAPH_WRITER_CLIENT_SECRET": ""}])
def test_a_web_that_is_given_the_writers_credential_does_not_start(tmp_path, kept):
    said = refused(tmp_path, PROCESS="web", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none", **kept)

    assert "GRAPH_WRITER_" in said
    assert "must not be able to write" in said


def test_a_worker_without_the_writers_credential_does_not_start(tmp_path):
    said = refused(tmp_path, PROCESS="worker", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none", **NO_WRITER)

    assert "GRAPH_WRITER_CLIENT_SECRET" in said


@pytest.mark.parametrize("process", ["web", "worker"])
def test_two_processes_do_not_share_a_sqlite_file(tmp_path, process):
    said = refused(tmp_path, PROCESS=process, **(NO_WRITER if process == "web" else {}))

    assert "a SQLite file serves one process" in said
