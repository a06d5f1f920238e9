"""Invariants I4, I5, I6 and I9: transfer requests killed at every commit point go on as if nothing had happened."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.database.owner import as_owner
from tests.integration.database.writer import REPOSITORY

COMMAND = (sys.executable, "-m", "tests.integration.database.transfer_worker")
LEAST = {"approved": 140, "refused": 110}
"""Points that a life has at least: with fewer it ended early, or nobody counts."""
EVERY = {"SQLite": 1, "PostgreSQL": 3}
"""On PostgreSQL lives are killed at every third point: just before and just after a commit by turns."""


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("life", LEAST)
async def test_a_request_killed_at_any_point_goes_on(
    postgres_server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], life: str
):
    """Both engines, side by side. What must hold is checked by the process that goes on."""
    with postgres_server.database() as postgres_url:
        urls = {"SQLite": f"sqlite:///{tmp_path / 'transfers.sqlite'}", "PostgreSQL": postgres_url}
        running = {}
        for engine, url in urls.items():
            folder = tmp_path / engine
            folder.mkdir()
            running[engine] = subprocess.Popen(  # noqa: ASYNC220 -- nothing else is to be done meanwhile
                [*COMMAND, url, str(folder), life, str(EVERY[engine])],
                cwd=REPOSITORY,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        killed = {}
        for engine, process in running.items():
            out, err = process.communicate()
            assert process.returncode == 0, (engine, err)
            killed[engine] = int(out)
        assert await as_owner(urls["SQLite"], "PRAGMA integrity_check") == [("ok",)]
    with capsys.disabled():
        print(f"\ntransfer requests killed: {killed}")
    assert {engine: n for engine, n in killed.items() if n * EVERY[engine] < LEAST[life]} == {}
