"""Text of the directory made fit for paper: what could disturb it is taken out, what cannot be drawn is replaced."""

import unicodedata
from collections.abc import Container

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONGEST = 200
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"}
"""Control, direction and zero-width characters, halves of characters, and accents that no letter could take up."""


def legible(text: str, drawable: Container[int], longest: int = _LONGEST) -> str:
    """At most `longest` characters (then "…"), each of which can be drawn; runs of white space are one space."""
    composed = unicodedata.normalize("NFC", text[: 4 * longest])
    spaced = " ".join("".join(" " if char.isspace() else char for char in composed).split())
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    drawn = "".join(char if ord(char) in drawable else REPLACEMENT for char in seen)
    tidy = " ".join(drawn.split())
    return tidy if len(tidy) <= longest else tidy[: longest - 1].rstrip() + "…"
