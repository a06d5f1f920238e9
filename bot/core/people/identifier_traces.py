"""National identifiers inside free text: noticing them, and taking them out before text is kept.

Privacy goes first: what may be an identifier is treated as one, because a needless warning costs little and a kept
identifier costs much. Usernames (`ip01234567`), school codes (6–7 digits) and telephone numbers that cannot be an
identifier (`phones.py`) are not; nor is the number of a document with its year (РД-10-1345/2026).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from stdnum.bg import egn, pnf

from bot.core.people.digits import plain_digits
from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS, bare_number
from bot.core.people.phones import phones_in, speaks_of_identifier

# Letters typed for digits (О for 0, З for 3, l for 1) count as digits where digits stand around them, and in a word
# made of nothing else.
_LETTERS = "".join(sorted(LETTERS_FOR_DIGITS))
_RUN = re.compile(
    rf"(?<![^\W_])[{_LETTERS}]*\d[\d{_LETTERS}]*(?![^\W_])"
    rf"|\d(?:[\d{_LETTERS}]*\d)?"
)
_LETTERS_AS_DIGITS = str.maketrans({letter: "3" if letter in "Зз" else "0" for letter in LETTERS_FOR_DIGITS}) | (
    str.maketrans("lIІі|", "11111")
)
# `gk75059414`, `k-750594141`: one or two letters and eight or nine digits; "no" and "id" are labels, not initials.
_USERNAME = re.compile(r"(?<![^\W_])(?!no|id)[a-z]{1,2}[-._]?\d{8,9}(?!\d)", re.IGNORECASE | re.ASCII)
_STRICT_GAP = re.compile(r"[\s‐-―\u2212-]{1,3}")
_TIGHT_GAP = re.compile(r"[^\w\s]{1,2}|_")
_DOCUMENT = re.compile(r"\d{1,5}(?:-\d{1,5}){1,2}(?:/|(?P<dash>-))20\d\d", re.ASCII)
_SERIES = re.compile(r"(?<![^\W_])[А-ЯA-Z]{2,4}-\Z")
"""Before a number in which the year, too, stands behind a dash: an identifier is easily grouped like that."""
_LOOSE_GAP = re.compile(r"[\W_]{1,4}")
DOTS = "••••••"
_KEPT_RUN = 5


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    digits: str


def hold_identifier(text: str) -> bool:
    """Whether the text contains something that looks like a national identifier: nine or more digits in a row, nine
    or ten digits in groups („47 42 08 09 22“), or groups that together make a valid ЕГН or ЛНЧ.
    """
    plain = plain_digits(text)
    without_usernames = _USERNAME.sub(" x ", plain)
    runs = _runs(without_usernames)
    return any(len(run.digits) >= 9 for run in runs) or bool(_grouped(without_usernames, runs))


def without_identifiers(text: str) -> str:
    """The text with every run of six or more digits, and every group of digits that may be an identifier, as dots;
    telephone numbers stay.

    Invisible characters are dropped and the digits of other scripts become 0–9: both could hide an identifier.
    """
    plain = plain_digits(text)
    runs = _runs(plain)
    spans = [(run.start, run.end) for run in runs if len(run.digits) > _KEPT_RUN] + _grouped(plain, runs)
    kept, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        kept.append(plain[at : max(start, at)])
        kept.append(DOTS if start >= at else "")
        at = end
    return "".join([*kept, plain[at:]])


def _runs(text: str) -> list[_Run]:
    """Digits that stand together, but for those of telephone numbers."""
    phones = phones_in(text)
    return [
        _Run(found.start(), found.end(), found[0].translate(_LETTERS_AS_DIGITS))
        for found in _RUN.finditer(text)
        if not any(start <= found.start() and found.end() <= end for start, end in phones)
    ]


def _grouped(text: str, runs: list[_Run]) -> list[tuple[int, int]]:
    """The spans of groups of digits that may be one identifier."""
    plainly = [
        (chain[0].start, chain[-1].end)
        for chain in _chains(text, runs, _STRICT_GAP)
        if len(chain) > 1
        and sum(len(run.digits) for run in chain) in {9, 10}
        and not _is_document(text, chain[0].start, chain[-1].end)
    ]
    tightly = [
        (chain[0].start, chain[-1].end)
        for chain in _chains(text, runs, _TIGHT_GAP)
        if sum(len(run.digits) for run in chain) == 10 and _is_one_number(text, chain)
    ]
    by_checksum = [span for chain in _chains(text, runs, _LOOSE_GAP) for span in _valid_windows(chain)]
    return plainly + tightly + by_checksum


def _is_one_number(text: str, chain: list[_Run]) -> bool:
    """Whether groups without blanks between them are read as one number, whatever its check digit: by the look-up
    (some issued numbers have another one), or by anybody, because the same stands between them all. Dots and commas
    stand in dates and lists, too.
    """
    if _is_document(text, chain[0].start, chain[-1].end):
        return False
    gaps = {text[one.end : other.start] for one, other in pairwise(chain)}
    if len(gaps) == 1 and gaps.isdisjoint({".", ","}):
        return True
    written = text[chain[0].start : chain[-1].end].translate(_LETTERS_AS_DIGITS)
    number = bare_number(written)
    return isinstance(number, str) and number.isdecimal()


def _is_document(text: str, start: int, end: int) -> bool:
    """Whether groups are the number of an order or a certificate: series, number, year. By its check digit an
    identifier is still found in them.
    """
    found = _DOCUMENT.fullmatch(text, start, end)
    if found is None or speaks_of_identifier(text):
        return False
    return found["dash"] is None or _SERIES.search(text, 0, start) is not None


def _chains(text: str, runs: list[_Run], gap: re.Pattern[str]) -> list[list[_Run]]:
    chains: list[list[_Run]] = []
    for run in runs:
        if chains and gap.fullmatch(text, chains[-1][-1].end, run.start):
            chains[-1].append(run)
        else:
            chains.append([run])
    return chains


def _valid_windows(chain: list[_Run]) -> list[tuple[int, int]]:
    spans = []
    for first in range(len(chain)):
        digits = ""
        for last in range(first, min(first + 10, len(chain))):
            digits += chain[last].digits
            if len(digits) > 10:
                break
            if last > first and _valid(digits):
                spans.append((chain[first].start, chain[last].end))
    return spans


def _valid(digits: str) -> bool:
    if len(digits) == 9:
        return bool(egn.is_valid("0" + digits))
    return len(digits) == 10 and bool(egn.is_valid(digits) or pnf.is_valid(digits))
