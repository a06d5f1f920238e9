"""Two processes on one PostgreSQL: any of them answers any press, and one activity is answered once."""

import asyncio
import json
import subprocess
import sys

import pytest

from demo.processes import Program, free_port, stop_all
from demo.stack import ROOT, bot_settings, clean_environment, has, start
from tests.connector import FakeTeams
from tests.integration.test_whole_bot import a_student, button, somebody, tenant, words

__all__ = ["tenant"]
pytestmark = pytest.mark.long


def verify(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", "audit"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


async def test_replicas_share_cards_answers_and_the_audit_log(tmp_path, new_postgres_url, tenant):
    shared = {"DATABASE_URL": new_postgres_url}
    stack = start(tmp_path, more_settings=shared)
    environment = {**clean_environment(), **bot_settings(stack.tenant, tmp_path, port=free_port()), **shared}
    replica = Program(
        "the replica", [sys.executable, "app.py"], log=tmp_path / "replica.log", cwd=ROOT, env=environment
    )
    try:
        listening = replica.wait_for_line(lambda line: has(line, "listening"), seconds=60)
        director, facts = somebody(tenant, "director")
        student = a_student(tenant, schoolCode=facts["schoolCode"], identifierKind="egn", state="active")
        async with FakeTeams(app_id="") as teams:
            teams.bot_url = stack.bot
            form = await teams.say(director, "справка")
            once = teams.activity("message", director, text="помощ")
            assert len((await teams.deliver(once)).sent) == 1
            await asyncio.sleep(1)  # the worker brings what was answered to the table four times a second

            teams.bot_url = json.loads(listening)["listening"]
            found = await teams.press(
                director, button(form, "Търсене"), {"kind": "egn", "typed": student["identifier"]}
            )
            assert student["username"] in words(found)
            assert (await teams.deliver(once)).sent == ()
        audit = await asyncio.to_thread(verify, environment)
        assert "holds; its last entry is 1" in audit.stdout
    finally:
        replica.stop()
        stop_all(stack.programs)
