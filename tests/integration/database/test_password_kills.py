"""Invariants I2, I4, I6 and I9: lives of passwords killed at every commit point go on as if nothing had happened."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.integration.database.owner import as_owner, file_of
from tests.integration.database.writer import REPOSITORY

COMMAND = (sys.executable, "-m", "tests.integration.database.password_worker")
LEAST = {"one": 70, "class": 40}
"""Points that a life has at least: with fewer it ended early, or nobody counts."""
EVERY = {"SQLite": 1, "PostgreSQL": 3}
"""On PostgreSQL lives are killed at every third point: just before and just after a commit by turns."""


@pytest.fixture
def urls(postgres_server: Any, tmp_path: Path) -> Iterator[dict[tuple[str, str], str]]:
    """An empty database for each engine and kind of life."""
    with ExitStack() as stack:
        yield {
            **{("SQLite", life): f"sqlite:///{tmp_path / life}.sqlite" for life in LEAST},
            **{("PostgreSQL", life): stack.enter_context(postgres_server.database()) for life in LEAST},
        }


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_life_killed_at_any_point_goes_on(
    urls: dict[tuple[str, str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Every kind of life on both engines, side by side. What must hold is checked by the process that goes on."""
    running = {}
    for (engine, life), url in urls.items():
        folder = tmp_path / f"{engine} {life}"
        folder.mkdir()
        running[engine, life] = subprocess.Popen(  # noqa: ASYNC220 -- nothing else is to be done meanwhile
            [*COMMAND, url, str(folder), life, str(EVERY[engine])],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    killed = {}
    for which, process in running.items():
        out, err = process.communicate()
        assert process.returncode == 0, (which, err)
        killed[which] = int(out)

    with capsys.disabled():
        of = {engine: sum(n for (one, _), n in killed.items() if one == engine) for engine in EVERY}
        print(f"\nlives killed on SQLite {of['SQLite']}, PostgreSQL {of['PostgreSQL']}")
    assert {which: n for which, n in killed.items() if n * EVERY[which[0]] < LEAST[which[1]]} == {}
    for (engine, life), url in urls.items():
        begun = await as_owner(url, "SELECT count(*) FROM password_operation")
        assert begun[0][0] >= killed[engine, life] * 0.9, "most lives had begun when they were killed"
        if engine == "SQLite":
            assert await as_owner(url, "PRAGMA integrity_check") == [("ok",)], file_of(url)
