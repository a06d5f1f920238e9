"""Telephone numbers inside free text: what cannot be an ЕГН although it has as many digits.

A mobile number of ours begins with 087–089, 098 or 099. Read as an ЕГН it is of a month from 70 to 99, which is
written for no century; one that passes the check of a ЛНЧ stays an identifier. A number of a fixed line begins as an
ЕГН may: it is a telephone number only behind the code of the country. Where the text speaks of an identifier nothing
is.
"""

import re

from stdnum.bg import egn, pnf

from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS

_IDENTIFIER = re.compile(
    r"[еe]\.?[гg]\.?[нnh]|[лl]\.?[нnh]\.?(?:ч|ch)|[иi][дd][нnh]\b|служеб|личен|лична|идентиф|\bpersonal|\bservice",
    re.IGNORECASE,
)
_LETTERS = "".join(sorted(LETTERS_FOR_DIGITS))
_GAP = r"[\s./()\u2010-\u2015\u2212-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\d{_LETTERS}])(?:"
    rf"(?P<abroad>(?:\+|00){_GAP}3{_GAP}5{_GAP}9){_GAP}(?:0{_GAP})?[2-9](?:{_GAP}\d){{6,8}}"
    rf"|0{_GAP}(?:8{_GAP}[7-9]|9{_GAP}[89])(?:{_GAP}\d){{7}}"
    r")(?![^\W_])"
)
_DIGITS_BEFORE = re.compile(rf"\d[{_LETTERS}]*[\W_]{{0,4}}\Z")
_DIGITS_BEHIND = re.compile(rf"[\W_]{{0,4}}[{_LETTERS}]*\d")
_FARTHEST = 12


def speaks_of_identifier(text: str) -> bool:
    """Whether the text names one: then nothing in it is taken for another number."""
    return _IDENTIFIER.search(text) is not None


def phones_in(text: str) -> list[tuple[int, int]]:
    """The places of the telephone numbers in a text whose digits are plain (`plain_digits`).

    Groups of digits beside further digits are not told apart: then it is none.
    """
    if speaks_of_identifier(text):
        return []
    return [found.span() for found in _PHONE.finditer(text) if _is_phone(found) and _stands_alone(text, found)]


def _is_phone(found: re.Match[str]) -> bool:
    digits = "".join(filter(str.isdigit, found[0]))
    if found["abroad"] is None and pnf.is_valid(digits):
        return False
    windows = (digits[at : at + 10] for at in range(len(digits) - 9))
    return not any(egn.is_valid(window) for window in windows)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    if found[0].removeprefix("+").isdigit():
        return True
    before = text[max(0, start - _FARTHEST) : start]
    return _DIGITS_BEFORE.search(before) is None and _DIGITS_BEHIND.match(text, end) is None
