"""What /proc tells about processes."""

import asyncio
import os
from pathlib import Path


def children(pid: int | None = None) -> set[int]:
    """Of this process (or another), dead ones that nobody asked about too."""
    pid = pid or os.getpid()
    listed = (each / "children" for each in Path(f"/proc/{pid}/task").iterdir())
    return {int(one) for each in listed if each.exists() for one in each.read_text().split()}


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
