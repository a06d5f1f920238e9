"""What whoever typed something would have pressed: for the answer of the turn, and for one that follows."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from bot.conversation import Action
from bot.dialogs.dialog import Service
from bot.router import Heard


class TypedPress(NamedTuple):
    """`action.inputs` are what the words say for the inputs of its form."""

    service: Service[Any]
    action: Action


class Typed:
    """Knows which service is meant, by whom. `services` by their names, in the order of the menu."""

    def __init__(self, services: Mapping[str, Service[Any]]) -> None:
        self._services = services

    def press(self, heard: Heard, allowed: Collection[str] | None) -> TypedPress | None:
        """The press; None: there is none. `allowed`: the services that whoever typed it may use; None: that is not
        known, and only what is the same for everybody is one.
        """
        if allowed is None:
            if heard.among or any(heard.name in one.dialog.stands_for for one in self._services.values()):
                return None
            allowed = ()
        mine = [one for one in heard.among if one.name in allowed]
        heard = mine[0] if len(mine) == 1 else heard
        meant = self._services.get(heard.name or "")
        if meant is None:
            return None
        service = self._instead(meant, allowed)
        verb = heard.opens if service is meant else ""
        return TypedPress(service, Action(verb or service.dialog.opens, heard.details, inputs=heard.words))

    def _instead(self, service: Service[Any], allowed: Collection[str]) -> Service[Any]:
        """What is to this person what the service is to others, where they may not use it."""
        if service.name in allowed:
            return service
        others = self._services.values()
        mine = (one for one in others if service.name in one.dialog.stands_for and one.name in allowed)
        return next(mine, service)
