"""Text of the directory made fit for paper: what could disturb it is taken out, what cannot be drawn is replaced, and
the rest is broken into lines of a given width.
"""

import unicodedata
from collections.abc import Callable, Container, Sequence

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONGEST = 200
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"}
"""Control, direction and zero-width characters, halves of characters, and accents that no letter could take up."""

Measure = Callable[[str], float]
"""How wide a text is, in the unit of the widths it is compared with."""


def legible(text: str, drawable: Container[int], longest: int = _LONGEST) -> str:
    """At most `longest` characters (then "…"), each of which can be drawn; runs of white space are one space."""
    composed = unicodedata.normalize("NFC", text[: 4 * longest])
    spaced = " ".join("".join(" " if char.isspace() else char for char in composed).split())
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    drawn = "".join(char if ord(char) in drawable else REPLACEMENT for char in seen)
    tidy = " ".join(drawn.split())
    return tidy if len(tidy) <= longest else tidy[: longest - 1].rstrip() + "…"


def wrapped(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """The lines, broken between words, and within a word that is wider than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, measure)
        lines += full
    return (*lines, line) if line else tuple(lines)


def cut_short(lines: Sequence[str], most: int, width: float, measure: Measure) -> tuple[str, ...]:
    """At most so many of the lines; "…" ends the last one when some are left out."""
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and measure(f"{last}…") > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _pieces(word: str, width: float, measure: Measure) -> list[str]:
    pieces: list[str] = []
    piece = ""
    for char in word:
        if piece and measure(piece + char) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]
