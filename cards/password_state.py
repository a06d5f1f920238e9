"""Where a password is: being made, ready to be shown, shown, handed over, failed. Never the password itself."""

from typing import Any, Literal

from cards.account_lines import person
from cards.actions import Button, OpenUrl, offered
from cards.checked import CardError
from cards.lines import aside, copyable, fact, heading, large, paragraphs_of
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate

Mood = Literal["plain", "good", "attention"]


@total
def password_state_card(
    t: Translate,
    *,
    title: str,
    paragraphs: tuple[str, ...],
    name: str = "",
    class_: str = "",
    username: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    mood: Mood = "plain",
    pin: str = "",
    link: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """No inputs.

    `title` and `paragraphs` are ready words, the title without data. `facts` are (label, value), the value being
    data. `mood` frames the paragraphs. `link` is the slips' address, opened by the first button; the `pin` opens the
    file. With a link at most five `buttons` fit, without one six.
    """
    said = paragraphs_of(*paragraphs)
    return Card(
        heading(title),
        *([Container(*said, style=mood)] if said and mood != "plain" else said),
        *([person(name, class_, username, t)] if name else []),
        *(fact(label, value) for label, value in facts),
        *([_pin(pin, t)] if pin else []),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(
            *([OpenUrl(t("card-password-slip-open"), link)] if link else []),
            *offered(*buttons),
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
