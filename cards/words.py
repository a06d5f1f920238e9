"""Words on a card: how a text is asked for, and what becomes of text that somebody else wrote.

Teams shows Markdown (links, emphasis, lists) in TextBlock and FactSet, and none in TextRun
(learn.microsoft.com/adaptive-cards/authoring-cards/text-features). What comes from the directory or from a person
therefore goes through `data` or `prose` into a TextRun; what must stand in a place that some client reads as
Markdown (a heading, the title of a choice) goes through `plain`. These also say how long a text may be. Whoever
forgets them forgets the length only: every text of a finished card goes through `readable` (checked.py).
"""

import re
import unicodedata
from typing import Any, Protocol

LONGEST_DATA = 200
LONGEST_PROSE = 2_000
_LONGEST_OF_ALL = 32_000
"""More than a card can hold."""
_MOST_MARKS = 2
"""Combining marks kept on one letter: no name needs more, and thousands of them cover the lines above."""

_LETTERS = r"0-9A-Za-zÀ-ɏЀ-ѿ.,:;…?!%='\"„“”’«»()/@№&+•·–—"
_HARMLESS = re.compile(rf"[{_LETTERS} _-]*")
"""What nearly every text is made of, so that it need not be looked at letter by letter."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""What has no shape (Unicode: Default_Ignorable_Code_Point outside category Cf; and the blank braille cell)."""

_MARKUP = str.maketrans(
    {
        "*": "∗",
        "_": "＿",
        "`": "ʹ",
        "~": "∼",
        "[": "［",
        "]": "］",
        "<": "‹",
        ">": "›",
        "{": "｛",
        "}": "｝",
        "\\": "＼",
        "|": "¦",
        "#": "＃",
    }
)
_READY = re.compile(rf"(?:[{_LETTERS}-]+(?: [{_LETTERS}-]+)*)?")
"""One look at a text that needs nothing done to it anywhere, as nearly all do when a card is finished."""

_HARMLESS_TO_MARKDOWN = re.compile(r"[^*_`~\[\]<>{}\\|#]*")
_BLANKS, _MOST_BLANKS = " \N{NO-BREAK SPACE}", 3
_NUMBER = re.compile(r"\d{9,}")
_MIXED = re.compile(r"[A-Za-z][Ѐ-ѿ]|[Ѐ-ѿ][A-Za-z]")


class TextOf(Protocol):
    """Gives the text with this id in the person's language. A missing text or argument is an error, never a guess."""

    def __call__(self, text_id: str, /, **args: Any) -> str:
        """The finished text."""
        ...


def data(text: str) -> str:
    """Text from outside (a name, a school, a username) as it may stand in a TextRun: one line, at most 200 letters.

    Control, direction and invisible characters are removed, runs of white space become one space, and a letter keeps
    at most two combining marks. `{{` is parted, because clients format `{{DATE(…)}}` even inside a TextRun.
    """
    return _cleaned(text, LONGEST_DATA)


def prose(text: str) -> str:
    """One paragraph handed to a card ready made, possibly with data in it: as `data`, at most 2,000 characters."""
    return _cleaned(text, LONGEST_PROSE)


def plain(text: str) -> str:
    """Text for a place where a client may read Markdown: characters that mean something to it become look-alikes.

    Escaping with a backslash would not do: Teams shows the title of a choice as it is, older clients and the
    JavaScript renderer read Markdown in it (github.com/MicrosoftDocs/msteams-docs/issues/12228).
    """
    return _unmarked(_cleaned(text, LONGEST_DATA))


def readable(kind: str, key: str, text: str) -> str:
    """The text of one property of a part of this type, as it may leave in a card, whoever wrote it.

    Only a TextRun and what a person typed into an Input.Text are read literally by every client; everywhere else
    (titles of buttons and choices, labels, placeholders, `speak` …) some client reads Markdown.
    """
    if _READY.fullmatch(text):
        return text
    cleaned = _cleaned(text, _LONGEST_OF_ALL)
    if kind == "TextRun" and key == "text":
        return _between_others(text, cleaned)
    if kind == "Input.Text" and key == "value":
        return cleaned
    return _unmarked(cleaned)


def _unmarked(text: str) -> str:
    return text if _HARMLESS_TO_MARKDOWN.fullmatch(text) else text.translate(_MARKUP)


def _between_others(text: str, cleaned: str) -> str:
    """A run as it stands among others: the blanks at its ends keep the words apart."""
    if len(cleaned) == len(text) or not cleaned:
        return cleaned
    before = text[: len(text) - len(text.lstrip(_BLANKS))][:_MOST_BLANKS]
    after = text[len(text.rstrip(_BLANKS)) :][:_MOST_BLANKS]
    return f"{before}{cleaned}{after}"


def shortened(text: str, longest: int) -> str:
    """The text, cut to so many characters where it is longer; the cut is seen."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def without_numbers(text: str) -> str:
    """The text with every run of nine or more digits hidden: a national identifier does not belong in a name."""
    return _NUMBER.sub("•••", text)


def mixes_alphabets(text: str) -> bool:
    """Whether one word has both Cyrillic and Latin letters: „Хенри“ written with a Latin X looks the same and is not.

    Roman numerals written apart from the word („XII клас“) do not count.
    """
    return _MIXED.search(text) is not None


def _cleaned(text: str, longest: int) -> str:
    if len(text) <= longest and _HARMLESS.fullmatch(text):
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    # What is cut off must not be normalised first: ten thousand marks on one letter take long to order.
    for character in _INVISIBLE.sub("", text[: longest * 4]):
        category = unicodedata.category(character)
        if category[0] == "M":
            marks += 1
            if marks <= _MOST_MARKS and kept and kept[-1] != " ":  # on nothing it is no part of a word
                kept.append(character)
            continue
        if character.isspace():
            kept.append(" ")
        elif category[0] != "C":
            kept.append(character)
        else:
            continue
        marks = 0
    one_line = unicodedata.normalize("NFC", " ".join("".join(kept).split()))
    while "{{" in one_line:
        one_line = one_line.replace("{{", "{ {")
    return shortened(one_line, longest)
