"""Every text that is left anywhere in an object graph, to be searched for what must not be there (I4, I7)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum

from bot.core.passwords.secret import Secret

_PLAIN = (int, float, bool, type(None), date, datetime, timedelta, Enum)


def texts_in(*roots: object) -> Iterator[str]:
    """The texts in whatever can be reached from these objects by attributes, keys and items, also inside secrets."""
    seen: set[int] = set()
    left = list(roots)
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Secret):
            yield one.reveal()
        elif isinstance(one, bytes):
            yield one.decode("latin-1")
        elif isinstance(one, _PLAIN) or callable(one) or id(one) in seen:
            continue
        else:
            seen.add(id(one))
            left.extend(_parts(one))


def _parts(one: object) -> Iterator[object]:
    if isinstance(one, Mapping):
        yield from one.keys()
        yield from one.values()
    elif isinstance(one, list | tuple | set | frozenset):
        yield from one
    else:
        yield from vars(one).values() if hasattr(one, "__dict__") else ()
        for name in getattr(type(one), "__slots__", ()):
            yield getattr(one, name, None)
