"""Where further buttons stand on the board: what can be done with a list, with a person, with the school."""

from bot.core.accounts.model import BoardPerson, View
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.dialog import Scene
from cards.actions import Button


def of_people(scene: Scene, selection: Selection, count: int) -> tuple[Button, ...]:  # noqa: ARG001 -- a place
    """With the people of a list, who are so many; at most three."""
    if selection.view not in {View.NEW, View.NOT_HANDED, View.CLASS}:
        return ()
    return scene.to("class.open", scene.t("password-by-class"))


def of_person(scene: Scene, one: BoardPerson) -> tuple[Button, ...]:  # noqa: ARG001 -- a place
    """With one person, beside the temporary password; at most two."""
    return ()


def of_school(scene: Scene) -> tuple[Button, ...]:
    """With the school; at most two."""
    return scene.to("intake.open", scene.t("intake-title"))
