"""What every dialog is given: who speaks, in which language, and how to make a button for that person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.conversation import Action, Command, Reply, Turn, Verb
from bot.core.actors.model import Actor
from bot.core.decision import Decision
from bot.seals import Holder, Sealer
from bot.texts.catalog import Translate
from cards.actions import Button, Press
from cards.checked import MOST_ACTIONS
from cards.notice import notice_card

MENU_LIFETIME = timedelta(days=90)
"""A button that only opens something: it may stand in the chat for a whole term."""

STEP_LIFETIME = timedelta(minutes=10)
"""A question "are you sure": as long as somebody sits before it (SECURITY.md, stolen session)."""

FORM_LIFETIME = timedelta(hours=1)
"""A form on an unlocked computer: long enough for one case, too short for the next person at the desk."""

_NO_SERVICES = frozenset({Command.HELP, Command.LANGUAGE})
"""What every menu has beside the services."""


@dataclass(frozen=True, slots=True)
class Presser:
    """Makes buttons for one person in one conversation, whether it was the person who spoke or the bot."""

    holder: Holder
    now: datetime
    sealer: Sealer

    def press(
        self,
        verb: Verb,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> Press:
        """A sealed button press that only this holder can make, until `now + lifetime`."""
        sealed = self.sealer.seal(verb, self.holder, self.now, lifetime, ids=ids, version=version)
        return Press(verb.value, sealed)


@dataclass(frozen=True, slots=True)
class Scene:
    """One turn as a dialog sees it."""

    turn: Turn
    actor: Actor
    language: str
    t: Translate
    now: datetime
    sealer: Sealer
    offered: tuple[Command, ...]
    """The commands this actor may use, in the order of the menu."""
    openings: Mapping[Command, Verb]
    """What a press begins each of them with: every command offered has its own."""
    trouble: str = ""
    """Why the actor's role could not be read, in words; empty when it was. With trouble there are no rights."""

    def speaking(self, language: str, t: Translate) -> "Scene":
        """The same scene in another language."""
        return replace(self, language=language, t=t)

    def press(
        self,
        verb: Verb,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> Press:
        """A sealed button press for the person and conversation of this turn."""
        return self.presser.press(verb, lifetime, ids=ids, version=version)

    @property
    def presser(self) -> Presser:
        """What makes this person's buttons here and now."""
        return Presser(Holder.of(self.turn), self.now, self.sealer)


class Dialog(Protocol):
    """One conversation about one command."""

    @property
    def command(self) -> Command:
        """What is typed for it."""
        ...

    @property
    def opening(self) -> Verb:
        """The press that does what typing the command does; one of `verbs`."""
        ...

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """The presses it answers."""
        ...

    @property
    def needs_role(self) -> bool:
        """Whether it is closed to somebody whose role cannot be read just now."""
        ...

    def may(self, actor: Actor) -> Decision:
        """Whether this person may use the command at all; decides what a menu offers and what is refused."""
        ...

    async def open(self, scene: Scene) -> Reply:
        """The first card, after the command was typed."""
        ...

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of the dialog's verbs. `inputs` is what was typed into the card: anything at all."""
        ...


@runtime_checkable
class Watchful(Protocol):
    """A dialog that is told when somebody presses a genuine card which is another person's or conversation's."""

    async def pressed_elsewhere(self, presser: str, action: Action) -> None:
        """`presser` is the object id of who pressed. The press itself is refused, whatever becomes of this call."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """A dialog that can say what became of that for which a card was made which is too old by now."""

    @property
    def command(self) -> Command:
        """See `Dialog`."""
        ...

    async def pressed_late(self, scene: Scene, action: Action) -> Reply | None:
        """`action` is not to be carried out: only to be spoken about. None when there is nothing to say."""
        ...


def way_forward(scene: Scene, *paragraphs: str) -> Reply:
    """A plain word about what is not possible, with the help button and those of what the person may do."""
    help_button = Button(scene.t("command-help"), scene.press(Verb.HELP))
    _, buttons = services(scene, (help_button,))
    return Reply(
        card=notice_card(scene.t, title=scene.t("notice-not-possible"), paragraphs=paragraphs, buttons=buttons)
    )


def services(
    scene: Scene, last: tuple[Button, ...] = (), start: int = 0
) -> tuple[tuple[Command, ...], tuple[Button, ...]]:
    """The services offered, from the `start`-th on, as far as one card has room for their buttons beside `last`; and
    all its buttons in their order. What has no room stands behind one more button (`Verb.MORE`).
    """
    offered = [command for command in scene.offered if command not in _NO_SERVICES][start:]
    room = MOST_ACTIONS - len(last)
    shown = offered if len(offered) <= room else offered[: room - 1]
    more: tuple[Button, ...] = ()
    if len(shown) < len(offered):
        ids = {"start": str(start + len(shown))}
        more = (Button(scene.t("services-more"), scene.press(Verb.MORE, ids=ids)),)
    buttons = (Button(scene.t(f"command-{each.value}"), scene.press(scene.openings[each])) for each in shown)
    return tuple(shown), (*buttons, *more, *last)
