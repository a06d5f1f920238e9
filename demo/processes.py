"""Programs the demo starts: each in a process group of its own, with a log file, ended by its id."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

TAIL_LINES = 25


class ProgramFailed(Exception):
    """A program did not start or ended by itself. The message names it and shows the end of its log."""


class Program:
    """One running program. Standard output and standard error go to `log`, one after the other as they come."""

    def __init__(self, name: str, command: Sequence[str], *, log: Path, cwd: Path, env: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = log.open("wb")
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def wait_for_line(self, wanted: Callable[[str], bool], *, seconds: float) -> str:
        """The first line of the log that is wanted. Errors: ProgramFailed when it ends or the time runs out."""
        until = time.monotonic() + seconds
        while True:
            ended = not self.running
            for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
                if line.endswith("\n") and wanted(line):
                    return line.strip()
            if ended:
                raise self.failure()
            if time.monotonic() > until:
                raise ProgramFailed(f"{self.name} was not ready within {seconds:.0f} s.\n{self.tail()}")
            time.sleep(0.05)

    def failure(self) -> ProgramFailed:
        """What to raise when it ended by itself."""
        return ProgramFailed(f"{self.name} ended by itself (exit code {self._process.poll()}).\n{self.tail()}")

    def tail(self) -> str:
        """The end of its log, for people."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]
        shown = "\n".join(f"    {line}" for line in lines) or "    (it wrote nothing)"
        return f"The end of {self.log}:\n{shown}"

    def stop(self, *, seconds: float = 8) -> None:
        """Asks its group to end, and insists after `seconds`."""
        for how, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, how)
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
            break
        self._file.close()


def stop_all(programs: Sequence[Program]) -> None:
    """Ends the last started first."""
    for program in reversed(programs):
        program.stop()


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
