"""How much time has passed, whatever the clock says."""

import time


def elapsed_seconds() -> float:
    """Seconds since some moment, which no setting of the clock changes; where it can be had, with those asleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
