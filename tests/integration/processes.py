"""What /proc tells about processes."""

import asyncio
import os
from pathlib import Path


def children(pid: int | None = None) -> set[int]:
    """Of this process (or another), dead ones that nobody asked about too."""
    threads = Path(f"/proc/{pid or os.getpid()}/task")
    while True:
        try:
            return {int(one) for each in threads.iterdir() for one in (each / "children").read_text().split()}
        except (FileNotFoundError, ProcessLookupError):
            if not threads.exists():
                raise
            # A thread has ended meanwhile; its children are another's now, so all are asked anew.


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def resident(pid: int) -> int:
    """Bytes in memory."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


async def gone(pids: set[int]) -> bool:
    """Whether all of them end; waits for it a while."""
    for _ in range(500):
        if not any(map(alive, pids)):
            return True
        await asyncio.sleep(0.02)
    return False
