"""What a call costs, as a share of what another costs: seconds say more of the machine than of the code."""

import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object], rounds: int = 5) -> float:
    """Of this process, the least of some rounds: the collector of garbage runs in some of them."""
    least = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        call()
        least = min(least, time.process_time() - began)
    return least
