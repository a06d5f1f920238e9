"""Regions (области) as different records spell them."""

import re

_WORD = re.compile(r"\w+")


def region_key(region: str) -> str:
    """The same for every spelling of one region: "област Варна" and "ВАРНА"; "" when no region is named.

    Only for Sofia does the word област tell two regions apart: София-град and София-област.
    """
    words = [word for word in _WORD.findall(region.casefold()) if word != "област"]
    if words == ["софия"] and "област" in region.casefold():
        words.append("област")
    return " ".join(words)
