"""Whom a press of handing over is about: a list of the board, a group of the school's own, one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.accounts.board import Board
from bot.core.accounts.model import BoardTiming, OwnGroup, View
from bot.core.accounts.papers import Chosen
from bot.dialogs.accounts.selection import LONGEST, came_from, selection
from bot.dialogs.accounts.words import selection_word
from bot.dialogs.dialog import Scene
from bot.texts.catalog import Translate

GROUP, PERSON = "group:", "person:"
"""After them follows the id of a group, the object id of a person."""

LONGEST_WORD = 2 * LONGEST


def choose(
    word: str, seen: Board, groups: Sequence[OwnGroup], *, now: datetime, timing: BoardTiming, t: Translate
) -> Chosen | None:
    """Who is meant by a word; None where the group was dropped or the person is not in the school any more."""
    if word.startswith(PERSON):
        one = seen.one(word.removeprefix(PERSON))
        return None if one is None else Chosen(one.name, (one,))
    if word.startswith(GROUP):
        group = next((one for one in groups if one.id == word.removeprefix(GROUP)), None)
        return None if group is None else Chosen(group.name, seen.among(group.people), group=group)
    part = selection(word[:LONGEST])
    class_ = part.class_ if part.view is View.CLASS else ""
    return Chosen(selection_word(part, t), part.of(seen, now, timing), class_)


def ids_of(scene: Scene, word: str) -> Mapping[str, str]:
    """What every further press carries: who is meant, and the list one came from."""
    return {"of": word, **came_from(scene.action)}
