"""`make serve` as another program meets it: one line on standard output, any loopback client, a clean end."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("how", [pytest.param(signal.SIGINT, marks=pytest.mark.long), signal.SIGTERM])
def test_serve_says_one_line_and_leaves_nothing_running(tmp_path: Path, how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "demo", "serve", "--folder", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        line = json.loads(process.stdout.readline())
        assert set(line) == {"bot", "graph", "tenant"}
        assert line["bot"].startswith("http://127.0.0.1:")
        children = children_of(process.pid)
        assert len(children) == 2, "the simulator and the bot"
        activity = json.dumps({"type": "typing", "id": "1", "channelId": "msteams"}).encode()
        request = urllib.request.Request(line["bot"], activity, {"Content-Type": "application/json"})  # noqa: S310
        try:
            status = urllib.request.urlopen(request, timeout=20).status  # noqa: S310 -- the address is loopback
        except urllib.error.HTTPError as error:
            status = error.code
        assert status < 500
        process.send_signal(how)
        rest, errors = process.communicate(timeout=40)
    assert process.returncode == 0, errors
    assert rest == ""
    assert not [child for child in children if alive(child)]


@pytest.mark.long
def test_a_failing_program_is_named_and_the_others_end(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "demo", "serve", "--folder", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        json.loads(process.stdout.readline())
        children = children_of(process.pid)
        bot = next(child for child in children if "app.py" in Path(f"/proc/{child}/cmdline").read_text())
        os.kill(bot, signal.SIGKILL)
        _, errors = process.communicate(timeout=40)
    assert process.returncode == 1
    assert "the bot ended by itself" in errors
    assert not [child for child in children if alive(child)]


def children_of(pid: int) -> list[int]:
    """The ids of the programs a process started (Linux)."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("needs Linux: it reads /proc")
    return [int(child) for child in listed.read_text().split()]


def alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
