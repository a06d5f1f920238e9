"""The password itself: shown in the answer to a press and in no message."""

from cards.account_lines import person, recipient_word
from cards.actions import Button, offered
from cards.card import (
    CardJson,
    aside,
    attention_box,
    bold,
    card,
    copyable,
    fact,
    large,
    never_fails,
    paragraphs_of,
    sentence,
)
from cards.strict import Container
from cards.words import TextOf


@never_fails
def password_reveal_card(
    t: TextOf,
    *,
    name: str,
    username: str,
    class_: str,
    recipient: str,
    password: str,
    grouped: str,
    reading: str,
    works_from: str,
    expires: str,
    seen_again_until: str,
    buttons: tuple[Button, ...],
    problem: str = "",
    notice: str = "",
) -> CardJson:
    """No inputs, and a fallback text with nothing of it.

    `password` is what is typed, without spaces; `grouped` the same in readable groups (`Zege gosa 2399`);
    `reading` how it is read aloud (`Зе-ге-го-са, две три девет девет`). Hours and days are ready words.
    A `problem` is to be seen to, a `notice` to be known.
    """
    return card(
        t,
        t("card-password-title"),
        person(name, class_, username, t),
        *attention_box(problem, t),
        Container(
            bold(t("card-password-value")),
            large(grouped),
            fact(t("card-password-reading"), reading),
            *copyable(t("card-password-typed"), password),
            style="emphasis",
            spacing="medium",
        ),
        sentence(t("card-password-how")),
        sentence(t("card-password-change")),
        fact(t("card-password-works"), works_from),
        fact(t("card-password-until"), expires),
        fact(t("card-password-again"), seen_again_until),
        *paragraphs_of(notice),
        sentence(t(f"card-password-hand-{recipient_word(recipient)}")),
        aside(t("card-password-viber")),
        actions=offered(*buttons),
    )
