"""Where in the lists of requests somebody is: in which list, on which page, and what of it is wanted."""

import re
from dataclasses import dataclass

from bot.conversation import Said, number_of
from bot.core.people.classes import grade_of_class, normalise_class
from bot.core.people.free_text import search_words
from bot.core.people.regions import region_named
from bot.core.transfers.model import Group
from bot.core.transfers.read import EVERYTHING, RowsWanted
from bot.dialogs.dialog import CAME_FROM, Scene

LONGEST_WORDS = 40
_LATE = "late"
_LATE_WORDS = re.compile(r"\b(?:просроч|закъсн|забав|prosroch|overdue|late\b)", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:от|за|до|към|в|във|ot|za|do|kam|from|for|to|of)\s+(?P<whom>\S.*)", re.IGNORECASE | re.DOTALL
)
_CLASS = re.compile(r"(?:1[0-2]|[1-9])\s?[„“\"]?[а-яa-z](?![^\W_])", re.IGNORECASE)
_OF_A_NAME = re.compile(r"[„“\"«]?[^\W\d_a-zа-я]|(?:гр|с|град|село)\b|\d")
_TOWN = re.compile(r"(?:гр|с)\.\s*|(?:град|село)\s+", re.IGNORECASE)
_QUOTES = re.compile(r"[„“\"«»]")
_WORD = re.compile(r"[„“\"«][^“”\"»]*[“”\"»]?|\S+")
"""What stands in quotation marks is one word."""
_ENDS = "„“\"«»'.,;:?!() "
_OFFICES = frozenset({"руо", "мон"})


@dataclass(frozen=True, slots=True)
class ListPlace:
    """No `group`: the list most likely wanted."""

    group: Group | None = None
    page: int = 0
    wanted: RowsWanted = EVERYTHING

    @classmethod
    def of(cls, scene: Scene) -> "ListPlace":
        """What was typed; or what the press carries; or what a press of an older card carries."""
        if isinstance(scene.turn.occasion, Said):
            return cls(wanted=wanted_in(scene.turn.occasion.text))
        action = scene.action
        kept = action.id(CAME_FROM) or f"{action.id('group')}/{action.id('page')}"
        group, page, late, words = (kept.split("/", 3) + [""] * 4)[:4]
        wanted = RowsWanted(search_words(words, LONGEST_WORDS), late == _LATE)
        return cls(Group(group) if group in set(Group) else None, number_of(page), wanted)

    @property
    def ids(self) -> dict[str, str]:
        """What a press carries that leads here, or began here."""
        late = _LATE if self.wanted.late else ""
        return {CAME_FROM: f"{self.group or ''}/{self.page}/{late}/{self.wanted.words}"}


def wanted_in(text: str) -> RowsWanted:
    """What a line of typed words says of the list: "просрочени искания", "искания от Пловдив", "искания за 5а"."""
    about = _ABOUT.search(text)
    return RowsWanted(_whom(about["whom"]) if about else "", _LATE_WORDS.search(text) is not None)


def _whom(rest: str) -> str:
    """The class, or the name of a place or school that the rest of the line begins with; else ""."""
    of_class = _CLASS.match(rest)
    if of_class is not None and grade_of_class(class_ := normalise_class(of_class[0])):
        return class_
    words = _WORD.findall(rest)
    named = next((at for at, word in enumerate(words) if not _OF_A_NAME.match(word)), len(words))
    name = " ".join(_QUOTES.sub("", _TOWN.sub("", search_words(" ".join(words[:named]), LONGEST_WORDS))).split())
    name = name.strip(_ENDS)
    if not name:  # "искания от пловдив"
        name = region_named(" ".join(words[:2]).strip(_ENDS)) or region_named(words[0].strip(_ENDS))
    return "" if name.casefold() in _OFFICES else name
