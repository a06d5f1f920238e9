"""For which password somebody has signed: what the card that is to note it carries of those who stand on it.

A list is signed for the passwords there were then. One that is made after the card was opened is not what was signed
for, and is not noted by it.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from bot.core.accounts.model import BoardPerson, BoardRow

_LENGTH = 6
"""Hexadecimal digits of one mark: another password has the same in one of 16 million cases."""


def mark_of(one: BoardPerson) -> str:
    """Stands for the person and the temporary password that is handed over now, and tells nothing of either."""
    return mark_of_row(one.row)


def mark_of_row(row: BoardRow) -> str:
    """The same of what a store reads, as where it is about to note."""
    asked = "" if row.given is None else row.given.asked_at.isoformat()
    meant = f"{row.account.person}\0{asked}"
    return sha256(meant.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def asked_at(one: BoardPerson) -> datetime | None:
    """When that password was asked for; None where there is none."""
    return None if one.row.given is None else one.row.given.asked_at


def marks_of(people: Iterable[BoardPerson]) -> str:
    """What a card carries of these."""
    return "".join(map(mark_of, people))


def digest_of(people: Iterable[BoardPerson]) -> str:
    """What says of a press that it means exactly these, with the passwords they have."""
    meant = sorted(f"{one.id}\0{mark_of(one)}" for one in people)
    return sha256("\0".join(meant).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def holds(mark: str, marks: str) -> bool:
    """Whether a card that carries these marks was opened for this one."""
    return mark in {marks[start : start + _LENGTH] for start in range(0, len(marks), _LENGTH)}


def is_newer(mark: str, asked_at: datetime | None, marks: str, earliest: datetime) -> bool:
    """Whether the password that `mark` stands for, asked for at `asked_at`, is none of those the card was opened for.
    A card of an older release carries no marks and was opened at `earliest` or later: then what was asked for since
    is taken for newer.
    """
    if marks:
        return not holds(mark, marks)
    return asked_at is not None and asked_at >= earliest
