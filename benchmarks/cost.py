"""What a process has used: CPU seconds and memory. And which core it may use."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its threads: to the nanosecond on Linux, to 10 ms elsewhere."""
    tasks = Path(f"/proc/{pid}/task")
    if tasks.exists():
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in tasks.iterdir()) / 1e9
    seconds = 0.0
    for part in _ps(pid, "time").replace("-", ":").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def resident_mb(pid: int) -> float:
    """Resident memory in MB (10⁶ bytes)."""
    return int(_ps(pid, "rss")) * 1024 / 1e6


def _ps(pid: int, what: str) -> str:
    return subprocess.run(
        ["ps", "-o", f"{what}=", "-p", str(pid)], capture_output=True, text=True, check=True
    ).stdout.strip()


@contextlib.contextmanager
def on_core(number: int) -> Iterator[None]:
    """This process, and what it starts meanwhile, on one core; nothing happens where that cannot be had."""
    if not hasattr(os, "sched_setaffinity") or number not in os.sched_getaffinity(0):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {number})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
