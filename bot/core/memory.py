"""A bounded memory of what was read or written a moment ago."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Remembers at most `most` values, each for `lifetime`; the least recently used is forgotten first.

    What nobody asks for again goes with a later `put`, once its lifetime is over: a country's people come and go in
    an hour, and their number alone would keep each of them for long.
    """

    def __init__(self, lifetime: timedelta, most: int) -> None:
        self._lifetime = lifetime
        self._most = most
        self._values: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K, now: datetime) -> V | None:
        """The value, None when never put, forgotten, or older than its lifetime (a clock set back ends it too)."""
        held = self._values.get(key)
        if held is None:
            return None
        since, value = held
        if not timedelta(0) <= now - since < self._lifetime:
            del self._values[key]
            return None
        self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V, at: datetime) -> None:
        """Remembers the value as known since `at`."""
        self._values[key] = (at, value)
        self._values.move_to_end(key)
        while self._values and (len(self._values) > self._most or self._is_over(next(iter(self._values)), at)):
            self._values.popitem(last=False)

    def _is_over(self, key: K, now: datetime) -> bool:
        return now - self._values[key][0] >= self._lifetime

    def drop(self, key: K) -> None:
        """Forgets it."""
        self._values.pop(key, None)
