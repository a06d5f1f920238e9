"""Temporary passwords for children of 6 to 14 and their teachers: `Zegegosa2399`.

Consonant-vowel syllables, which read the same in Bulgarian, then digits. Latin, as Entra refuses other letters, but
only letters no child mistakes for a Cyrillic one: no B P H C X Y (В Р Н С Х У), no b and d mirrored, no p (р), no l
(1), no o beside 0. A capital first and no symbol: lower case, upper case and digits satisfy Entra's three of four.

How strong a form is follows from counting (tests/unit/core/password_counting.py): with 5,000 living passwords and 300
guesses at each, 34.6 bits are guessed once in 17,000 such attacks, 40.3 once in 900,000. Sources: NIST SP 800-63B-4
and SECURITY.md.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import pairwise, product

from bot.core.passwords.avoid import BANNED
from bot.core.passwords.model import Form
from bot.core.passwords.secret import Secret

SHAPES = {Form.GRADE_ONE: (3, 4), Form.PUPIL: (4, 4), Form.STAFF: (5, 3), Form.BULK: (5, 4)}
"""How many syllables and how many digits a form has."""
CAPITALS = "DFGKMRSTVZ"
CONSONANTS = "dfgkmnrstvz"
VOWELS = "aeiou"
DIGITS = "23456789"

_FIRST = tuple(capital + vowel for capital in CAPITALS for vowel in VOWELS)
_NEXT = tuple(consonant + vowel for consonant in CONSONANTS for vowel in VOWELS)
_WRITABLE = re.compile(rf"[{VOWELS}]?(?:[{CONSONANTS}][{VOWELS}])*[{CONSONANTS}]?|[{DIGITS}]+")
_BANNED = re.compile("|".join(sorted(BANNED)))
_SHORTEST_PIECE = 3
_MOST_ATTEMPTS = 1_000
"""Nine in ten are accepted, so this many refusals are a broken source of randomness."""


def generate(form: Form, below: Callable[[int], int], avoid: Collection[str] = ()) -> Secret:
    """A password of this form, each possible one equally likely, without the pieces of `avoid` (lower case letters
    or digits, at least three).

    `below(n)` is a random whole number in [0, n). ValueError for a shorter piece; RuntimeError when nothing that
    `below` gives is acceptable.
    """
    syllables, length = SHAPES[form]
    pieces = _pieces(avoid)
    numbers = _numbers(length)
    for _ in range(_MOST_ATTEMPTS):
        text = _word(syllables, below) + numbers[below(len(numbers))]
        lower = text.lower()
        if not _BANNED.search(lower) and not any(piece in lower for piece in pieces):
            return Secret(text)
    raise RuntimeError("no acceptable password: the source of randomness repeats itself or too much is avoided")


def _word(syllables: int, below: Callable[[int], int]) -> str:
    """One of all words of so many syllables: a single draw, read as a number whose digits are the syllables."""
    rest = below(len(_FIRST) * len(_NEXT) ** (syllables - 1))
    rest, place = divmod(rest, len(_FIRST))
    word = _FIRST[place]
    for _ in range(syllables - 1):
        rest, place = divmod(rest, len(_NEXT))
        word += _NEXT[place]
    return word


def _pieces(avoid: Iterable[str]) -> frozenset[str]:
    """Those that could occur: most pieces of names have letters or neighbours that passwords have not."""
    found = frozenset(avoid)
    if any(len(piece) < _SHORTEST_PIECE for piece in found):
        raise ValueError("a piece to avoid is too short: it would leave too few passwords")
    return frozenset(piece for piece in found if _WRITABLE.fullmatch(piece))


@cache
def _numbers(length: int) -> tuple[str, ...]:
    """All numbers a password may end with: at least three different digits and nothing a child would type by ear as
    a row (`234`, `987`, `555`).
    """
    return tuple(
        number
        for digits in product(DIGITS, repeat=length)
        if len(set(digits)) >= 3 and not _has_row(number := "".join(digits))
    )


def _has_row(number: str) -> bool:
    steps = [int(after) - int(before) for before, after in pairwise(number)]
    return any(step == following and abs(step) <= 1 for step, following in pairwise(steps))
