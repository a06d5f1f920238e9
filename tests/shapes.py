"""Identifiers as people write them into a text, honestly or not: for tests that look for what must not be kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

CANARIES = ("4146054046", "4251020743", "9999999014", "9999999025", "7700001234")
"""ЕГН with a birth nobody has, ЛНЧ of the range kept for tests, and a служебен номер (neither of the two)."""


def _script(zero: str) -> Callable[[str], str]:
    return lambda number: "".join(chr(ord(zero) + int(digit)) for digit in number)


def _joined(separator: str, *cuts: int) -> Callable[[str], str]:
    def shaped(number: str) -> str:
        ends = (*cuts, len(number))
        return separator.join(number[start:end] for start, end in zip((0, *cuts), ends, strict=True))

    return shaped


SHAPES: Mapping[str, Callable[[str], str]] = {
    "plain": lambda number: number,
    "labelled": lambda number: f"ЕГН:{number}",
    "spaces": _joined(" ", 2, 4, 6, 8),
    "no-break-spaces": _joined("\u00a0", 6),
    "dashes": _joined("-", 6),
    "long-dashes": _joined("–", 2, 4, 6),
    "line-breaks": _joined("\n", 4),
    "zero-width": _joined("\u200b", *range(1, 10)),
    "directions": lambda number: f"\u202e{number}\u202c",
    "marks": _joined("\u0336", *range(1, 10)),
    "full-width": _script("０"),
    "arabic": _script("٠"),
    "persian": _script("۰"),
    "devanagari": _script("०"),
    "superscript": lambda number: number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
    "circled": lambda number: number.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")),
    "keycaps": lambda number: "".join(f"{digit}\ufe0f\u20e3" for digit in number),
    "letter-o": lambda number: number.replace("0", "О"),
    "letters": lambda number: number.replace("0", "O").replace("1", "l").replace("3", "З"),
    "embedded": lambda number: f"x{number}y",
    "a-zero-before": lambda number: f"0{number}",
}


_DECIMAL = re.compile(r"\d+")
_ALIKE = str.maketrans("ОоOoЗзlI", "00003311")


@lru_cache(100_000)  # a walk looks at the same few texts again and again
def digits_of(text: str) -> str:
    """What somebody can read as digits, without what stands between."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    digits = "".join(_DECIMAL.findall(plain))
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(char)) for char in digits)
