"""How many temporary passwords of a form there are, counted exactly: how hard one is to guess follows from it."""

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from itertools import product

from bot.core.passwords.avoid import BANNED
from bot.core.passwords.generator import CAPITALS, CONSONANTS, SHAPES, VOWELS, _numbers, _pieces
from bot.core.passwords.model import Form


def combinations(form: Form, avoid: Collection[str] = ()) -> int:
    """How many passwords of this form there are, exactly: those without banned pieces and the pieces of `avoid`."""
    syllables, length = SHAPES[form]
    pieces = _pieces(avoid)
    numbers = sum(not any(piece in number for piece in pieces) for number in _numbers(length))
    return _words_without(syllables, frozenset(BANNED | pieces)) * numbers


@lru_cache(maxsize=64)
def _words_without(syllables: int, pieces: frozenset[str]) -> int:
    """How many words of so many syllables hold none of the pieces: letter by letter, words counted by the longest of
    their endings that begins a piece, which is all that decides what may follow (Aho and Corasick, 1975).
    """
    beginnings = {piece[:length] for piece in pieces for length in range(len(piece))} | {""}
    counts = Counter({"": 1})
    for place in range(2 * syllables):
        letters = VOWELS if place % 2 else CAPITALS.lower() if place == 0 else CONSONANTS
        counts, before = Counter(), counts
        for (ending, count), letter in product(before.items(), letters):
            longer = ending + letter
            if any(longer.endswith(piece) for piece in pieces):
                continue
            while longer not in beginnings:
                longer = longer[1:]
            counts[longer] += count
    return counts.total()
