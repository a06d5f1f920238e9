"""The ways back from a card of the board."""

from bot.dialogs.accounts.chosen import GROUP
from bot.dialogs.accounts.selection import came_from
from bot.dialogs.dialog import Scene
from cards.actions import Button


def ways_back(scene: Scene) -> tuple[Button, ...]:
    """To the list or group one came from, on its page; and to the board."""
    return (*_to_list(scene), to_board(scene))


def to_board(scene: Scene) -> Button:
    """To the school at a glance."""
    return Button(scene.t("accounts-back"), scene.press("accounts.open"))


def _to_list(scene: Scene) -> tuple[Button, ...]:
    place = came_from(scene.action)
    if not place:
        return ()
    if place["what"].startswith(GROUP):
        return (Button(scene.t("groups-to-group"), scene.press("accounts.group", ids=place)),)
    return (Button(scene.t("accounts-to-list"), scene.press("accounts.list", ids=place)),)
