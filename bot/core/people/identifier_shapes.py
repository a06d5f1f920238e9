"""The shapes in which spreadsheets, forms and documents write a number, and the bare number in them.

What carries no information is taken off: labels, quotes, brackets, separators of thousands, a fraction of zeros.
A shape that can be read in two ways, or has lost digits, is no number and is named instead.
"""

import html
import re
import unicodedata
from enum import Enum

from bot.core.people.digits import plain_digits

LETTERS_FOR_DIGITS = frozenset("ОоOoΟοЗзlIІі|")
"""Cyrillic, Latin and Greek signs that are taken for a 0, 3 or 1 when a number is copied by hand."""


class Shape(Enum):
    """Why what was typed is no number, although it was one."""

    ROUNDED = "rounded"
    """A power of ten with fewer digits than the number had: 4,74E+09."""
    TWO_WAYS = "two-ways"
    """Points or commas that may be thousands, a fraction, or neither: 299.000, 47.42.08.09.22."""


_LONGEST_INPUT = 200
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_POINTS = _FULL_WIDTH | str.maketrans({"٫": ".", "٬": "'", "∙": "·", "⋅": "·"})

_LABEL = re.compile(
    # Word by word, Cyrillic and Latin letters that look or sound alike: ЕГН, EGN, EГН, ЛНЧ, LNCh, ИДН, № …
    r"(?:(?:(?:[еe]\.?[гg]\.?[нnh]|[лl]\.?[нnh]\.?(?:ч|ch?)|[иi][дd][нnh]|служебен|сл|service|номер|number|no|№|#)"
    # … and these, which do not touch the number.
    r"|(?:единен|граждански|личен|персонален|идентификатор|personal|id|на|of|за|с|the|чужденеца?|ученика?|ученичката"
    r"|учителя?|детето|лицето|student|teacher|child)(?![^\W_]))[\s.:;=#№/|-]*)+",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?<=[^\W_]|[^\w\s])[\s,;]*[(\[]?\s*"
    r"(?:ж|м|жена|мъж|f|m|female|male|егн|лнч|идн|egn|lnch|лв\.?|bgn|eur|€)\s*[)\]]?$",
    re.IGNORECASE,
)
_AROUND = "'’‘‚‛′`´\"„“”‟″«»‹›()[]{}<>* \t\r\n\v\f"
_BEFORE = _AROUND + "=•·:;,"
_AFTER = _AROUND + ".,:;!?…"
_DASHES = "-‐‑‒–—―−"

_D = "[0-9ОоOoΟοЗзlIІі]"
_FRACTION = re.compile(rf"((?:{_D}[\s/\\_'’‘`´-]*){{4,}})[.,]0+|({_D}+)[.,](?:0{{1,2}}|0{{4,}})")
_THOUSANDS = re.compile(rf"({_D}{{1,3}}(?:([.,·]){_D}{{3}})(?:\2{_D}{{3}})*)(?:(?!\2)[.,]0+)?")
_INDIAN = re.compile(rf"({_D}{{1,2}}(?:,{_D}{{2}})+,{_D}{{3}})(?:\.0+)?")
_POWER = re.compile(r"(\d+)(?:[.,](\d+))?\s*(?:[eеЕE]|[x×х*·]\s*10\s*\^?)\s*\+?\s*(\d{1,3}|[⁰¹²³⁴-⁹]{1,3})")
_POINTED = re.compile(r"[\d.,·]*\d[.,·][\d.,·]*")
_ONE_GROUP_OF_ZEROS = re.compile(r"\d{1,3}[.,]000")
_WORTHLESS = re.compile(r"[\s/\\_'’‘`´−]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def bare_number(typed: str) -> str | Shape:
    """The number without its wrapping; or which shape it has that cannot be read without a guess.

    Whatever is left besides digits is left as it is, for the caller to name. Nothing is added and no digit changes
    its place. At most 200 characters are looked at.
    """
    if typed.isascii() and typed.isdigit():  # as most lists have it, by the thousand
        return typed[:_LONGEST_INPUT]
    text = _without_wrapping(_plain(typed))
    power = _POWER.fullmatch(text)
    if power is not None:
        return _whole(power[1], power[2] or "", int(power[3].translate(_RAISED)))
    if _ONE_GROUP_OF_ZEROS.fullmatch(text):
        return Shape.TWO_WAYS
    for shape in (_FRACTION, _THOUSANDS, _INDIAN):
        found = shape.fullmatch(text)
        if found is not None:
            text = next(group for group in found.groups() if group is not None)
            text = text.replace(".", "").replace(",", "").replace("·", "")
            break
    number = "".join(char for char in text if not _worthless(char))
    return Shape.TWO_WAYS if _POINTED.fullmatch(number) else number


def _plain(typed: str) -> str:
    text = typed[:_LONGEST_INPUT]
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = plain_digits(text).translate(_POINTS)
    # Marks on a digit (the keycap of an emoji, an underline) are looks; composed letters keep theirs.
    return "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Me"})


def _without_wrapping(text: str) -> str:
    before = None
    while text != before:
        before = text
        text = text.strip().lstrip(_BEFORE).rstrip(_AFTER).strip(_DASHES)
        label = _LABEL.match(text)
        text = text[label.end() :] if label is not None else text
        text = _NOTE.sub("", text)
    return text


def _whole(whole: str, fraction: str, exponent: int) -> str | Shape:
    """The number a power of ten stands for. With fewer digits than the exponent asks for, some have been lost."""
    if not fraction or len(fraction) < exponent:
        return Shape.ROUNDED
    kept, rest = fraction[:exponent], fraction[exponent:]
    return Shape.TWO_WAYS if rest.strip("0") else whole + kept


def _worthless(char: str) -> bool:
    return _WORTHLESS.fullmatch(char) is not None or unicodedata.category(char) in {"Pd", "Cc"}
