"""Which press typed words stand for: for the answer of the turn, and for one that follows."""

from collections.abc import Collection
from typing import NamedTuple, Protocol

from bot.conversation import Action
from bot.router.router import Heard


class Opens(Protocol):
    """What is asked of a dialog: `bot.dialogs.dialog.Dialog` has it."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def opens(self) -> str:
        """The verb that opens it."""

    @property
    def stands_for(self) -> Collection[str]:
        """The names of those whose words open it for whoever may use it and not them."""


class MeantPress(NamedTuple):
    """The `name` of a dialog and its press; `action.inputs` are what the words say for the inputs of its form."""

    name: str
    action: Action


def meant_by(heard: Heard, dialogs: Collection[Opens], allowed: Collection[str] | None) -> MeantPress | None:
    """The press; None: there is none. `dialogs` in the order of the menu; `allowed`: the names of those that whoever
    typed it may use. None: that is not known, and only what means the same for everybody is a press.
    """
    if allowed is None:
        if heard.among or any(heard.name in one.stands_for for one in dialogs):
            return None
        allowed = ()
    mine = [one for one in heard.among if one.name in allowed]
    heard = mine[0] if len(mine) == 1 else heard
    meant = next((one for one in dialogs if one.name == heard.name), None)
    if meant is None:
        return None
    opened = _instead(meant, dialogs, allowed)
    verb = heard.opens if opened is meant else ""
    return MeantPress(opened.name, Action(verb or opened.opens, heard.details, inputs=heard.words))


def _instead(meant: Opens, dialogs: Collection[Opens], allowed: Collection[str]) -> Opens:
    """What is to this person what the dialog is to others, where they may not use it."""
    if meant.name in allowed:
        return meant
    return next((one for one in dialogs if meant.name in one.stands_for and one.name in allowed), meant)
