"""The parent's sheet as a PDF: how a child of grades I–IV signs in for the first time at home. A page for each child,
with the username and without the password, which stands on the slip alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Child:
    """Whose sheet it is."""

    name: str
    class_: str
    username: str


@dataclass(frozen=True, slots=True)
class ParentWords:
    """The words in one language. `troubles`: what goes wrong at home, and what to do about it."""

    heading: str
    about: str
    class_: str
    username: str
    steps_heading: str
    steps: tuple[str, ...]
    troubles_heading: str
    troubles: tuple[tuple[str, str], ...]
    keep: str


def parent_sheets_pdf(children: Sequence[Child], school: str, sentence: str, words: Sequence[ParentWords]) -> bytes:
    """The file; `words` in each of the languages of the sheet, the first one first and larger. `sentence`: the
    school's own. Takes tenths of a second: not for an event loop.
    """
    from bot.documents.parent_paper import printed  # noqa: PLC0415 -- fpdf costs most of a second and 30 MB to import

    return printed(children, school, sentence, words)
