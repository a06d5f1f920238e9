"""Microsoft's published limits on all requests of one application in one tenant, reads too, and what each one costs.

learn.microsoft.com/graph/throttling-limits, tenant of more than 500 users: identity 8,000 resource units in 10 s,
education 35,000 requests in 10 s, Teams 30 requests a second (PUT of a team 6), files 6,250 resource units a minute.
Costs in units count for identity and files; elsewhere every request is one. Items of a $batch count one by one.
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from simulator.graph.call import Call, GraphError
from simulator.people.directory_names import TENANT_ID

IDENTITY, EDUCATION, TEAMS, NEW_TEAMS, FILES = "identity", "education", "teams", "new teams", "files"
LIMITS = {
    IDENTITY: (8_000, 10.0),
    EDUCATION: (35_000, 10.0),
    TEAMS: (30, 1.0),
    NEW_TEAMS: (6, 1.0),
    FILES: (6_250, 60.0),
}
"""By area: the most, and in how many seconds."""
_FILE_READS = frozenset({"content", "delta"})
_LISTED = {"users": 2, "applications": 2}
_BELOW = {"members": 3, "transitiveMembers": 5, "memberOf": 2, "transitiveMemberOf": 2}
_SMALL_PAGE = 20


def area(call: Call) -> str:
    """Which limit a request counts towards."""
    first, last = call.segments[0], call.segments[-1]
    if first == "education":
        return EDUCATION
    if first in {"teams", "appCatalogs"} or "teamwork" in call.segments:
        return TEAMS
    if first == "groups" and last == "team":
        return NEW_TEAMS if call.method == "PUT" else TEAMS
    if first in {"sites", "drives"} or "drive" in call.segments:
        return FILES
    return IDENTITY


def cost(call: Call) -> int:
    """Resource units of a request to identity or files, 1 for any other.

    `$select` takes one off, `$expand` adds one, a page of fewer than 20 takes one off; never less than one.
    """
    place = area(call)
    if place == FILES:
        return 1 if call.method == "GET" and call.segments[-1].rstrip(":") in _FILE_READS else 2
    if place != IDENTITY or call.method != "GET":
        return 1
    units = _LISTED.get(call.segments[0], 1) if len(call.segments) == 1 else _BELOW.get(call.segments[-1], 1)
    top = call.options.get("$top", "")
    small = top.isdecimal() and int(top) < _SMALL_PAGE
    return max(1, units - ("$select" in call.options) + ("$expand" in call.options) - small)


@dataclass(slots=True)
class Quotas:
    """Counts what was spent; holds to the limits where `enforced`. What is refused costs nothing."""

    enforced: bool = False
    units: Counter[str] = field(default_factory=Counter)
    """By area, since the start."""
    _spent: defaultdict[tuple[str, str], deque[tuple[float, int]]] = field(default_factory=lambda: defaultdict(deque))
    _sums: Counter[tuple[str, str]] = field(default_factory=Counter)

    def spend(self, call: Call, now: float) -> None:
        """Counts one request; `now` in seconds of a steady clock. Errors: GraphError 429."""
        place, units = area(call), cost(call)
        if self.enforced:
            wait = self._wait((call.client, place), units, now)
            if wait > 0:
                raise GraphError(
                    429,
                    "TooManyRequests",
                    "Too Many Requests",
                    {
                        "Retry-After": str(ceil(wait)),
                        "x-ms-throttle-scope": f"Tenant_Application/ReadWrite/{call.client}/{TENANT_ID}",
                        "x-ms-throttle-information": "ResourceUnitLimitExceeded",
                    },
                )
        self.units[place] += units

    def forget(self) -> None:
        """As if nothing had been asked."""
        self.units.clear()
        self._spent.clear()
        self._sums.clear()

    def _wait(self, who: tuple[str, str], units: int, now: float) -> float:
        """Seconds until so many units are within the limit; 0 when they are now, and then they are counted."""
        most, span = LIMITS[who[1]]
        spent = self._spent[who]
        while spent and spent[0][0] <= now - span:
            self._sums[who] -= spent.popleft()[1]
        if self._sums[who] + units <= most:
            spent.append((now, units))
            self._sums[who] += units
            return 0.0
        missing = self._sums[who] + units - most
        for at, gone in spent:
            missing -= gone
            if missing <= 0:
                return at + span - now
        return span
