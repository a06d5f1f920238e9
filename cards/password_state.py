"""Where a password is: being made, ready to be shown, shown, handed over, failed. Never the password itself."""

from cards.account_lines import person
from cards.actions import Button, OpenUrl, offered
from cards.card import CardJson, Mood, aside, bold, card, copyable, fact, framed, large, never_fails
from cards.checked import CardError
from cards.strict import Container
from cards.words import TextOf


@never_fails
def password_state_card(
    t: TextOf,
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
) -> CardJson:
    """No inputs.

    `title` and `paragraphs` are ready words, the title without data. `facts` are (label, value), the value being
    data. `mood` frames the paragraphs. `link` is the slips' address, opened by the first button; the `pin` opens the
    file. With a link at most five `buttons` fit, without one six.
    """
    return card(
        t,
        title,
        *framed(paragraphs, mood),
        *([person(name, class_, username, t)] if name else []),
        *(fact(label, value) for label, value in facts),
        *([_pin(pin, t)] if pin else []),
        actions=(*([OpenUrl(t("card-password-slip-open"), link)] if link else []), *offered(*buttons)),
    )


def _pin(pin: str, t: TextOf) -> Container:
    """Large and in fours for whoever types it, plain for whoever copies it."""
    if not (pin.isascii() and pin.isdigit()):
        raise CardError("a PIN is digits")
    return Container(
        bold(t("card-password-pin")),
        large(" ".join(pin[start : start + 4] for start in range(0, len(pin), 4))),
        *copyable(t("card-password-pin-typed"), pin),
        aside(t("card-password-pin-why")),
        style="emphasis",
        spacing="medium",
    )
