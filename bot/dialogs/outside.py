"""What is outside the chat: the way to a page, a button that opens an address made for this person, and a table."""

from dataclasses import dataclass, field

from bot.conversation import Reply
from bot.core.one_time_links import Offered
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import not_possible, notice
from bot.texts.moments import hour
from cards.actions import Button


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be kept outside the chat. `title` names it; `notes` stand above it."""

    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def way_out(
    scene: Scene, title: str, about: str, address: str, offered: Offered, *buttons: Button, once: bool = True
) -> Reply:
    """The link, and how long it works; `once`: for one visit."""
    until = hour(offered.until, scene.language)
    words = scene.t("outside-once", until=until) if once else scene.t("outside-until", until=until)
    return notice(scene, title, about, words, buttons=buttons, link=(scene.t("outside-open"), address))


def no_pages(scene: Scene, *buttons: Button) -> Reply:
    """Where the bot has no public address, there are none."""
    return not_possible(scene, scene.t("outside-off"), buttons=buttons)
