"""Killed without warning and started again: what was answered is recorded, what was spent stays spent."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.processes import Program, free_port, stop_all
from demo.stack import ROOT, Stack, bot_settings, clean_environment, has, start
from tests.connector import FakeTeams
from tests.integration.test_whole_bot import button, somebody, tenant, words
from tests.midnight import clear_of_midnight

__all__ = ["tenant"]
pytestmark = pytest.mark.slow
_OF_A_MOVED_ONE = "Transferred student"


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    clear_of_midnight(2)  # what was spent is of a day
    running = start(tmp_path, more_settings={"LOOKUPS_OTHER_PER_DAY": "3"})
    yield running
    stop_all(running.programs)


def environment(stack: Stack, folder: Path, port: int) -> dict[str, str]:
    return {**clean_environment(), **bot_settings(stack.tenant, folder, port=port), "LOOKUPS_OTHER_PER_DAY": "3"}


def audit(stack: Stack, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", "audit"],
        cwd=ROOT, env=environment(stack, folder, 0), capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.long
async def test_kill_nine_between_look_ups_loses_no_record_and_refills_no_budget(stack, tmp_path, tenant):
    director, facts = somebody(tenant, "director")
    elsewhere = next(
        one for one in tenant["students"]
        if one["identifierKind"] == "egn" and one["state"] == "active" and one["schoolCode"] not in {"", facts["schoolCode"]}
    )  # fmt: skip
    asked = {"kind": "egn", "typed": elsewhere["identifier"]}
    async with FakeTeams(app_id="") as teams:
        teams.bot_url = stack.bot
        await teams.say(director, "english")
        form = await teams.say(director, "lookup")
        action = button(form, _OF_A_MOVED_ONE)
        for _ in range(3):
            assert elsewhere["username"] in words(await look_up_in_english(teams, director, asked))

        os.kill(stack.programs[1].pid, signal.SIGKILL)
        stack.programs[1].stop()
        checked = audit(stack, tmp_path)
        assert checked.returncode == 0, checked.stderr
        assert "last entry is 3" in checked.stdout

        again = Program(
            "the bot again", [sys.executable, "app.py"],
            log=tmp_path / "bot-again.log", cwd=ROOT, env=environment(stack, tmp_path, free_port()),
        )  # fmt: skip
        try:
            teams.bot_url = json.loads(again.wait_for_line(lambda line: has(line, "listening"), seconds=60))[
                "listening"
            ]
            # The card from before the crash still works, the language is remembered, the budget is spent.
            refused = await teams.press(director, action, asked)
            assert "has been reached" in words(refused)
            assert elsewhere["username"] not in words(refused)
            assert button(refused, "Help")
        finally:
            again.stop()
    assert "last entry is 4" in audit(stack, tmp_path).stdout


async def look_up_in_english(teams, who, inputs):
    form = await teams.say(who, "lookup")
    return await teams.press(who, button(form, _OF_A_MOVED_ONE), inputs)


def test_an_audit_that_cannot_be_read_says_why(tmp_path):
    done = subprocess.run(
        [sys.executable, "app.py", "audit"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "TENANT_ID" in done.stderr
    assert "Traceback" not in done.stderr
