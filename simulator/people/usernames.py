"""Usernames as МОН's generators make them, except that the student's number begins with 0, which theirs never does.

The tables are those of the published НЕИСПУО source, not of the Transliteration Act: щ → shch, ю → iu, я → ia, й → i.
"""

# ruff: noqa: SIM905 -- lists of words are read as words

from collections.abc import Iterator

from simulator.people.names import Name

DOMAIN = "edu.mon.bg"
_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh shch a i iu ia".split(),
        strict=True,
    )
)
_INITIALS = {"ж": "z", "ч": "c", "ш": "s", "щ": "s", "ц": "t", "ю": "i", "я": "i"}
_STRIDE = 4_358_979  # odd and not divisible by 5: counting by it meets each of the ten million numbers once


def latin(word: str) -> str:
    """A word in МОН's transliteration, lower case, letters only."""
    return "".join(
        _LATIN.get(letter, letter if letter.isascii() and letter.isalnum() else "") for letter in word.lower()
    )


def student_username(name: Name, index: int) -> str:
    """Initials of given and middle name + `0` + seven digits that belong to this index (0 … 9 999 999) alone."""
    initials = "".join(_initial(part) for part in (name.given, name.middle) if part)
    return f"{initials}0{index * _STRIDE % 10_000_000:07d}@{DOMAIN}"


def teacher_username(name: Name, taken: set[str]) -> str:
    """first.last, else first.m.last, first.mi.last …, else first.last with a number. Adds it to `taken`."""
    username = next(candidate for candidate in _candidates(name) if candidate not in taken)
    taken.add(username)
    return f"{username}@{DOMAIN}"


def school_username(code: str) -> str:
    """The account of a school is its code."""
    return f"{code}@{DOMAIN}"


def _candidates(name: Name) -> Iterator[str]:
    given, middle, family = latin(name.given), latin(name.middle), latin(name.family)
    yield f"{given}.{family}"
    for length in range(1, len(middle) + 1):
        yield f"{given}.{middle[:length]}.{family}"
    number = 2
    while True:
        yield f"{given}.{family}{number}"
        number += 1


def _initial(word: str) -> str:
    letter = word[0].lower()
    return _INITIALS.get(letter) or _LATIN[letter][0]
