"""From starting a process to its first line saying that it listens, and its memory at that moment."""

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.cost import resident_mb
from demo.stack import ROOT, has


@dataclass(frozen=True, slots=True)
class Start:
    """Medians over the tries."""

    name: str
    seconds: float
    memory_mb: float


def measure(name: str, command: Sequence[str], environment: Mapping[str, str], *, tries: int) -> Start:
    """Starts and stops it several times. Errors: RuntimeError when it ends without listening."""
    seconds, memory = [], []
    for _ in range(tries):
        before = time.perf_counter()
        with subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            listening = any(has(line, "listening") for line in iter_lines(process))
            seconds.append(time.perf_counter() - before)
            if not listening:
                raise RuntimeError(f"{name} ended without listening: {process.communicate()[1]}")
            memory.append(resident_mb(process.pid))
            process.terminate()
            process.communicate(timeout=20)
    return Start(name, statistics.median(seconds), statistics.median(memory))


def iter_lines(process: subprocess.Popen[str]) -> Sequence[str]:
    """The lines of its standard output, as they come."""
    return process.stdout or ()  # type: ignore[return-value]  # a file is iterated, which is all that is done
