"""A bounded memory of what was read or written a moment ago."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """At most `size` values, each for `lifetime`; the longest unused goes first."""

    def __init__(self, size: int, lifetime: timedelta) -> None:
        self._size = size
        self._lifetime = lifetime
        self._entries: OrderedDict[Key, tuple[datetime, Value]] = OrderedDict()

    def get(self, key: Key, now: datetime) -> tuple[Value] | None:
        """The value in a tuple of one (a value may itself be None), None when it is not known or too old."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        since, value = entry
        if not timedelta() <= now - since < self._lifetime:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return (value,)

    def put(self, key: Key, value: Value, now: datetime) -> None:
        """Remembers the value from now on."""
        self._entries[key] = (now, value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Forgets the value."""
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return len(self._entries)
