"""Помощ: what the bot can do for this person. Also the welcome, and the answer to what was not understood."""

from collections.abc import Mapping

from bot.conversation import Action, Command, Reply, Verb
from bot.core.actors.model import Actor
from bot.core.decision import ALLOWED, Decision
from bot.dialogs.help import view
from bot.dialogs.scene import Scene


class HelpDialog:
    """Everybody may ask, whatever else they may."""

    command = Command.HELP
    opening = Verb.HELP
    verbs = (Verb.HELP, Verb.MORE)
    needs_role = False

    def may(self, actor: Actor) -> Decision:  # noqa: ARG002 -- everybody may; the signature is every dialog's
        """Everybody."""
        return ALLOWED

    async def open(self, scene: Scene) -> Reply:
        """The menu."""
        return view.menu(scene, "help")

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:  # noqa: ARG002 -- the shape of every dialog
        """The menu, or its next part."""
        start = action.ids.get("start", "")
        if action.verb is Verb.MORE and start.isascii() and start.isdigit() and len(start) < 4:
            return view.more(scene, int(start))
        return view.menu(scene, "help")

    async def welcome(self, scene: Scene) -> Reply:
        """Once after installation."""
        return view.menu(scene, "welcome")

    async def not_understood(self, scene: Scene) -> Reply:
        """No dead end: the menu."""
        return view.menu(scene, "not-understood")

    async def new_accounts(self, scene: Scene) -> Reply:
        """New accounts have no list of their own yet: how they are handed over, for whoever may give passwords."""
        return view.new_accounts(scene)
