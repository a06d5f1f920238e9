"""Нови профили: new accounts have no list of their own yet; says how they are handed over."""

from bot.conversation import Reply
from bot.core.actors.permits import may_reset_passwords
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.menu import help_button, notice
from bot.dialogs.new_accounts.recognised import RECOGNISED


async def _handing_over(_: None, scene: Scene) -> Reply:
    """With a temporary password, to one person or to a whole class."""
    buttons = (
        *scene.to("password.open", scene.t("command-password")),
        *scene.to("class.open", scene.t("password-by-class")),
        *help_button(scene),
    )
    return notice(scene, scene.t("command-new-accounts"), scene.t("help-new-accounts"), buttons=buttons)


DIALOG = Dialog(
    name="new-accounts",
    place="nowhere",
    part_of="password",
    may=may_reset_passwords,
    opens="new-accounts.open",
    handlers={"new-accounts.open": _handing_over},
    recognised=RECOGNISED,
    build_web=lambda _: None,
)
