"""Whom a person is sent to where the bot cannot help: the value of `{ $support }` in any text.

No text names support itself: it may have no telephone, and teachers and students turn to their director, who knows
them. The catalog fills the phrase in, so that no caller can forget it. In Bulgarian it stands behind „към“ or „на“.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Say = Callable[..., str]
"""Gives a text of the language that is spoken (`bot.texts.catalog.Translate`)."""


class Asker(StrEnum):
    """Who is sent somewhere."""

    DIRECTOR = "director"
    OF_SCHOOL = "of-school"
    """A teacher or a student."""
    REGIONAL_OFFICE = "regional-office"
    UNKNOWN = "unknown"
    """The role is not known, or is none."""

    @classmethod
    def of(cls, role: str) -> "Asker":
        """By the role that the core gives (`bot.core.actors.model.Role`)."""
        return _BY_ROLE.get(role, cls.UNKNOWN)


_BY_ROLE: Mapping[str, Asker] = {
    "director": Asker.DIRECTOR,
    "teacher": Asker.OF_SCHOOL,
    "student": Asker.OF_SCHOOL,
    "ruo": Asker.REGIONAL_OFFICE,
}


@dataclass(frozen=True, slots=True)
class Support:
    """How support is reached; "" for each way that was not named."""

    phone: str = ""
    email: str = ""
    page: str = ""

    @property
    def named(self) -> bool:
        """Whether there is any way to reach it."""
        return bool(self.phone or self.email or self.page)

    def whom(self, asker: Asker, t: Say, reference: str = "") -> str:
        """Whom to turn to, with every way to reach support and the reference number where there is one."""
        notes = []
        if asker is Asker.OF_SCHOOL:
            who = t("ask-director")
        elif self.named:
            who = t("ask-support")
            phone = t("ask-phone", value=self.phone) if self.phone else ""
            notes.append(", ".join(way for way in (phone, self.email, self.page) if way))
        elif asker is Asker.DIRECTOR:
            who = t("ask-office")
        elif asker is Asker.REGIONAL_OFFICE:
            who = t("ask-ministry")
        else:
            who = t("ask-director-or-office")
        if reference:
            notes.append(t("ask-reference", reference=reference))
        return f"{who} ({'; '.join(notes)})" if notes else who


class Noted:
    """The reference number of one turn or message: made when a text first shows it. `told` is given the number and
    the text's id, for the log.
    """

    def __init__(self, new: Callable[[], str], told: Callable[[str, str], None]) -> None:
        self._new = new
        self._told = told
        self.reference = ""
        """"" until somebody was shown it."""

    def __call__(self, text_id: str) -> str:
        """The number, now shown in this text."""
        self.reference = self.reference or self._new()
        self._told(self.reference, text_id)
        return self.reference
