"""Faults on demand: for one request by header, for the next few by order, for a share of all by chance."""

import re
from dataclasses import dataclass, field
from random import Random

_SPEC = re.compile(r"(?P<kind>[a-z0-9-]+)(?:=(?P<value>\d+))?(?P<options>(?:;[a-z-]+=[0-9.]+)*)")
_SHAPES = {"html", "concurrent", "unread"}
_STATUSES = {400, 401, 403, 404, 408, 409, 412, 423, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind`: `status`, `html`, `concurrent` (two changed something at once, with whatever status), `unread` (the
    directory does not find itself), `drop` (the connection ends without an answer), `malformed` (half a JSON body),
    `lost` (carried out, then the connection ends), `slow` (answered properly, but `delay` seconds late).
    `retry_after` in seconds, None: no such header.
    """

    kind: str
    status: int = 0
    retry_after: float | None = None
    delay: float = 0.0

    @property
    def carried_out(self) -> bool:
        """Whether the request has its effect although its answer does not arrive."""
        return self.kind in {"malformed", "lost"}


def read_fault(text: str) -> Fault:
    """`429;retry-after=2`, `503`, `502-html`, `400-concurrent`, `404-unread`, `drop`, `malformed`, `lost`,
    `slow=3000` (ms). ValueError otherwise.
    """
    match = _SPEC.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a fault: {text}")
    kind, value = match["kind"], match["value"]
    options = dict(option.split("=") for option in match["options"].split(";") if option)
    if set(options) - {"retry-after"}:
        raise ValueError(f"not a fault: {text}")
    retry_after = float(options["retry-after"]) if "retry-after" in options else None
    if kind == "slow" and value is not None:
        return Fault("slow", delay=int(value) / 1000)
    if value is None and kind in {"drop", "malformed", "lost"}:
        return Fault(kind, status=200)
    number, _, shape = kind.partition("-")
    if value is None and number.isdigit() and int(number) in _STATUSES and shape in {"", *_SHAPES}:
        return Fault(shape or "status", status=int(number), retry_after=retry_after)
    raise ValueError(f"not a fault: {text}")


@dataclass(slots=True)
class Ordered:
    """A fault for the next `times` requests whose counter name matches the pattern."""

    pattern: re.Pattern[str]
    fault: Fault
    times: int


@dataclass(slots=True)
class FaultPlan:
    """`throttle` and `errors` are shares (0 … 1) of all requests; `latency` in seconds is added to each."""

    dice: Random
    latency: float = 0.0
    throttle: float = 0.0
    errors: float = 0.0
    _ordered: list[Ordered] = field(default_factory=list)

    def order(self, pattern: str, fault: Fault, times: int) -> None:
        """The next `times` requests with a matching name (a regular expression, searched for) get the fault."""
        self._ordered.append(Ordered(re.compile(pattern), fault, times))

    def forget(self) -> None:
        """No more ordered faults."""
        self._ordered.clear()

    def next_for(self, name: str, header: str | None) -> Fault | None:
        """The fault this request gets, if any. ValueError for a header that says nothing."""
        return self.wanted_for(name, header) or self._by_chance()

    def wanted_for(self, name: str, header: str | None) -> Fault | None:
        """The same, but nothing by chance."""
        if header:
            return read_fault(header)
        for ordered in self._ordered:
            if ordered.pattern.search(name):
                ordered.times -= 1
                if ordered.times <= 0:
                    self._ordered.remove(ordered)
                return ordered.fault
        return None

    def _by_chance(self) -> Fault | None:
        chance = self.dice.random()
        if chance < self.throttle:
            return Fault("status", status=429, retry_after=1)
        if chance < self.throttle + self.errors:
            return Fault("status", status=self.dice.choice((500, 502, 503, 504)))
        return None
