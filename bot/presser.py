"""Makes a person's buttons: sealed presses, and the ways into other services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.seals import Holder, Sealer
from bot.texts.catalog import Translate
from cards.actions import Button, Press, Style

MENU_LIFETIME = timedelta(days=90)
"""A button that only opens something: it may stand in the chat for a whole term."""

FORM_LIFETIME = timedelta(hours=1)
"""A form on an unlocked computer: long enough for one case, too short for the next person at the desk."""

STEP_LIFETIME = timedelta(minutes=10)
"""A question "are you sure": as long as somebody sits before it (SECURITY.md, stolen session)."""

Entries = Mapping[str, str]
"""The verbs that other services may offer → the dialog that owns each (`bot.dialogs.dialog.entries_of`)."""


@dataclass(frozen=True, slots=True)
class Presser:
    """Makes buttons for one person in one conversation, whether the person spoke or the bot does."""

    holder: Holder
    now: datetime
    sealer: Sealer
    entries: Entries

    def press(
        self,
        verb: str,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> Press:
        """A sealed press of one of the dialog's verbs, which only this holder can make, until `now + lifetime`."""
        return Press(verb, self.sealer.seal(verb, self.holder, self.now, lifetime, ids=ids, version=version))

    def to(
        self,
        entry: str,
        title: str,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        style: Style = "default",
    ) -> tuple[Button, ...]:
        """The button into another service; no button when no service has such an entry."""
        if entry not in self.entries:
            return ()
        return (Button(title, self.press(entry, lifetime, ids=ids), style),)


class Voice(Protocol):
    """What a screen speaks to one person with: a turn's scene, or the chat of a message sent unasked."""

    @property
    def language(self) -> str:
        """The person's language."""
        ...

    @property
    def t(self) -> Translate:
        """The texts in it."""
        ...

    @property
    def presser(self) -> Presser:
        """Makes the person's buttons."""
        ...
