"""The password itself: shown in the answer to a press and in no message."""

from collections.abc import Mapping
from typing import Any

from cards.account_lines import person
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, box, copyable, fact, heading, large, paragraphs_of, sentence
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate

_HAND: Mapping[str, str] = {
    "student": "card-password-hand-student",
    "parent": "card-password-hand-parent",
    "teacher": "card-password-hand-teacher",
}


@total
def password_reveal_card(
    t: Translate,
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
) -> dict[str, Any]:
    """No inputs, and a fallback text with nothing of it.

    `password` is what is typed, without spaces; `grouped` the same in readable groups (`Zege gosa 2399`);
    `reading` how it is read aloud (`Зе-ге-го-са, две три девет девет`). Hours and days are ready words.
    A `problem` is to be seen to, a `notice` to be known.
    """
    if recipient not in _HAND:
        raise CardError("no such recipient", recipient)
    title = t("card-password-title")
    return Card(
        heading(title),
        person(name, class_, username, t),
        *([box(t("card-password-attention"), problem, "attention")] if problem else []),
        Container(
            RichTextBlock(TextRun(t("card-password-value"), weight="bolder")),
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
        sentence(t(_HAND[recipient])),
        aside(t("card-password-viber")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*buttons),
    ).to_dict()
