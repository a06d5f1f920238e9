"""Where a password is: being made, ready to be shown, shown, handed over, failed. Never the password itself."""

from dataclasses import dataclass, field
from typing import Any, Literal

from cards.account_lines import person
from cards.actions import Button, OpenUrl, offered
from cards.checked import CardError
from cards.lines import aside, copyable, fact, heading, large, paragraphs
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate

Mood = Literal["plain", "good", "attention"]


@dataclass(frozen=True, slots=True)
class PasswordState:
    """`title` and `paragraphs` are ready words, the title without data. `facts` are (label, value), the value being
    data. `mood` frames the paragraphs. `link` is the slips' address, opened by the first button; the `pin` opens the
    file. With a link at most five `buttons` fit, without one six.
    """

    title: str
    paragraphs: tuple[str, ...]
    name: str = field(default="", repr=False)
    class_: str = ""
    username: str = field(default="", repr=False)
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    mood: Mood = "plain"
    pin: str = field(default="", repr=False)
    link: str = field(default="", repr=False)
    buttons: tuple[Button, ...] = ()


@total
def password_state_card(card: PasswordState, t: Translate) -> dict[str, Any]:
    """No inputs."""
    said = paragraphs(*card.paragraphs)
    return Card(
        heading(card.title),
        *([Container(*said, style=card.mood)] if said and card.mood != "plain" else said),
        *([person(card.name, card.class_, card.username, t)] if card.name else []),
        *(fact(label, value) for label, value in card.facts),
        *([_pin(card.pin, t)] if card.pin else []),
        lang=t("card-lang"),
        fallback_text=card.title,
        actions=(
            *([OpenUrl(t("card-password-slip-open"), card.link)] if card.link else []),
            *offered(*card.buttons),
        ),
    ).to_dict()


def _pin(pin: str, t: Translate) -> Container:
    """Large and in fours for whoever types it, plain for whoever copies it."""
    if not (pin.isascii() and pin.isdigit()):
        raise CardError("a PIN is digits")
    return Container(
        RichTextBlock(TextRun(t("card-password-pin"), weight="bolder")),
        large(" ".join(pin[start : start + 4] for start in range(0, len(pin), 4))),
        *copyable(t("card-password-pin-typed"), pin),
        aside(t("card-password-pin-why")),
        style="emphasis",
        spacing="medium",
    )
