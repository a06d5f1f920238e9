"""Where further buttons stand on the board: what can be done with a list, with a person, with the school."""

from collections.abc import Sequence

from bot.core.accounts.model import BoardPerson
from bot.dialogs.accounts import choices, closing, groups, handing
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.dialog import Scene
from cards.actions import Button


def of_people(scene: Scene, selection: Selection, people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """With the people of a list; at most three."""
    return handing.of_selection(scene, selection, people)


def of_person(scene: Scene, school: str, one: BoardPerson) -> tuple[Button, ...]:
    """With one person of this school, beside the temporary password; at most two."""
    return closing.of_person(scene, school, one)


def of_school(scene: Scene) -> tuple[Button, ...]:
    """With the school; at most three."""
    listed = scene.to("listed.open", scene.t("accounts-listed"))
    return (*listed, *groups.of_school(scene), *choices.of_school(scene))
