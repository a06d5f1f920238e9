"""Which people of a school stand in a list, and how it is called on a press."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Action
from bot.core.accounts.board import Board
from bot.core.accounts.model import BoardPerson, BoardState, BoardTiming, View
from bot.dialogs.dialog import Scene

CLASS = "class:"
"""After it follows the name of the class, "" for those in none."""

LONGEST = 80
"""Of what a press carries of a list: a class from the directory may be called anything."""

_FIRST = (
    BoardState.NEW,
    BoardState.UNTOLD,
    BoardState.HANDED,
    BoardState.TWO,
    BoardState.OFF,
    BoardState.BEING_CREATED,
)
"""Who needs something done stands before who needs nothing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A view, or one class."""

    view: View
    class_: str = ""

    @property
    def word(self) -> str:
        """How it is called on a press."""
        return f"{CLASS}{self.class_}" if self.view is View.CLASS else self.view.value

    def of(self, board: Board, now: datetime, timing: BoardTiming) -> tuple[BoardPerson, ...]:
        """Its people. Of a class and of the teachers those first with whom something is to be done."""
        people = board.view(self.view, now, timing, self.class_)
        if self.view not in {View.CLASS, View.TEACHERS}:
            return people
        return tuple(sorted(people, key=lambda one: _FIRST.index(one.state) if one.state in _FIRST else len(_FIRST)))


def selection(word: str) -> Selection:
    """The selection of this word; for one that is none, whoever is not handed over."""
    if word.startswith(CLASS):
        return Selection(View.CLASS, word.removeprefix(CLASS))
    known = word in set(View) and word != View.CLASS
    return Selection(View(word) if known else View.NOT_HANDED)


def came_from(action: Action) -> Mapping[str, str]:
    """The list and page on the way from which the press was made: ids that every further press carries on. Nothing
    for what begins elsewhere.
    """
    word = action.id("what")[:LONGEST]
    return {"what": word, "page": str(action.number("page"))} if word else {}


def selected(scene: Scene) -> Selection:
    """Of what list the press speaks."""
    return selection(scene.action.id("what")[:LONGEST])
