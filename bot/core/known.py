"""Words of the code that were written down by one release and are read by another.

Two releases share the tables while one is rolled out, and after a step back. What the other one wrote is no bug and
not to be guessed: whoever meets it waits for the release that knows it (docs/adr/0044).
"""

from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from bot.core.errors import NotKnownHere

Word = TypeVar("Word", bound=StrEnum)


def known(kind: type[Word], value: str) -> Word:
    """The member that was written down. Errors: NotKnownHere."""
    member: Word = _member(kind, value)
    return member


@cache
def _member(kind: type[Word], value: str) -> Any:
    """Remembered, because every row that is read has a few."""
    try:
        return kind(value)
    except ValueError:
        raise NotKnownHere(kind.__name__) from None


def known_or_none(kind: type[Word], value: str | None) -> Word | None:
    """The same for what may be left open. Errors: NotKnownHere."""
    return None if value is None else known(kind, value)
