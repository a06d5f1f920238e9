"""Помощ: what the bot can do for this person. Everybody may ask, whatever else they may."""

from bot.conversation import Reply
from bot.core.decision import ALLOWED
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.help.recognised import RECOGNISED
from bot.dialogs.menu import helping, more


async def _help(_: None, scene: Scene) -> Reply:
    return helping(scene)


async def _more(_: None, scene: Scene) -> Reply:
    start = scene.action.number("start")
    return more(scene, start) if start else helping(scene)


DIALOG = Dialog(
    name="help",
    place="beside",
    may=lambda _: ALLOWED,
    needs_role=False,
    opens="help",
    handlers={"help": _help, "more": _more},
    entries={"help", "more"},
    shows_nobody={"help"},
    by_message={"help", "more"},
    recognised=RECOGNISED,
    build_web=lambda _: None,
)
