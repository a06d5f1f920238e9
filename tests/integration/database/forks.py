"""A process that has imported what the bot's database needs, and forks one that works with it: for kills by the dozen.

A process started for each would spend a half second on the imports. The two sides talk in lines of JSON.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from tests.integration.database import writer

ALSO = ("alembic.command", "alembic.config", "sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg")  # fmt: skip
"""Imported late, by whoever opens a database."""


class Forked:
    """A process that does `tests.integration.database.writer.main(url, what)`."""

    def __init__(self, forks: "Forks", url: str, what: str, folder: Path) -> None:
        self._forks = forks
        self._errors = folder / "errors"
        pipe = folder / "printed"
        os.mkfifo(pipe)
        self._pid = forks.ask(start=[url, what, str(pipe), str(self._errors)])
        self.printed: IO[bytes] = pipe.open("rb")
        """What it prints; at its end when the process has ended."""

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code, less than 0 for a signal."""
        return self._forks.ask(wait=self._pid)

    def ended(self) -> "subprocess.CompletedProcess[bytes]":
        """As `subprocess.run` gives it."""
        printed = self.printed.read()
        self.printed.close()
        return subprocess.CompletedProcess((), self.wait(), printed, self._errors.read_bytes())


class Forks:
    """The side of the tests."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._started = 0

    def start(self, url: str, what: str) -> Forked:
        self._started += 1
        folder = self._folder / str(self._started)
        folder.mkdir()
        return Forked(self, url, what, folder)

    def ask(self, **command: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def forking(folder: Path) -> Iterator[Forks]:
    """The process, ended afterwards."""
    command = (sys.executable, "-m", "tests.integration.database.forks")
    with subprocess.Popen(
        command, cwd=writer.REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process, ExitStack() as stack:  # fmt: skip
        assert process.stdin is not None
        stack.callback(process.stdin.close)
        yield Forks(process, folder)


def _child(url: str, what: str, printed: str, errors: str) -> None:
    os.dup2(os.open(printed, os.O_WRONLY), 1)
    os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT), 2)
    os.close(0)
    code = 1
    try:
        asyncio.run(writer.main(url, what))
        code = 0
    except BaseException:  # noqa: BLE001 -- as a process of its own would end with it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    for name in ALSO:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    for line in sys.stdin:
        command = json.loads(line)
        if "wait" in command:
            answer = os.waitstatus_to_exitcode(os.waitpid(command["wait"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                _child(*command["start"])
        print(answer, flush=True)


if __name__ == "__main__":
    main()
