"""For which password somebody has signed: what the card that is to note it carries of those who stand on it.

A list is signed for the passwords there were then. One that is made after the card was opened is not what was signed
for, and is not noted by it.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol

_MARK = 6
"""Hexadecimal digits of one person: another password has the same in one of 16 million cases."""


class Signs(Protocol):
    """Of whom it can be noted."""

    @property
    def id(self) -> str:
        """The directory's."""
        ...

    @property
    def password(self) -> str:
        """See `BoardRow`."""
        ...


def passwords_of(people: Iterable[Signs]) -> str:
    """What a card carries of these."""
    return "".join(map(_mark, people))


def still_signed_for(people: Iterable[Signs], passwords: str) -> bool:
    """Whether all of these stood on the card that carries this, with the passwords they have now."""
    marks = {passwords[start : start + _MARK] for start in range(0, len(passwords), _MARK)}
    return all(_mark(one) in marks for one in people)


def _mark(one: Signs) -> str:
    return sha256(f"{one.id}\0{one.password}".encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
