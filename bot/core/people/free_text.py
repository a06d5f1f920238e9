"""What a person writes in words of their own, as it may be kept and shown to others: the one gate it passes.

A model that keeps such words takes `FreeText`, so a raw text does not pass the type checker; only `free_text` makes
one (a test looks). What a database gives back passes again: rows from before there was a gate are shown clean, too.
"""

import re
import unicodedata
from typing import NewType

from bot.core.people.digits import shaped_digits
from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS
from bot.core.people.identifier_traces import DOTS, hold_identifier, without_identifiers

FreeText = NewType("FreeText", str)
"""One line without invisible characters and without anything that may be a national identifier."""

NO_WORDS = FreeText("")

MOST_TYPED = 4_000
"""Characters that are looked at; no form of ours takes more (`bot.responder` cuts there)."""

_MOST_MARKS = 2
"""Combining marks kept on one letter; on a digit none, they would part a number unseen, and on a blank none."""

_SHAPELESS = frozenset(map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)))
"""Letters and marks without a shape, outside the categories that are dropped anyway."""

_WORD = re.compile(rf"(?![{''.join(sorted(LETTERS_FOR_DIGITS))}])[^\W\d_]")
"""A letter that is taken for no digit: behind the last of them may be the beginning of an identifier that was cut."""


def free_text(typed: str, longest: int) -> FreeText:
    """The words in one line of at most so many characters, and dots in the place of what may be an identifier.

    It is taken out before the text is cut: a cut number would no longer look like one.
    """
    line = _one_line(typed[:MOST_TYPED])
    if len(typed) >= MOST_TYPED:
        line = line[: next((at for at in range(len(line), 0, -1) if _WORD.match(line, at - 1)), 0)]
    return FreeText(without_identifiers(line)[:longest].rstrip())


def holds_dots(kept: FreeText) -> bool:
    """Whether something of it was not kept: where a number is what counts, it has to be asked for again."""
    return DOTS in kept


_LONGEST_ON_PAPER = 200


def on_paper(known: str) -> FreeText:
    """A name or a class as the directory has it, where it leaves the chat: a number may be in it."""
    return free_text(known, _LONGEST_ON_PAPER)


def search_words(typed: str, longest: int) -> str:
    """Words to search by that a card carries on from page to page: as they were typed, short numbers too, unless they
    hold what looks like an identifier.
    """
    line = _one_line(typed[:MOST_TYPED])
    return (without_identifiers(line) if hold_identifier(line) else line)[:longest].rstrip()


def _one_line(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in shaped_digits(text):
        category = unicodedata.category(character)
        if category[0] == "M":
            marks += 1
            on_letter = bool(kept) and not (kept[-1].isdigit() or kept[-1].isspace())
            if marks <= _MOST_MARKS and on_letter and character not in _SHAPELESS:
                kept.append(character)
            continue
        marks = 0
        if character.isspace():
            kept.append(" ")
        elif category[0] != "C" and character not in _SHAPELESS:
            kept.append(character)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))
