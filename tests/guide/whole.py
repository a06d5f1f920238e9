"""The whole walk: what pretends to be Microsoft, a database, and then every step."""

import json
import os
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import psycopg

from demo.processes import free_port
from demo.stack import clean_environment
from simulator.days import day_in_bulgaria
from tests.guide import chat, walk
from tests.guide.administrator import COMPOSE, Administrator
from tests.guide.chat import Cast, Chat
from tests.guide.compose import Compose
from tests.guide.microsoft import Microsoft, microsoft
from tests.guide.reading import GuideStep, steps_of
from tests.guide.transcript import Transcript
from tests.integration.test_backup import DOCKER
from tests.postgres import find_installation, running_server

_LATE = {
    "TRANSFER_REMIND_DAYS": "0",
    "TRANSFER_OVERDUE_DAYS": "0",
    "TRANSFER_ESCALATE_DAYS": "0",
    "WORKING_HOURS": "0-24",
}
"""A request is late at once, at any hour: five working days do not pass in a walk."""


async def whole(root: Path, folder: Path, *, python: str, caddy: str, pace: float, transcript: Transcript) -> None:
    """`root`: the clone. `folder`: for what pretends. `pace` shortens the seconds of the profile `real`, and the waits of
    provisioning. Errors: Astray, NotAsHoped.
    """
    guide = steps_of(root / "docs" / "guide.en.md")
    options = ("--pace", str(pace), "--role-for-passwords")
    with ExitStack() as held:
        server = held.enter_context(running_server())
        database = int(server.url.rpartition(":")[2].partition("/")[0])
        _prepared(server.url)
        async with microsoft(folder, *options) as tenant:
            proxy = free_port()
            tenant.lead(walk.HOST, to=proxy)
            tenant.lead("database:5432", to=database)
            made = tenant.environment(pace)
            compose = Compose(root, python, caddy, {"PATH": os.environ["PATH"], **made}, proxy)
            held.callback(compose.close)
            shell = {**clean_environment(), **made, **_docker(folder, database)}
            admin = Administrator(root, guide, tenant, compose, transcript, shell)
            await _walk(admin, tenant)


async def _walk(admin: Administrator, tenant: Microsoft) -> None:
    await walk.host(admin)
    await walk.registrations(admin)
    async with tenant.teams(admin.ids["APP_ID"]) as teams:
        teams.bot_url = f"https://{walk.HOST}/api/messages"
        cast = Cast.chosen(await tenant.admin("people"))
        talk = Chat(teams, admin.transcript, cast.called)
        await walk.files(admin)
        await walk.start(admin)
        await walk.examined(admin)
        await walk.package(admin)
        await walk.offered(admin, teams, cast)
        await walk.tried(admin, talk, cast)
        await walk.watched(admin, cast)
        await walk.restored(admin)
        await walk.lists(admin)
        await walk.every_year(admin)
        admin.transcript.section("After the guide: a student moves, and nobody answers for another")
        for one in (cast.elsewhere, cast.expert):
            await teams.install(one)
        await chat.moved(talk, cast, tenant.admin)
        _every_day(root=admin.root)
        admin.at = GuideStep(0, "", "", tuple(_LATE))
        admin.fill("settings.env", _LATE)
        admin.transcript.told(
            "So that nobody waits for five working days: `on` of the school days file names every day."
        )
        await admin.again(f"{COMPOSE} up --detach")
        await chat.overdue(talk, cast)


def _every_day(root: Path) -> None:
    file = root / "deploy" / "files" / "school-days.json"
    days = json.loads(file.read_text(encoding="utf-8"))
    today = day_in_bulgaria()
    days["on"] = [{"from": (today + timedelta(days=number)).isoformat()} for number in range(-1, 60)]
    file.write_text(json.dumps(days, ensure_ascii=False), encoding="utf-8")


def _prepared(url: str) -> None:
    """The role and the database that the image of compose makes."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE bot SUPERUSER LOGIN")
        connection.execute("CREATE DATABASE bot OWNER bot")


def _docker(folder: Path, port: int) -> dict[str, str]:
    """For the scripts: `docker compose exec database …` runs here, against the database of the walk."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "docker").write_text(DOCKER, encoding="utf-8")
    (programs / "docker").chmod(0o755)
    return {
        "PATH": f"{programs}:{find_installation() / 'bin'}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
        "ASKED": str(folder / "asked"),
        "BROKEN": str(folder / "broken"),
        "STOPPED": str(folder / "stopped"),
        "STUCK": str(folder / "stuck"),
        "WORKER": str(programs / "worker"),
    }
