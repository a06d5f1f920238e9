"""Microsoft's published limits on changes to identities (learn.microsoft.com/graph/throttling-limits)."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from simulator.graph.call import GraphError
from simulator.people.directory_names import TENANT_ID

APP_WRITES, APP_SECONDS = 3_000, 150.0
"""Of one application in one tenant."""
TENANT_WRITES, TENANT_SECONDS = 18_000, 300.0
"""Of all applications in one tenant."""


@dataclass(slots=True)
class WriteLimits:
    """Counts the writes of the last minutes. Refused ones do not count."""

    per_app: int = APP_WRITES
    per_tenant: int = TENANT_WRITES
    _of_app: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _of_all: deque[float] = field(default_factory=deque)

    def spend(self, client: str, now: float) -> None:
        """Counts one write of this application; `now` in seconds of a steady clock. Errors: GraphError 429."""
        own = self._of_app[client]
        wait = max(
            _wait(own, self.per_app, APP_SECONDS, now), _wait(self._of_all, self.per_tenant, TENANT_SECONDS, now)
        )
        if wait > 0:
            raise GraphError(
                429,
                "TooManyRequests",
                "Too Many Requests",
                {
                    "Retry-After": str(ceil(wait)),
                    "x-ms-throttle-scope": f"Tenant_Application/ReadWrite/{client}/{TENANT_ID}",
                    "x-ms-throttle-information": "WriteLimitExceeded",
                },
            )
        own.append(now)
        self._of_all.append(now)

    def forget(self) -> None:
        """As if nothing had been written."""
        self._of_app.clear()
        self._of_all.clear()


def _wait(times: deque[float], most: int, span: float, now: float) -> float:
    """Seconds until one more is within the limit; 0 if it is now."""
    while times and times[0] <= now - span:
        times.popleft()
    return times[-most] + span - now if len(times) >= most else 0.0
